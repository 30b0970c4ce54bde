import type { Scenario } from '../scenario/schema.ts';
import { columnIndex, type Metric, metricCatalogue, type MetricReader, metricReader } from './catalogue.ts';
import type { LatencySummary, MetricColumn, WindowBatch } from './columns.ts';

/** Latency over a run, µs; null where there was none. */
export interface LatencyFigures {
  count: number;
  mean: number | null;
  p50: number | null;
  p90: number | null;
  p95: number | null;
  p99: number | null;
  'p99.9': number | null;
  max: number | null;
}

/** What a report says of a metric, by its kind; null where nothing was counted. */
export type MetricFigures =
  | number
  | null
  | { mean: number | null; peak: number | null }
  | { last: number | null; peak: number | null }
  | { mean: number | null; max?: number | null }
  | LatencyFigures;

/** The metrics of one run by id. */
export type MetricReport = Record<string, MetricFigures>;

interface Line {
  metric: Metric;
  read: MetricReader;
  /** Column of the largest value in a window, where there is one. */
  max: number;
  /** Largest value of any complete window; −1 before the first. */
  peak: number;
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

/**
 * Gathers what a run has to say of its metrics: totals at the end, peaks over its windows as they come, in bounded memory.
 * Peaks and levels are of complete windows; a run shorter than one window has none.
 */
export class RunReport {
  private readonly lines: Line[];
  private readonly scenario: Scenario;
  private readonly width: number;
  private readonly windowUs: number;
  private windows = 0;

  constructor(scenario: Scenario, columns: readonly MetricColumn[], windowUs = scenario.window) {
    this.scenario = scenario;
    this.width = columns.length;
    this.windowUs = windowUs;
    this.lines = metricCatalogue(scenario).map((metric) => ({
      metric,
      read: metricReader(metric, columns),
      max: metric.parts?.max === undefined ? -1 : columnIndex(columns, metric.parts.max),
      peak: -1,
    }));
  }

  /** Takes in the windows of one batch. */
  addWindows({ count, values }: WindowBatch): void {
    this.windows += count;
    for (const line of this.lines) {
      if (line.metric.kind !== 'rate' && line.metric.kind !== 'level') continue;
      for (let row = 0; row < count; row++) {
        const value = line.read(values, row * this.width, this.windowUs);
        if (value > line.peak) line.peak = value;
      }
    }
  }

  /** The report at `untilUs`, from the totals and latencies then; caches that were never used are left out. */
  build(totals: ArrayLike<number>, latency: Record<'read' | 'write', LatencySummary>, untilUs: number): MetricReport {
    const used = new Set<string>();
    for (const { metric, read } of this.lines) {
      if (metric.name === 'cache.gets' && read(totals, 0, untilUs) > 0) used.add(metric.labels.tier);
    }
    if (this.scenario.local.enabled) used.add('local');
    if (this.scenario.pattern.read !== 'none') used.add('redis');
    const report: MetricReport = {};
    for (const line of this.lines) {
      const { tier } = line.metric.labels;
      if (tier === undefined || used.has(tier)) report[line.metric.id] = this.figures(line, totals, latency, untilUs);
    }
    return report;
  }

  private figures(
    line: Line,
    totals: ArrayLike<number>,
    latency: Record<'read' | 'write', LatencySummary>,
    untilUs: number,
  ): MetricFigures {
    const { metric } = line;
    const peak = this.windows === 0 ? null : line.peak < 0 ? null : line.peak;
    const value = known(line.read(totals, 0, untilUs));
    switch (metric.kind) {
      case 'rate':
        return { mean: value, peak };
      case 'level': {
        const held = this.windows === 0 ? null : value;
        return metric.atEnd ? { last: held, peak } : { mean: held, peak };
      }
      case 'duration':
        return line.max < 0 ? { mean: value } : { mean: value, max: value === null ? null : totals[line.max] };
      case 'latency':
        return latencyFigures(latency[metric.histogram ?? 'read']);
      default:
        return value;
    }
  }
}

function latencyFigures({ count, mean, p50, p90, p95, p99, p999, max }: LatencySummary): LatencyFigures {
  if (count === 0) return { count, mean: null, p50: null, p90: null, p95: null, p99: null, 'p99.9': null, max: null };
  return { count, mean, p50, p90, p95, p99, 'p99.9': p999, max };
}
