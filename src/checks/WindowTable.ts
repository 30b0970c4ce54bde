import { columnIndex, type Metric, type MetricReader, metricReader } from '../metrics/catalogue.ts';
import type { MetricColumn, WindowBatch } from '../metrics/columns.ts';

/** What a run counted, as a reader of metrics needs it; times µs. */
export interface WindowData {
  columns: MetricColumn[];
  windowUs: number;
  windows: WindowBatch;
  totals: Float64Array;
  endUs: number;
}

/** The part of a run that a range touches: whole windows [first, last), and perhaps the unfinished one behind them. */
export interface WindowSpan {
  first: number;
  last: number;
  withRest: boolean;
  /** The range with its ends moved outwards to the edges of windows. */
  fromUs: number;
  toUs: number;
  isWhole: boolean;
}

/** Metrics over ranges of a run, out of its windows and totals. */
export class WindowTable {
  private readonly readers = new Map<string, MetricReader>();
  private readonly folded: Float64Array;
  private readonly run: WindowData;

  constructor(run: WindowData) {
    this.run = run;
    this.folded = new Float64Array(run.columns.length);
  }

  /** The windows that a range touches; what lies between its ends and theirs cannot be told apart. */
  span(fromUs: number, toUs: number): WindowSpan {
    const { windowUs, endUs, windows } = this.run;
    const isWhole = fromUs <= 0 && toUs >= endUs;
    const touched = Math.ceil(toUs / windowUs);
    const known = windows.first + windows.count;
    const from = Math.floor(fromUs / windowUs);
    // Where the first windows are missing, nobody can say what came in them, nor what came after the last.
    const isKnown = from >= windows.first;
    const withRest = windows.first === 0 && touched > known;
    const first = Math.min(Math.max(windows.first, from), known);
    const last = isKnown || isWhole ? Math.max(first, Math.min(known, touched)) : first;
    const edges = isWhole ? [0, endUs] : [first * windowUs, withRest ? endUs : last * windowUs];
    return { first, last, withRest, isWhole, fromUs: edges[0], toUs: edges[1] };
  }

  /** A metric over a span: sums add up, levels are means over time, shares are ratios of sums. NaN of nothing. */
  over(metric: Metric, span: WindowSpan): number {
    const columns = this.columnsOf([...metric.over, ...(typeof metric.under === 'object' ? metric.under : [])]);
    const hasLevels = columns.some((column) => this.run.columns[column].fold !== 'sum');
    if (hasLevels && span.first === span.last) return Number.NaN;
    if (span.toUs <= span.fromUs) return Number.NaN;
    if (span.isWhole) return this.reader(metric)(this.run.totals, 0, span.toUs);
    for (const column of columns) this.folded[column] = this.fold(column, span);
    return this.reader(metric)(this.folded, 0, span.toUs - span.fromUs);
  }

  /** A metric in each whole window of a span; NaN where a window holds nothing of it. */
  each(metric: Metric, { first, last }: WindowSpan): Float64Array {
    const { columns, windows, windowUs } = this.run;
    const read = this.reader(metric);
    const values = new Float64Array(Math.max(0, last - first));
    for (let index = 0; index < values.length; index++)
      values[index] = read(windows.values, (first + index - windows.first) * columns.length, windowUs);
    return values;
  }

  /** Columns added up over a span; NaN where the run knows nothing of it. */
  sum(ids: readonly string[], span: WindowSpan): number {
    if (span.toUs <= span.fromUs) return Number.NaN;
    return this.columnsOf(ids).reduce(
      (sum, column) => sum + (span.isWhole ? this.run.totals[column] : this.fold(column, span)),
      0,
    );
  }

  private columnsOf(ids: readonly string[]): number[] {
    return ids.map((id) => columnIndex(this.run.columns, id));
  }

  private reader(metric: Metric): MetricReader {
    const id = `${metric.id} ${metric.over.join(' ')}`;
    const known = this.readers.get(id) ?? metricReader(metric, this.run.columns);
    this.readers.set(id, known);
    return known;
  }

  private fold(column: number, { first, last, withRest }: WindowSpan): number {
    const { columns, windows, totals } = this.run;
    const at = (window: number): number => windows.values[(window - windows.first) * columns.length + column];
    const add = (from: number, to: number): number => {
      let sum = 0;
      for (let window = from; window < to; window++) sum += at(window);
      return sum;
    };
    const { fold } = columns[column];
    if (fold === 'sum') {
      const rest = withRest ? totals[column] - add(windows.first, windows.first + windows.count) : 0;
      return add(first, last) + rest;
    }
    if (fold === 'mean') return add(first, last) / (last - first);
    if (fold === 'last') return at(last - 1);
    let largest = Number.NEGATIVE_INFINITY;
    for (let window = first; window < last; window++) largest = Math.max(largest, at(window));
    return largest;
  }
}
