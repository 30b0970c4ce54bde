import type { Metric } from '../metrics/catalogue.ts';
import type { LatencySummary } from '../metrics/columns.ts';
import { nearestRank, percentileOf } from './aggregates.ts';
import type { Measure } from './resolveMeasure.ts';
import type { RunReader } from './RunReader.ts';

/** A figure of a run. Times µs since its start. */
export interface Reading {
  /** NaN where there was nothing to take it from. */
  value: number;
  /** The moment of an extreme, of the first or the last. */
  atUs?: number;
  /** What was looked at: the window of an extreme, else the range, with its ends on the edges of windows. */
  spanUs: [number, number];
  /** Why there is no value, where that is not simply for want of samples. */
  absent?: string;
}

/** Takes a figure over [fromUs, toUs) of a run. */
export function readMeasure(measure: Measure, reader: RunReader, fromUs: number, toUs: number): Reading {
  if (measure.kind === 'metric') return metricReading(measure.metric, measure.aggregate, reader, fromUs, toUs);
  if (!reader.hasAllRows) {
    if (measure.kind === 'samples' && measure.metric !== undefined)
      return summaryReading(measure.metric, measure.aggregate, reader, fromUs, toUs);
    return { value: Number.NaN, spanUs: [fromUs, toUs], absent: 'not all rows of this run were kept' };
  }
  if (measure.kind === 'peak') {
    const { count, atUs } = reader.rows.peak(measure.selector, fromUs, toUs);
    return { value: count, spanUs: [fromUs, toUs], ...(count === 0 ? {} : { atUs }) };
  }
  return measure.kind === 'rows'
    ? rowsReading(measure, reader, fromUs, toUs)
    : samplesReading(measure, reader, fromUs, toUs);
}

function metricReading(metric: Metric, aggregate: string, reader: RunReader, fromUs: number, toUs: number): Reading {
  const { windows } = reader;
  const span = windows.span(fromUs, toUs);
  const spanUs: [number, number] = [span.fromUs, span.toUs];
  const whole = (value: number): Reading => ({ value, spanUs });
  const seconds = (span.toUs - span.fromUs) / 1e6;
  const { kind, under } = metric;
  if (aggregate === 'sum') return whole(windows.sum(metric.over, span));
  if (aggregate === 'count') return whole(windows.sum(typeof under === 'object' ? under : metric.over, span));
  if (aggregate === 'rate') return whole(windows.sum(metric.over, span) / seconds);
  if (aggregate === 'avg' && kind !== 'counter' && kind !== 'maximum' && !metric.atEnd)
    return whole(windows.over(metric, span));
  const longest = aggregate === 'max' && kind === 'duration' ? metric.parts?.max : undefined;
  if (longest !== undefined) {
    // A window without a sample has 0 there, which is no longest of anything.
    const counts = windows.each({ ...metric, id: longest, over: [longest], under: undefined, timesSpan: false }, span);
    const present = windows.each(metric, span);
    return ofWindows(
      counts.map((value, index) => (Number.isNaN(present[index]) ? Number.NaN : value)),
      'max',
      span.first,
      reader,
      spanUs,
    );
  }
  return ofWindows(windows.each(metric, span), aggregate, span.first, reader, spanUs);
}

/** A figure of values window by window, of which `first` is the number of the first. */
function ofWindows(
  values: Float64Array,
  aggregate: string,
  first: number,
  reader: RunReader,
  spanUs: [number, number],
): Reading {
  const { windowUs } = reader.run;
  const inWindow = (index: number): Reading => {
    const atUs = (first + index) * windowUs;
    return { value: values[index], atUs, spanUs: [atUs, atUs + windowUs] };
  };
  const present = values.filter((value) => !Number.isNaN(value));
  if (present.length === 0) return { value: Number.NaN, spanUs };
  if (aggregate === 'first') return inWindow(0);
  if (aggregate === 'last') return inWindow(values.length - 1);
  const wanted = figureOf(present, aggregate);
  return aggregate === 'min' || aggregate === 'max' ? inWindow(values.indexOf(wanted)) : { value: wanted, spanUs };
}

