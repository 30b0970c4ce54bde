import { describe, expect, it } from 'vitest';
import { jitterExpectedPeak, jitterMeanRatePerS } from './jitter.ts';

/** Mean largest cell by adding binomial shares cell by cell: cell j takes Bin(left, 1/(cells left)) of what is left. */
function peakByBinomials(keys: number, cells: number): number {
  let peak = 0;
  for (let cap = 0; cap < keys; cap++) {
    let left = new Float64Array(keys + 1);
    left[keys] = 1;
    for (let open = cells; open > 1; open--) {
      const next = new Float64Array(keys + 1);
      const share = 1 / open;
      for (let n = 0; n <= keys; n++) {
        if (left[n] === 0) continue;
        let chance = 1;
        for (let i = 0; i < n; i++) chance *= 1 - share;
        for (let k = 0; k <= Math.min(n, cap); k++) {
          next[n - k] += left[n] * chance;
          chance *= ((n - k) / (k + 1)) * (share / (1 - share));
        }
      }
      left = next;
    }
    let within = 0;
    for (let n = 0; n <= cap; n++) within += left[n];
    peak += 1 - within;
    if (1 - within < 1e-12) break;
  }
  return peak;
}

describe('jitter', () => {
  it('meets the published means and peaks', () => {
    expect(jitterMeanRatePerS(10_000, 60)).toBeCloseTo(166.7, 1);
    expect(jitterMeanRatePerS(10_000, 300)).toBeCloseTo(33.3, 1);
    expect(jitterExpectedPeak(10_000, 60)).toBeCloseTo(197.4, 1);
    expect(jitterExpectedPeak(10_000, 300)).toBeCloseTo(51.1, 1);
    expect(jitterExpectedPeak(10_000, 0)).toBe(10_000);
    expect(jitterMeanRatePerS(10_000, 0)).toBe(Infinity);
  });

  it.each([
    [1, 4, 1e-9],
    [2, 2, 1e-9],
    [10, 3, 1e-9],
    [40, 6, 1e-9],
    [12, 40, 1e-9],
    [400, 2, 2e-4],
    [400, 8, 2e-4],
    [300, 60, 2e-4],
  ])('agrees with a count of %d keys in %d cells', (keys, cells, tolerance) => {
    const truth = peakByBinomials(keys, cells);
    expect(Math.abs(jitterExpectedPeak(keys, cells) / truth - 1)).toBeLessThan(tolerance);
  });

  it('falls as the spread widens and scales with the bucket', () => {
    let before = Infinity;
    for (const spreadS of [1, 2, 5, 10, 30, 60, 300, 3600]) {
      const peak = jitterExpectedPeak(5000, spreadS);
      expect(peak).toBeLessThan(before);
      expect(peak).toBeGreaterThanOrEqual(5000 / spreadS);
      before = peak;
    }
    expect(jitterExpectedPeak(5000, 60, 0.1)).toBe(jitterExpectedPeak(5000, 600));
  });
});
