import type { LatencySummary } from './columns.ts';

const highestUs = 2_147_483_647;

/** Below 2 × this each value has a place of its own; from there on each power of two has this many. */
const places = 1024;
const allPlaces = 22 * places;

/** Where a whole number from 1 is counted. */
function placeOf(us: number): number {
  const bucket = Math.max(0, 21 - Math.clz32(us));
  return bucket * places + (us >>> bucket);
}

/** The largest value that is counted at a place. */
function valueAt(place: number): number {
  const bucket = Math.max(0, Math.floor(place / places) - 1);
  return (place - bucket * places + 1) * (1 << bucket) - 1;
}

/**
 * Latencies in µs to three significant digits; longer ones than 35 minutes count as that. The layout is that of an HDR
 * histogram for values from 1 and three digits; the test holds it against hdr-histogram-js.
 * @source Gil Tene, HdrHistogram (hdrhistogram.org).
 */
export class LatencyHistogram {
  private readonly counts = new Int32Array(allPlaces);
  private recorded = 0;
  private sum = 0;
  private max = 0;

  get count(): number {
    return this.recorded;
  }

  record(us: number): void {
    this.counts[placeOf(us < 1 ? 1 : us > highestUs ? highestUs : us)]++;
    this.recorded++;
    this.sum += us;
    if (us > this.max) this.max = us;
  }

  /** The latency that `percent` % stay under; 0 when nothing was recorded. */
  quantile(percent: number): number {
    // A share of the count that is a whole number must not become the next by rounding.
    const rank = Math.max(1, Math.ceil((percent / 100) * this.recorded - 1e-6));
    let passed = 0;
    for (let place = 0; place < allPlaces; place++) {
      passed += this.counts[place];
      if (passed >= rank) return Math.min(valueAt(place), this.max);
    }
    return 0;
  }

  get maximum(): number {
    return this.max;
  }

  reset(): void {
    if (this.recorded > 0) this.counts.fill(0);
    this.recorded = 0;
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
