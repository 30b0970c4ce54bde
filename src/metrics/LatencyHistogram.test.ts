import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyHistogram } from './LatencyHistogram.ts';

describe('LatencyHistogram', () => {
  it('gives nearest-rank quantiles to three digits, and count, mean and maximum exactly', () => {
    const latency = fc.oneof(fc.nat(3000), fc.nat(5_000_000), fc.nat(2_000_000_000));
    const property = fc.property(fc.array(latency, { minLength: 1, maxLength: 300 }), (latencies) => {
      const histogram = new LatencyHistogram();
      for (const us of latencies) histogram.record(us);
      const sorted = [...latencies].sort((a, b) => a - b);
      const { count, mean, max, p50, p90, p95, p99, p999 } = histogram.summary();
      expect([count, max]).toEqual([latencies.length, sorted[latencies.length - 1]]);
      expect(mean).toBe(latencies.reduce((sum, us) => sum + us, 0) / latencies.length);
      for (const [found, percent] of [
        [p50, 50],
        [p90, 90],
        [p95, 95],
        [p99, 99],
        [p999, 99.9],
      ]) {
        const exact = sorted[Math.ceil((percent / 100) * count - 1e-9) - 1];
        expect(found).toBeGreaterThanOrEqual(exact);
        expect(found).toBeLessThanOrEqual(Math.max(1, exact * 1.001));
      }
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('counts what lies beyond its range as the highest it knows, and keeps the true maximum', () => {
    const histogram = new LatencyHistogram();
    histogram.record(7_200_000_000);
    expect([histogram.maximum, histogram.count]).toEqual([7_200_000_000, 1]);
    expect(histogram.quantile(50)).toBeGreaterThanOrEqual(2_147_000_000);
  });

  it('is empty at first and after a reset', () => {
    const histogram = new LatencyHistogram();
    const empty = { count: 0, mean: 0, p50: 0, p90: 0, p95: 0, p99: 0, p999: 0, max: 0 };
    expect(histogram.summary()).toEqual(empty);
    histogram.record(5);
    histogram.reset();
    expect(histogram.summary()).toEqual(empty);
  });
});
