import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { log } from '../random/math.ts';
import { groupPopulation } from './Population.ts';
import {
  jitteredSlidingTtlHitRatio,
  jitteredSlidingTtlHitRatioPerFill,
  jitteredTtlHitRatio,
  jitteredTtlHitRatioPerKey,
  populationHitRatio,
  slidingTtlHitRatio,
  ttlHitRatio,
} from './ttlCache.ts';
import { zipfShares } from './zipf.ts';

/** Plays reads of one key; `renew` says if a hit starts the TTL again, the same or one drawn anew. */
function played(
  seed: number,
  readsPerS: number,
  drawTtl: (draws: Stream) => number,
  renew: 'no' | 'same' | 'new',
): number {
  const draws = new Stream(seed, 'reads');
  const reads = 400_000;
  let now = 0;
  let ttl = 0;
  let expires = -1;
  let hits = 0;
  for (let i = 0; i < reads; i++) {
    now -= log(draws.uniformOpen()) / readsPerS;
    const hit = now < expires;
    if (hit) hits++;
    if (!hit || renew === 'new') ttl = drawTtl(draws);
    if (!hit || renew !== 'no') expires = now + ttl;
  }
  return hits / reads;
}

const [RATE, MIN_S, MAX_S] = [0.8, 0.5, 4.5];
const uniformTtl = (draws: Stream) => MIN_S + (MAX_S - MIN_S) * draws.uniform();

describe('TTL hit ratio', () => {
  it('meets the published values at five reads a TTL', () => {
    expect(ttlHitRatio(5, 1)).toBeCloseTo(0.8333, 4);
    expect(slidingTtlHitRatio(0.5, 10)).toBeCloseTo(0.99326, 5);
  });

  it('agrees with played-out reads', () => {
    expect(Math.abs(played(1, 0.8, () => 2, 'no') - ttlHitRatio(0.8, 2))).toBeLessThan(0.004);
    expect(Math.abs(played(2, 0.8, () => 2, 'same') - slidingTtlHitRatio(0.8, 2))).toBeLessThan(0.004);
  });

  it('agrees with played-out jitter, drawn at the fill or at each read', () => {
    const atFill = played(3, RATE, uniformTtl, 'no');
    expect(Math.abs(atFill - jitteredTtlHitRatio(RATE, MIN_S, MAX_S))).toBeLessThan(0.005);
    const slidingAtRead = played(4, RATE, uniformTtl, 'new');
    expect(Math.abs(slidingAtRead - jitteredSlidingTtlHitRatio(RATE, MIN_S, MAX_S))).toBeLessThan(0.004);
    const slidingAtFill = played(5, RATE, uniformTtl, 'same');
    expect(Math.abs(slidingAtFill - jitteredSlidingTtlHitRatioPerFill(RATE, MIN_S, MAX_S))).toBeLessThan(0.006);
  });

  it('averages a TTL kept by the key, as numeric integration does', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (rate, minS, widthS) => {
          const steps = 20_000;
          let fixed = 0;
          let sliding = 0;
          for (let i = 0; i < steps; i++) {
            const ttlS = minS + (widthS * (i + 0.5)) / steps;
            fixed += ttlHitRatio(rate, ttlS) / steps;
            sliding += slidingTtlHitRatio(rate, ttlS) / steps;
          }
          expect(jitteredTtlHitRatioPerKey(rate, minS, minS + widthS)).toBeCloseTo(fixed, 3);
          expect(jitteredSlidingTtlHitRatio(rate, minS, minS + widthS)).toBeCloseTo(sliding, 3);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('orders the kinds of jitter and forgets jitter of width nought', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        fc.double({ min: 0, max: 20, noNaN: true }),
        (rate, minS, widthS) => {
          const maxS = minS + widthS;
          expect(jitteredTtlHitRatioPerKey(rate, minS, maxS)).toBeLessThanOrEqual(
            jitteredTtlHitRatio(rate, minS, maxS) + 1e-12,
          );
          expect(jitteredSlidingTtlHitRatio(rate, minS, maxS)).toBeLessThanOrEqual(
            jitteredSlidingTtlHitRatioPerFill(rate, minS, maxS) + 1e-12,
          );
          expect(slidingTtlHitRatio(rate, maxS)).toBeGreaterThanOrEqual(ttlHitRatio(rate, maxS) - 1e-12);
          for (const kind of [jitteredTtlHitRatioPerKey, jitteredTtlHitRatio]) {
            expect(kind(rate, minS, minS)).toBeCloseTo(ttlHitRatio(rate, minS), 12);
          }
          for (const kind of [jitteredSlidingTtlHitRatio, jitteredSlidingTtlHitRatioPerFill]) {
            expect(kind(rate, minS, minS)).toBeCloseTo(slidingTtlHitRatio(rate, minS), 12);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('adds up over a population', () => {
    const shares = zipfShares(3000, 0.9);
    let sum = 0;
    for (const share of shares) sum += share * ttlHitRatio(share * 200, 30);
    const grouped = populationHitRatio(groupPopulation(shares), 200, (rate) => ttlHitRatio(rate, 30));
    expect(Math.abs(grouped - sum)).toBeLessThan(1e-6);
  });

  it('has its limits', () => {
    expect(ttlHitRatio(0, 60)).toBe(0);
    expect(ttlHitRatio(3, 0)).toBe(0);
    expect(ttlHitRatio(3, Infinity)).toBe(1);
    expect(slidingTtlHitRatio(3, Infinity)).toBe(1);
    expect(slidingTtlHitRatio(0, Infinity)).toBe(0);
  });
});
