import { FLAG, isNotable, OP } from './codes.ts';
import { appendColumns, type Columns, copyRow, createColumns, resizedColumns } from './columns.ts';

const BLOCK = 256;

/** From here on notable requests are thinned like the others: there are too many of them. */
const scarce = 64;
const thinnest = 1_048_576;

/**
 * The rows of one run as the reader keeps them: closed rows in order of closing, and the rows still open at the horizon.
 * Kept in full up to `budgetRows`; beyond it the older half is thinned again and again: notable requests stay, of the
 * rest one in 2, 4, 8 … (by request number, so a request is kept whole or not at all). Where one in 64 and all that is
 * notable do not fit, the notable are thinned too.
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
  /** Last closed row of each request (index + 1), and for each closed row the one of the same request before it. */
  private lastOf = new Int32Array(1024);
  private before = new Int32Array(4096);

  constructor(budgetRows = 300_000) {
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
    for (let index = needed - closed.length; index < needed; index++) this.index(index);
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

  /** Calls `visit` for every row that is under way at `atUs` (start ≤ at < closing), closed rows first. */
  forEachActive(atUs: number, visit: (table: Columns, index: number) => void): void {
    this.forEachOverlapping(atUs, atUs, visit);
  }

  /**
   * Calls `visit` for every row with start ≤ `toUs` and closing > `fromUs`, closed rows first. Skips blocks by their
   * earliest start, so that a look far back in a long run costs little more than one near its end.
   */
  forEachOverlapping(fromUs: number, toUs: number, visit: (table: Columns, index: number) => void): void {
    const table = this.closed;
    let index = this.firstClosing(fromUs);
    while (index < table.length) {
      const block = index >> 8;
      const end = Math.min((block + 1) * BLOCK, table.length);
      if (this.minStart[block] > toUs) {
        index = end;
        continue;
      }
      for (; index < end; index++) {
        if (table.start[index] <= toUs && closingUs(table, index) > fromUs) visit(table, index);
      }
    }
    for (let row = 0; row < this.open.length; row++) if (this.open.start[row] <= toUs) visit(this.open, row);
  }

  /** Calls `visit` for every closed row of a request, last closed first. */
  forEachClosedOf(request: number, visit: (index: number) => void): void {
    if (request >= this.lastOf.length) return;
    for (let next = this.lastOf[request]; next > 0; next = this.before[next - 1]) visit(next - 1);
  }

  /** The rows of one request in order of opening, open ones included; empty when it was thinned away. */
  request(request: number): { table: Columns; index: number }[] {
    const found: { table: Columns; index: number }[] = [];
    this.forEachClosedOf(request, (index) => found.push({ table: this.closed, index }));
    for (let index = 0; index < this.open.length; index++) {
      if (this.open.request[index] === request) found.push({ table: this.open, index });
    }
    return found.sort((a, b) => a.table.id[a.index] - b.table.id[b.index]);
  }

  private index(index: number): void {
    this.noteStart(index);
    const request = this.closed.request[index];
    if (request >= this.lastOf.length) this.lastOf = grown(this.lastOf, request + 1);
    if (index >= this.before.length) this.before = grown(this.before, index + 1);
    this.before[index] = this.lastOf[request];
    this.lastOf[request] = index + 1;
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

  private rebuildIndexes(): void {
    this.lastOf.fill(0);
    for (let index = 0; index < this.closed.length; index++) this.index(index);
  }

  private thin(): void {
    const table = this.closed;
    const half = table.length >> 1;
    const notable = new Set<number>();
    for (let index = 0; index < half; index++) {
      if (isNotable(table.op[index], table.outcome[index], table.flags[index])) notable.add(table.request[index]);
    }
    this.thinnedBeforeUs = closingUs(table, half);
    const straddling = this.requestsAcross(half, this.thinnedBeforeUs);
    const keeps = (index: number): boolean => {
      const request = table.request[index];
      if (request === 0 && isActOnWorld(table, index)) return true;
      if (request === 0 || straddling.has(request)) return request !== 0;
      return request % this.keepOneIn === 0 || (this.keepOneIn < scarce && notable.has(request));
    };
    const countKept = () => {
      let kept = table.length - half;
      for (let index = 0; index < half; index++) if (keeps(index)) kept++;
      return kept;
    };
    // What was thinned before is thinned further only if thinning the rest as much does not make enough room.
    this.keepOneIn = Math.max(2, this.keepOneIn);
    while (this.keepOneIn < thinnest && countKept() > 0.75 * this.budgetRows) this.keepOneIn *= 2;
    let kept = 0;
    for (let index = 0; index < table.length; index++) {
      if (index >= half || keeps(index)) copyRow(table, index, table, kept++);
    }
    table.length = kept;
    this.rebuildIndexes();
  }

  /** Requests with a row at or after index `half`, or open, that began before `beforeUs`: they are not thinned this time. */
  private requestsAcross(half: number, beforeUs: number): Set<number> {
    const across = new Set<number>();
    for (const [table, from] of [
      [this.closed, half],
      [this.open, 0],
    ] as const) {
      for (let index = from; index < table.length; index++) {
        if (table.start[index] <= beforeUs && table.request[index] !== 0) across.add(table.request[index]);
      }
    }
    return across;
  }
}

function grown(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const next = new Int32Array(Math.max(length, array.length * 2));
  next.set(array);
  return next;
}

function isActOnWorld(table: Columns, index: number): boolean {
  return table.op[index] === OP.fault || table.op[index] === OP.flush;
}

/** When a row closed: its end, or later where the callee went on after its caller had given up. */
export function closingUs(table: Columns, index: number): number {
  const end = table.end[index];
  return (table.flags[index] & FLAG.abandoned) !== 0 && table.leave[index] > end ? table.leave[index] : end;
}
