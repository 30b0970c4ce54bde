import type { MetricUnit } from '../metrics/catalogue.ts';

/** What came of a check. Times µs since the run's start. */
export interface CheckResult {
  /** `nodata`: there was nothing to judge by, which is never a pass; `error`: the check itself is wrong. */
  status: 'pass' | 'fail' | 'nodata' | 'error';
  /** The left side. Times µs, shares 0..1. */
  observed?: number;
  observedUnit?: MetricUnit;
  /** What was asked for, in words: `under 300 a second`. */
  expected: string;
  /** When an extreme was reached, or when a condition with `within` came true. */
  atUs?: number;
  /** What the observed figure was taken from: a window, a stretch of them, or the range. */
  windowUs?: [number, number];
  /** One sentence. */
  message: string;
}