/** A figure of plain numbers; NaN of none. Sorts them where it needs to. */
function figureOf(values: Float64Array, aggregate: string): number {
  const percentile = percentileOf(aggregate);
  if (percentile !== undefined)
    return nearestRank(
      values.sort((a, b) => a - b),
      percentile,
    );
  if (aggregate === 'count') return values.length;
  if (aggregate === 'sum') return total(values);
  if (values.length === 0) return Number.NaN;
  if (aggregate === 'avg') return total(values) / values.length;
  return values.reduce((best, value) => ((aggregate === 'min' ? value < best : value > best) ? value : best));
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function rowsReading(
  measure: Extract<Measure, { kind: 'rows' }>,
  reader: RunReader,
  fromUs: number,
  toUs: number,
): Reading {
  const { rows, run } = reader;
  const { aggregate, selector } = measure;
  const found = rows.between(rows.select(selector), fromUs, toUs);
  const spanUs: [number, number] = [fromUs, toUs];
  if (aggregate === 'count' || aggregate === 'sum') return { value: found.length, spanUs };
  if (aggregate === 'rate') return { value: found.length / ((toUs - fromUs) / 1e6), spanUs };
  if (aggregate === 'first' || aggregate === 'last') {
    if (found.length === 0) return { value: Number.NaN, spanUs };
    const atUs = run.rows.start[found[aggregate === 'first' ? 0 : found.length - 1]];
    return { value: atUs, atUs, spanUs };
  }
  // Only windows that lie in the range and in the run as a whole: half a window would seem quiet.
  const first = Math.ceil(fromUs / run.windowUs);
  const last = Math.max(first, Math.floor(toUs / run.windowUs));
  const counts = new Float64Array(last - first);
  for (const row of found) {
    const window = Math.floor(run.rows.start[row] / run.windowUs);
    if (window >= first && window < last) counts[window - first]++;
  }
  return ofWindows(counts, aggregate, first, reader, spanUs);
}

function samplesReading(
  measure: Extract<Measure, { kind: 'samples' }>,
  reader: RunReader,
  fromUs: number,
  toUs: number,
): Reading {
  const { rows, run } = reader;
  const { aggregate, selector, sample } = measure;
  const { start, end, detail } = run.rows;
  const found = rows.between(rows.select(selector), fromUs, toUs);
  const read = (row: number): number =>
    sample === 'took' ? end[row] - start[row] : sample === 'age' ? detail[row] * 1000 : detail[row];
  const spanUs: [number, number] = [fromUs, toUs];
  if (aggregate === 'rate') return { value: found.length / ((toUs - fromUs) / 1e6), spanUs };
  if (aggregate === 'first' || aggregate === 'last') {
    const row = found[aggregate === 'first' ? 0 : found.length - 1];
    return row === undefined ? { value: Number.NaN, spanUs } : { value: read(row), atUs: start[row], spanUs };
  }
  const percentile = percentileOf(aggregate);
  if (percentile !== undefined) {
    const sorted = reader.sortedSamples(`${sample} ${selector.id} ${fromUs} ${toUs}`, () =>
      Float64Array.from(found, read),
    );
    return { value: nearestRank(sorted, percentile), spanUs };
  }
  const values = Float64Array.from(found, read);
  const value = figureOf(values, aggregate);
  if ((aggregate !== 'min' && aggregate !== 'max') || found.length === 0) return { value, spanUs };
  return { value, atUs: start[found[values.indexOf(value)]], spanUs };
}

const summaries: Record<string, keyof LatencySummary | undefined> = {
  avg: 'mean',
  p50: 'p50',
  p90: 'p90',
  p95: 'p95',
  p99: 'p99',
  'p99.9': 'p999',
  max: 'max',
};

/** A latency without its rows: what windows and the summary of the run still know. */
function summaryReading(metric: Metric, aggregate: string, reader: RunReader, fromUs: number, toUs: number): Reading {
  const span = reader.windows.span(fromUs, toUs);
  const spanUs: [number, number] = [span.fromUs, span.toUs];
  const under = typeof metric.under === 'object' ? metric.under : [];
  const summary = reader.run.latency[metric.histogram ?? 'read'];
  const field = summaries[aggregate];
  if (aggregate === 'count') return { value: reader.windows.sum(under, span), spanUs };
  if (aggregate === 'avg') return { value: reader.windows.over(metric, span), spanUs };
  if (span.isWhole && field !== undefined) return { value: summary.count === 0 ? Number.NaN : summary[field], spanUs };
  return {
    value: Number.NaN,
    spanUs,
    absent: `not all rows of this run were kept, which ${aggregate} over a range needs`,
  };
}
