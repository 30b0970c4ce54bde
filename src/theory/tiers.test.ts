import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combinedHitRatio, originLeverage, serialMeanLatencyS } from './tiers.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const tier = fc.record({ hitRatio: share, lookupS: fc.double({ min: 0, max: 10, noNaN: true }) });

describe('tiers', () => {
  it('meets the published composition: .8 then .9 at 0.1 ms, 1 ms and 20 ms', () => {
    expect(combinedHitRatio([0.8, 0.9])).toBeCloseTo(0.98, 12);
    const tiers = [
      { hitRatio: 0.8, lookupS: 0.0001 },
      { hitRatio: 0.9, lookupS: 0.001 },
    ];
    expect(serialMeanLatencyS(tiers, 0.02)).toBeCloseTo(0.0007, 12);
    expect(originLeverage(0.99, 0.95)).toBeCloseTo(5, 12);
  });

  it('is the sum over where a read ends', () => {
    const tiers = [
      { hitRatio: 0.5, lookupS: 1 },
      { hitRatio: 0.2, lookupS: 2 },
      { hitRatio: 0.7, lookupS: 4 },
    ];
    const ends = [0.5 * 1, 0.5 * 0.2 * 3, 0.5 * 0.8 * 0.7 * 7, 0.5 * 0.8 * 0.3 * 107];
    expect(serialMeanLatencyS(tiers, 100)).toBeCloseTo(ends[0] + ends[1] + ends[2] + ends[3], 12);
  });

  it('knows its ends', () => {
    expect(combinedHitRatio([])).toBe(0);
    expect(serialMeanLatencyS([], 3)).toBe(3);
    expect(originLeverage(0.5, 1)).toBe(0);
    expect(originLeverage(0, 0)).toBe(1);
  });

  it('only gains hits by another tier, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(tier, { maxLength: 6 }), tier, share, (tiers, one, after) => {
        const ratios = tiers.map(({ hitRatio }) => hitRatio);
        const combined = combinedHitRatio(ratios);
        expect(combined).toBeLessThanOrEqual(1);
        expect(combinedHitRatio([...ratios, one.hitRatio])).toBeGreaterThanOrEqual(combined - 1e-15);
        expect(combinedHitRatio([...ratios].reverse())).toBeCloseTo(combined, 12);
        expect(combined).toBeGreaterThanOrEqual(Math.max(0, ...ratios) - 1e-15);
        // A tier that never hits only adds its look-up for those who reach it.
        const useless = serialMeanLatencyS([...tiers, { hitRatio: 0, lookupS: one.lookupS }], 5);
        expect(useless).toBeCloseTo(serialMeanLatencyS(tiers, 5) + (1 - combined) * one.lookupS, 9);
        if (combined < 1 - 1e-6 && after < 1 - 1e-6) {
          expect(originLeverage(combined, after) * originLeverage(after, combined)).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what it does not cover', () => {
    expect(() => combinedHitRatio([0.5, 1.1])).toThrow(RangeError);
    expect(() => serialMeanLatencyS([{ hitRatio: -0.1, lookupS: 1 }], 1)).toThrow(RangeError);
    expect(() => serialMeanLatencyS([{ hitRatio: 0.1, lookupS: -1 }], 1)).toThrow(RangeError);
    expect(() => serialMeanLatencyS([], NaN)).toThrow(RangeError);
    expect(() => originLeverage(1, 0.5)).toThrow(RangeError);
    expect(() => originLeverage(0.5, 2)).toThrow(RangeError);
  });
});
