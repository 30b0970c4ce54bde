import type { WindowStore } from '../../../src/index.ts';

/** A run of whole windows [first, end) and the numbers folded over it. A column that a run does not have counts 0. */
export class WindowRange {
  readonly windows: WindowStore;
  readonly first: number;
  readonly end: number;

  constructor(windows: WindowStore, first: number, end: number) {
    this.windows = windows;
    this.first = Math.max(0, first);
    this.end = Math.min(windows.count, end);
  }

  /** Nothing is known here. */
  get empty(): boolean {
    return this.end <= this.first;
  }

  /** Virtual time covered, seconds. */
  get seconds(): number {
    return (Math.max(0, this.end - this.first) * this.windows.widthUs) / 1e6;
  }

  /** Sum of columns over all windows. */
  sum(...ids: string[]): number {
    return this.fold(ids, 0, (sum, value) => sum + value);
  }

  /** Largest value of columns in any window. */
  max(...ids: string[]): number {
    return this.fold(ids, 0, Math.max);
  }

  /** Sum of columns by the second; NaN where nothing is known. */
  rate(...ids: string[]): number {
    return this.empty ? Number.NaN : this.sum(...ids) / this.seconds;
  }

  /** Time average of columns, added up; NaN where nothing is known. */
  mean(...ids: string[]): number {
    return this.empty ? Number.NaN : this.sum(...ids) / (this.end - this.first);
  }

  /** Average of a column weighted by another: a quantile of windows by their requests. NaN without weight. */
  weighted(id: string, weightId: string): number {
    const column = this.windows.column(id);
    const weights = this.windows.column(weightId);
    if (column < 0 || weights < 0) return Number.NaN;
    let sum = 0;
    let weight = 0;
    for (let window = this.first; window < this.end; window++) {
      sum += this.windows.at(window, column) * this.windows.at(window, weights);
      weight += this.windows.at(window, weights);
    }
    return weight === 0 ? Number.NaN : sum / weight;
  }

  private fold(ids: string[], initial: number, combine: (value: number, next: number) => number): number {
    let value = initial;
    for (const id of ids) {
      const column = this.windows.column(id);
      if (column < 0) continue;
      for (let window = this.first; window < this.end; window++)
        value = combine(value, this.windows.at(window, column));
    }
    return value;
  }
}

/** The last second of complete windows before `atUs` (at least one window; empty before the first is complete). */
export function lastSecond(windows: WindowStore, atUs: number): WindowRange {
  const end = Math.min(windows.count, Math.floor(atUs / windows.widthUs));
  const length = Math.max(1, Math.round(1e6 / windows.widthUs));
  return new WindowRange(windows, end - length, end);
}
