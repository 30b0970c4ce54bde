import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { jitterMeanRatePerS } from './jitter.ts';
import { jitterAroundRangeS, refillCrestPerS, refillSpreadS } from './jitterAround.ts';
import { jitteredTtlHitRatio, ttlHitRatio } from './ttlCache.ts';

/** Moments of the n-th refill of keys set at 0, each TTL uniform around T. */
function playedRefills(ttlS: number, jitterS: number, refills: number, keys: number): Float64Array {
  const draws = new Stream(19, 'refills');
  const { minTtlS, maxTtlS } = jitterAroundRangeS(ttlS, jitterS);
  const moments = new Float64Array(keys);
  for (let key = 0; key < keys; key++) {
    for (let refill = 0; refill < refills; refill++) moments[key] += minTtlS + (maxTtlS - minTtlS) * draws.uniform();
  }
  return moments;
}

describe('jitter around a TTL', () => {
  it('keeps the mean TTL, and with it the hit ratio', () => {
    const { minTtlS, maxTtlS } = jitterAroundRangeS(60, 20);
    expect([minTtlS, maxTtlS]).toEqual([50, 70]);
    expect(jitteredTtlHitRatio(0.5, minTtlS, maxTtlS)).toBe(ttlHitRatio(0.5, 60));
    expect(jitterAroundRangeS(60, 120)).toEqual({ minTtlS: 0, maxTtlS: 120 });
  });

  it.each([1, 2, 3, 8])('agrees with played-out refills, wave %d', (refills) => {
    const keys = 200_000;
    const moments = playedRefills(60, 6, refills, keys);
    let squares = 0;
    let atCrest = 0;
    for (const moment of moments) {
      const offset = moment - 60 * refills;
      squares += offset * offset;
      if (Math.abs(offset) < 0.3) atCrest++;
    }
    expect(Math.sqrt(squares / keys) / refillSpreadS(6, refills)).toBeCloseTo(1, 1);
    // The second crest is a point, so a slice of it lies 2.5% lower; at the third the approximation starts.
    const tolerance = refills === 3 ? 0.1 : 0.05;
    expect(Math.abs(atCrest / 0.6 / refillCrestPerS(keys, 6, refills) - 1)).toBeLessThan(tolerance);
  });

  it('starts at the plain rate and flattens', () => {
    expect(refillCrestPerS(10_000, 60, 1)).toBe(jitterMeanRatePerS(10_000, 60));
    expect(refillCrestPerS(10_000, 60, 2)).toBe(jitterMeanRatePerS(10_000, 60));
    expect(refillCrestPerS(10_000, 60, 3) / ((3 * 10_000) / (4 * 60))).toBeCloseTo(1.064, 3);
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), fc.integer({ min: 1, max: 100 }), (jitterS, n) => {
        expect(refillCrestPerS(1000, jitterS, n + 1)).toBeLessThanOrEqual(refillCrestPerS(1000, jitterS, n));
        expect(refillSpreadS(jitterS, n + 1)).toBeGreaterThan(refillSpreadS(jitterS, n));
        const { minTtlS, maxTtlS } = jitterAroundRangeS(100, jitterS);
        expect(maxTtlS - minTtlS).toBeCloseTo(jitterS, 9);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses what it does not cover', () => {
    expect(() => jitterAroundRangeS(0, 0)).toThrow(RangeError);
    expect(() => jitterAroundRangeS(1, 2.1)).toThrow(RangeError);
    expect(() => refillSpreadS(-1, 1)).toThrow(RangeError);
    expect(() => refillSpreadS(1, 0.5)).toThrow(RangeError);
    expect(() => refillCrestPerS(1, 0, 1)).toThrow(RangeError);
    expect(() => refillCrestPerS(1, 1, 0)).toThrow(RangeError);
  });
});
