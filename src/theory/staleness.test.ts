import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { log } from '../random/math.ts';
import { meanHitAgeS, slidingMeanHitAgeS, slidingStaleHitShare, staleHitShare } from './staleness.ts';

/** Plays reads and updates of one key; returns the share of stale hits and the mean age of a hit. */
function played(seed: number, readsPerS: number, updatesPerS: number, ttlS: number, sliding: boolean) {
  const draws = new Stream(seed, 'ages');
  let now = 0;
  let filledAt = -Infinity;
  let expires = -1;
  let nextUpdate = 0;
  let lastUpdate = -Infinity;
  let hits = 0;
  let stale = 0;
  let ages = 0;
  for (let i = 0; i < 600_000; i++) {
    now -= log(draws.uniformOpen()) / readsPerS;
    while (nextUpdate <= now) {
      lastUpdate = nextUpdate;
      nextUpdate -= log(draws.uniformOpen()) / updatesPerS;
    }
    const hit = now < expires;
    if (!hit) filledAt = now;
    else {
      hits++;
      ages += now - filledAt;
      if (lastUpdate > filledAt) stale++;
    }
    if (!hit || sliding) expires = now + ttlS;
  }
  return { stale: stale / hits, ageS: ages / hits };
}

describe('staleness', () => {
  it('meets the published shares', () => {
    expect(staleHitShare(1 / 60, 60)).toBeCloseTo(0.368, 3);
    expect(slidingStaleHitShare(2, 0.02, 5)).toBeCloseTo(0.995, 3);
    expect(meanHitAgeS(60)).toBe(30);
  });

  it('agrees with played-out reads and updates', () => {
    const fixed = played(1, 2, 0.3, 4, false);
    expect(Math.abs(fixed.stale - staleHitShare(0.3, 4))).toBeLessThan(0.01);
    expect(Math.abs(fixed.ageS - meanHitAgeS(4))).toBeLessThan(0.02);
    const sliding = played(2, 1, 0.1, 1.5, true);
    expect(Math.abs(sliding.stale - slidingStaleHitShare(1, 0.1, 1.5))).toBeLessThan(0.01);
    expect(Math.abs(sliding.ageS / slidingMeanHitAgeS(1, 1.5) - 1)).toBeLessThan(0.015);
  });

  it('joins its series to the closed form', () => {
    for (const around of [0.02, 0.02 * 1.0001]) {
      expect(staleHitShare(around, 1)).toBeCloseTo(around / 2 - (around * around) / 6, 6);
      expect(slidingMeanHitAgeS(around, 1)).toBeCloseTo(0.5 + (5 * around) / 12, 3);
    }
    expect(Math.abs(staleHitShare(0.02 - 1e-9, 1) - staleHitShare(0.02, 1))).toBeLessThan(1e-9);
    expect(Math.abs(slidingMeanHitAgeS(0.02 - 1e-9, 1) - slidingMeanHitAgeS(0.02, 1))).toBeLessThan(1e-8);
    expect(staleHitShare(1e-12, 1) / 5e-13).toBeCloseTo(1, 9);
  });

  it('rises with the TTL, and faster when reads renew it', () => {
    let before = 0;
    for (const ttlS of [0.5, 1, 2, 4, 8]) {
      const share = slidingStaleHitShare(1, 0.05, ttlS);
      expect(share).toBeGreaterThan(before);
      expect(share).toBeGreaterThan(staleHitShare(0.05, ttlS));
      before = share;
    }
    expect(slidingStaleHitShare(1, 0, 5)).toBeCloseTo(0, 12);
    expect(staleHitShare(0, 5)).toBe(0);
  });
});
