import Int32Histogram from 'hdr-histogram-js/dist/Int32Histogram.js';
import type { LatencySummary } from './columns.ts';

// The module is CommonJS: some loaders hand over its exports object as the default import.
const Histogram = (Int32Histogram as unknown as { default?: typeof Int32Histogram }).default ?? Int32Histogram;

const highestUs = 2_147_483_647;

/**
 * The place of a value in whole numbers: the library's own goes by logarithm and power, which is slow, and whose last bit
 * is an engine's business. For values from 1 and three digits: 2,048 places one by one, then 1,024 to each power of two.
 */
class WholeHistogram extends Histogram {
  override getBucketIndex(value: number): number {
    return Math.max(0, 21 - Math.clz32(value));
  }

  override getSubBucketIndex(value: number, bucket: number): number {
    return value >>> bucket;
  }

  override countsArrayIndex(value: number): number {
    const bucket = Math.max(0, 21 - Math.clz32(value));
    return (bucket << 10) + (value >>> bucket);
  }
}

/**
 * Latencies in µs to three significant digits (HDR histogram, Gil Tene); longer ones than 35 minutes count as that.
 */
export class LatencyHistogram {
  private readonly histogram = new WholeHistogram(1, highestUs, 3);
  private sum = 0;
  private max = 0;

  get count(): number {
    return this.histogram.totalCount;
  }

  record(us: number): void {
    this.histogram.recordValue(us < 1 ? 1 : us > highestUs ? highestUs : us);
    this.sum += us;
    if (us > this.max) this.max = us;
  }

  /** The latency that `percent` % stay under; 0 when nothing was recorded. */
  quantile(percent: number): number {
    if (this.count === 0) return 0;
    return Math.min(this.histogram.getValueAtPercentile(percent), this.max);
  }

  get maximum(): number {
    return this.max;
  }

  reset(): void {
    if (this.count > 0) this.histogram.reset();
    this.sum = 0;
    this.max = 0;
  }

  summary(): LatencySummary {
    const q = (percent: number) => this.quantile(percent);
    return {
      count: this.count,
      mean: this.count === 0 ? 0 : this.sum / this.count,
      p50: q(50),
      p90: q(90),
      p95: q(95),
      p99: q(99),
      p999: q(99.9),
      max: this.max,
    };
  }
}
