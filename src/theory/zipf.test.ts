import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmonic, zipfExponentForShare, zipfShares, zipfTopShare } from './zipf.ts';

/** k^{−s} for s a multiple of one half, by multiplication and square root alone. */
function halfPower(k: number, halves: number): number {
  let power = 1;
  for (let i = 0; i < halves; i++) power *= Math.sqrt(k);
  return 1 / power;
}

describe('zipf', () => {
  it('adds the harmonic sum up', () => {
    for (const halves of [0, 1, 2, 3, 4, 9]) {
      for (const n of [0, 1, 31, 32, 33, 1000, 200_000]) {
        let sum = 0;
        for (let k = n; k >= 1; k--) sum += halfPower(k, halves);
        expect(Math.abs(harmonic(n, halves / 2) - sum)).toBeLessThanOrEqual(2e-13 * sum);
      }
    }
  });

  it('passes smoothly through exponent 1', () => {
    expect(harmonic(1e6, 1 + 1e-9) / harmonic(1e6, 1)).toBeCloseTo(1, 7);
    expect(harmonic(1e6, 1)).toBeCloseTo(14.392726722865724, 11);
  });

  it('meets the published top shares', () => {
    expect(zipfTopShare(1000, 10_000, 0.99)).toBeCloseTo(0.7559, 4);
    expect(zipfTopShare(10_000, 1_000_000, 0.8)).toBeCloseTo(0.3624, 4);
  });

  it('is the sum of the first shares', () => {
    const shares = zipfShares(5000, 0.8);
    let sum = 0;
    for (let i = 0; i < shares.length; i++) {
      if (i === 50) expect(zipfTopShare(50, 5000, 0.8)).toBeCloseTo(sum, 12);
      sum += shares[i];
    }
    expect(sum).toBeCloseTo(1, 11);
  });

  it('finds the exponent back', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 3, noNaN: true }),
        fc.integer({ min: 2, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (exponent, keyCount, place) => {
          const top = 1 + Math.floor(place * (keyCount - 2));
          const share = zipfTopShare(top, keyCount, exponent);
          const found = zipfExponentForShare(share, top, keyCount);
          expect(zipfTopShare(top, keyCount, found)).toBeCloseTo(share, 11);
        },
      ),
      { numRuns: 200 },
    );
    expect(zipfExponentForShare(0.8, 2000, 10_000)).toBeGreaterThan(0.8);
    expect(zipfExponentForShare(0.2, 2000, 10_000)).toBeCloseTo(0, 9);
  });

  it('says so where no exponent fits', () => {
    expect(zipfExponentForShare(0.1, 2000, 10_000)).toBeNaN();
    expect(zipfExponentForShare(1, 10, 100)).toBeNaN();
    expect(zipfExponentForShare(0.5, 100, 100)).toBeNaN();
    expect(zipfTopShare(200, 100, 1)).toBe(1);
  });
});
