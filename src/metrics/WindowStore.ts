import type { MetricColumn, WindowBatch } from './columns.ts';

/**
 * All windows of a run in one flat table. When there are more than `maxWindows`, neighbours are merged in pairs and the
 * width doubles, so that a run of hours fits: sums add, time averages average, maxima and quantiles take the larger
 * (a merged window's p99 is the worst of its parts, and says so by being an upper bound).
 */
export class WindowStore {
  readonly columns: readonly MetricColumn[];
  widthUs: number;
  count = 0;
  values: Float64Array<ArrayBuffer>;
  /** Grows by one with every change. */
  revision = 0;
  private readonly baseWidthUs: number;
  private readonly maxWindows: number;
  private readonly indexById: Map<string, number>;
  private merged = 1;
  private partial = 0;

  constructor(columns: readonly MetricColumn[], widthUs: number, maxWindows = 2400) {
    this.columns = columns;
    this.widthUs = widthUs;
    this.baseWidthUs = widthUs;
    // Even, so that merging in pairs leaves none over.
    this.maxWindows = Math.max(2, maxWindows - (maxWindows % 2));
    this.values = new Float64Array(columns.length * 256);
    this.indexById = new Map(columns.map((column, index) => [column.id, index]));
  }

  /** Position of a column by its id; −1 when this run has no such column. */
  column(id: string): number {
    return this.indexById.get(id) ?? -1;
  }

  /** The value of column `column` in window `window`. */
  at(window: number, column: number): number {
    return this.values[window * this.columns.length + column];
  }

  /** Index of the window that holds `atUs`, at most the last complete one; −1 before the first. */
  windowAt(atUs: number): number {
    return Math.min(Math.floor(atUs / this.widthUs), this.count - 1);
  }

  /** Adds the windows of one batch, in order. */
  append(batch: WindowBatch): void {
    this.revision++;
    const width = this.columns.length;
    for (let row = 0; row < batch.count; row++) {
      this.add(batch.values.subarray(row * width, (row + 1) * width));
    }
  }

  /** Sum (or mean, max, last: by the column's fold) of a column over the windows in [fromUs, toUs). */
  over(column: number, fromUs: number, toUs: number): number {
    const first = Math.max(0, Math.floor(fromUs / this.widthUs));
    const last = Math.min(this.count, Math.ceil(toUs / this.widthUs));
    const fold = this.columns[column].fold;
    let value = 0;
    for (let window = first; window < last; window++) {
      const here = this.at(window, column);
      value = fold === 'max' ? Math.max(value, here) : fold === 'last' ? here : value + here;
    }
    return fold === 'mean' && last > first ? value / (last - first) : value;
  }

  private add(row: Float64Array): void {
    const width = this.columns.length;
    if (this.partial > 0) {
      this.mergeInto(this.count - 1, row, this.partial);
      this.partial = (this.partial + 1) % this.merged;
      return;
    }
    if (this.count === this.maxWindows) this.halve();
    if ((this.count + 1) * width > this.values.length) {
      const next = new Float64Array(this.values.length * 2);
      next.set(this.values);
      this.values = next;
    }
    this.values.set(row, this.count * width);
    this.count++;
    this.partial = this.merged === 1 ? 0 : 1 % this.merged;
  }

  private mergeInto(window: number, row: Float64Array, already: number): void {
    const base = window * this.columns.length;
    for (let column = 0; column < this.columns.length; column++) {
      const fold = this.columns[column].fold;
      const here = this.values[base + column];
      const there = row[column];
      this.values[base + column] =
        fold === 'sum'
          ? here + there
          : fold === 'mean'
            ? (here * already + there) / (already + 1)
            : fold === 'max'
              ? Math.max(here, there)
              : there;
    }
  }

  private halve(): void {
    const width = this.columns.length;
    const pairs = this.count >> 1;
    for (let pair = 0; pair < pairs; pair++) {
      const second = this.values.slice((2 * pair + 1) * width, (2 * pair + 2) * width);
      this.values.copyWithin(pair * width, 2 * pair * width, (2 * pair + 1) * width);
      this.mergeInto(pair, second, 1);
    }
    this.count = pairs;
    this.merged *= 2;
    this.widthUs = this.baseWidthUs * this.merged;
  }
}
