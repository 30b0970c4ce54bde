import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { log } from '../random/math.ts';
import { staleSetMeanStayS, staleSetShare, staleSetsPerS } from './staleSetRace.ts';

describe('stale set', () => {
  it('is about wg for rare updates', () => {
    expect(staleSetShare(0.1, 0.005) / 0.0005).toBeCloseTo(1, 3);
    expect(staleSetShare(2, 0.5)).toBeCloseTo(1 - Math.exp(-1), 12);
    expect(staleSetsPerS(20, 2, 0.5)).toBeCloseTo(20 * (1 - Math.exp(-1)), 12);
    expect(staleSetShare(5, 0)).toBeCloseTo(0, 15);
  });

  it('agrees with played-out fills among updates and deletes', () => {
    const draws = new Stream(17, 'race');
    const [updatesPerS, gapS, ttlS, rounds] = [0.7, 0.4, 3, 100_000];
    const gap = (): number => -log(draws.uniformOpen()) / updatesPerS;
    let stale = 0;
    let staysS = 0;
    // One line of updates; a reader's query at a random moment, its store a gap later.
    for (let round = 0; round < rounds; round++) {
      const queryAt = 10 * draws.uniform();
      let at = 0;
      let overtaken = false;
      for (at = gap(); at < queryAt + gapS; at += gap()) if (at >= queryAt) overtaken = true;
      if (!overtaken) continue;
      stale++;
      staysS += Math.min(ttlS, at - queryAt - gapS);
    }
    expect(Math.abs(stale / rounds - staleSetShare(updatesPerS, gapS))).toBeLessThan(0.007);
    expect(Math.abs(staysS / stale / staleSetMeanStayS(updatesPerS, ttlS) - 1)).toBeLessThan(0.03);
  });

  it('stays a share and rises with updates and gap; a stay ends at the TTL', () => {
    const amount = fc.double({ min: 0, max: 1000, noNaN: true });
    fc.assert(
      fc.property(amount, amount, amount, (updatesPerS, gapS, fillsPerS) => {
        const share = staleSetShare(updatesPerS, gapS);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(staleSetShare(updatesPerS * 2, gapS)).toBeGreaterThanOrEqual(share - 1e-15);
        expect(staleSetShare(updatesPerS, gapS * 2)).toBeGreaterThanOrEqual(share - 1e-15);
        expect(staleSetsPerS(fillsPerS, updatesPerS, gapS)).toBeLessThanOrEqual(fillsPerS * (1 + 1e-15));
        expect(staleSetMeanStayS(updatesPerS, gapS)).toBeLessThanOrEqual(gapS * (1 + 1e-15));
        expect(staleSetMeanStayS(updatesPerS * 2, gapS)).toBeLessThanOrEqual(
          staleSetMeanStayS(updatesPerS, gapS) * (1 + 1e-12) + 1e-300,
        );
      }),
      { numRuns: 500 },
    );
    expect(staleSetMeanStayS(0, 60)).toBe(60);
  });

  it('refuses what it does not cover', () => {
    expect(() => staleSetShare(-1, 1)).toThrow(RangeError);
    expect(() => staleSetShare(1, Infinity)).toThrow(RangeError);
    expect(() => staleSetsPerS(NaN, 1, 1)).toThrow(RangeError);
    expect(() => staleSetMeanStayS(1, -1)).toThrow(RangeError);
  });
});
