import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { log } from '../random/math.ts';
import { singleFlightMeanAgeS, staleWhileRevalidateMeanAgeS } from './answerAge.ts';
import { staleWhileRevalidateShares } from './ttlRebuild.ts';

const READS = 400_000;

/** Plays reads of one key behind single flight with a stale window; returns the mean age of what they are given. */
function playedAgeS(readsPerS: number, ttlS: number, windowS: number, rebuildS: number): number {
  const draws = new Stream(9, 'answer ages');
  let now = 0;
  let filledAt = -Infinity;
  let landsAt = Infinity;
  let ages = 0;
  for (let i = 0; i < READS; i++) {
    now -= log(draws.uniformOpen()) / readsPerS;
    if (landsAt <= now) {
      filledAt = landsAt;
      landsAt = Infinity;
    }
    const age = now - filledAt;
    if (age >= ttlS && landsAt === Infinity) landsAt = now + rebuildS;
    if (age < ttlS + windowS) ages += age;
  }
  return ages / READS;
}

const rate = fc.double({ min: 0.001, max: 100, noNaN: true });
const span = fc.double({ min: 0, max: 100, noNaN: true });

describe('age of answers', () => {
  it.each([
    [2, 3, 1, 0.4],
    [2, 3, 0.3, 1],
    [1, 1, 0.7, 0.7],
    [4, 0.5, 2, 0.1],
    [3, 4, 0, 1.5],
    [1, 0, 3, 0],
  ])('agrees with played-out reads: %d/s, TTL %d, window %d, rebuild %d', (readsPerS, ttlS, windowS, rebuildS) => {
    const age = staleWhileRevalidateMeanAgeS(readsPerS, ttlS, windowS, rebuildS);
    expect(Math.abs(playedAgeS(readsPerS, ttlS, windowS, rebuildS) - age)).toBeLessThan(0.012);
  });

  it('is half the TTL for a hot key, none for one never read', () => {
    expect(singleFlightMeanAgeS(1e6, 60, 0.2)).toBeCloseTo((60 * 30) / 60.2, 3);
    expect(staleWhileRevalidateMeanAgeS(0, 60, 10, 0.2)).toBe(0);
    // A read that comes on its own finds what the one before it left behind.
    expect(staleWhileRevalidateMeanAgeS(0.001, 1, 1e6, 0)).toBeCloseTo(1000, 0);
  });

  it('lies between the ages that fresh and stale answers can have, and grows with the window', () => {
    fc.assert(
      fc.property(rate, span, span, span, (readsPerS, ttlS, windowS, rebuildS) => {
        const age = staleWhileRevalidateMeanAgeS(readsPerS, ttlS, windowS, rebuildS);
        const { freshShare, staleShare } = staleWhileRevalidateShares(readsPerS, ttlS, windowS, rebuildS);
        const least = (freshShare * ttlS) / 2 + staleShare * ttlS;
        const slack = 1e-8 * (1 + ttlS + windowS);
        expect(age).toBeGreaterThanOrEqual(least - slack);
        expect(age).toBeLessThanOrEqual(least + staleShare * windowS + slack);
        expect(staleWhileRevalidateMeanAgeS(readsPerS, ttlS, windowS * 1.5, rebuildS)).toBeGreaterThanOrEqual(
          age - slack,
        );
        expect(singleFlightMeanAgeS(readsPerS, ttlS, rebuildS)).toBeLessThanOrEqual(ttlS / 2 + slack);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what it does not cover', () => {
    for (let place = 0; place < 4; place++) {
      for (const bad of [-1, NaN, Infinity]) {
        const settings: [number, number, number, number] = [1, 1, 1, 1];
        settings[place] = bad;
        expect(() => staleWhileRevalidateMeanAgeS(...settings)).toThrow(RangeError);
      }
    }
  });
});
