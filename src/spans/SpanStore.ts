import { FLAG, isNotable, OP } from './codes.ts';
import { appendColumns, type Columns, copyRow, createColumns, resizedColumns } from './columns.ts';

const BLOCK = 256;

/**
 * The rows of one run as the reader keeps them: closed rows in order of closing, and the rows still open at the horizon.
 * Kept in full up to `budgetRows`; beyond it the older half is thinned again and again: notable requests stay, of the
 * rest one in 2, 4, 8 … (by request number, so a request is kept whole or not at all).
 */
export class SpanStore {
  closed: Columns = createColumns(4096);
  open: Columns = createColumns(0);
  /** Rows closed before this time have been thinned; 0 when everything is there. */
  thinnedBeforeUs = 0;
  /** One request in this many is kept before `thinnedBeforeUs`. */
  keepOneIn = 1;
  /** Grows by one with every change; views memoise on it. */
  revision = 0;
  private readonly budgetRows: number;
  private minStart = new Float64Array(64);

  constructor(budgetRows = 600_000) {
    this.budgetRows = budgetRows;
  }

  /** Appends the rows of one batch and replaces the open ones. */
  append(closed: Columns, open: Columns): void {
    this.revision++;
    this.open = open;
    const needed = this.closed.length + closed.length;
    if (needed > this.closed.start.length) {
      this.closed = resizedColumns(this.closed, Math.max(needed, this.closed.start.length * 2));
    }
    appendColumns(this.closed, closed);
    for (let index = needed - closed.length; index < needed; index++) this.noteStart(index);
    if (this.closed.length > this.budgetRows) this.thin();
  }

  /** Index of the first closed row that closed at or after `atUs` (binary search). */
  firstClosing(atUs: number): number {
    let low = 0;
    let high = this.closed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (closingUs(this.closed, middle) < atUs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Calls `visit` for every row that is under way at `atUs` (start ≤ at < closing), closed rows first. Skips blocks by
   * their earliest start, so that a look far back in a long run costs no more than one near its end.
   */
  forEachActive(atUs: number, visit: (table: Columns, index: number) => void): void {
    const table = this.closed;
    let index = this.firstClosing(atUs);
    while (index < table.length) {
      const block = index >> 8;
      if (this.minStart[block] > atUs) {
        index = (block + 1) * BLOCK;
        continue;
      }
      const end = Math.min((block + 1) * BLOCK, table.length);
      for (; index < end; index++) {
        if (table.start[index] <= atUs && closingUs(table, index) > atUs) visit(table, index);
      }
    }
    for (let row = 0; row < this.open.length; row++) if (this.open.start[row] <= atUs) visit(this.open, row);
  }

  /** The rows of one request in order of opening, open ones included; empty when it was thinned away. */
  request(request: number): { table: Columns; index: number }[] {
    const found: { table: Columns; index: number }[] = [];
    for (const table of [this.closed, this.open]) {
      for (let index = 0; index < table.length; index++) {
        if (table.request[index] === request) found.push({ table, index });
      }
    }
    return found.sort((a, b) => a.table.id[a.index] - b.table.id[b.index]);
  }

  private noteStart(index: number): void {
    const block = index >> 8;
    if (block >= this.minStart.length) {
      const next = new Float64Array(this.minStart.length * 2);
      next.set(this.minStart);
      this.minStart = next;
    }
    const start = this.closed.start[index];
    this.minStart[block] = index % BLOCK === 0 ? start : Math.min(this.minStart[block], start);
  }

  private rebuildBlocks(): void {
    for (let index = 0; index < this.closed.length; index++) this.noteStart(index);
  }

  private thin(): void {
    const table = this.closed;
    const half = table.length >> 1;
    this.keepOneIn *= 2;
    const notable = new Set<number>();
    for (let index = 0; index < half; index++) {
      if (isNotable(table.op[index], table.outcome[index], table.flags[index])) notable.add(table.request[index]);
    }
    this.thinnedBeforeUs = closingUs(table, half);
    const scarce = this.keepOneIn >= 64;
    let kept = 0;
    for (let index = 0; index < table.length; index++) {
      const request = table.request[index];
      const keep =
        index >= half || request % this.keepOneIn === 0 || (request === 0 ? isActOnWorld(table, index) : !scarce && notable.has(request));
      if (keep) copyRow(table, index, table, kept++);
    }
    table.length = kept;
    this.rebuildBlocks();
  }
}

function isActOnWorld(table: Columns, index: number): boolean {
  return table.op[index] === OP.fault || table.op[index] === OP.flush;
}

/** When a row closed: its end, or later where the callee went on after its caller had given up. */
export function closingUs(table: Columns, index: number): number {
  const end = table.end[index];
  return (table.flags[index] & FLAG.abandoned) !== 0 && table.leave[index] > end ? table.leave[index] : end;
}
