import { FLAG, OUTCOME, operations } from '../spans/codes.ts';
import type { Columns } from '../spans/columns.ts';
import type { RowSelector } from './RowSelector.ts';

/** How many rows are under way as time passes: a step at each moment, ascending. */
export interface Sweep {
  timesUs: Float64Array;
  /** At that very moment, with what takes no time. */
  at: Int32Array;
  /** From just after it until the next. */
  after: Int32Array;
}

/** Finds rows by their labels, and by time; what was asked once is kept. */
export class RowIndex {
  private byOp: Uint32Array[] | undefined;
  private readonly sorted = new Map<number, Uint32Array>();
  private readonly selected = new Map<string, Uint32Array>();
  private readonly sweeps = new Map<string, Sweep>();

  constructor(readonly rows: Columns) {}

  /** Numbers of the rows that a selector lets through, by start. */
  select(selector: RowSelector): Uint32Array {
    const known = this.selected.get(selector.id);
    if (known !== undefined) return known;
    const ops = selector.op ?? operations.map((_, op) => op);
    const lists = ops.map((op) => this.ofOp(op)).filter((list) => list.length > 0);
    const candidates = lists.length === 1 ? lists[0] : this.byStart(concatenated(lists));
    const found = candidates.filter(predicate(this.rows, selector));
    this.selected.set(selector.id, found);
    return found;
  }

  /** Of rows by start, those that start in [fromUs, toUs). */
  between(list: Uint32Array, fromUs: number, toUs: number): Uint32Array {
    const { start } = this.rows;
    return list.subarray(
      firstAt(list.length, (at) => start[list[at]] >= fromUs),
      firstAt(list.length, (at) => start[list[at]] >= toUs),
    );
  }

  /**
   * The largest number of these rows under way at one instant of [fromUs, toUs), and that instant. A row is under way
   * from its start until before its end; one that takes no time, at its instant.
   */
  peak(selector: RowSelector, fromUs: number, toUs: number): { count: number; atUs: number } {
    const { timesUs, at, after } = this.sweep(selector);
    const first = firstAt(timesUs.length, (index) => timesUs[index] >= fromUs);
    let count = first > 0 && timesUs[first] !== fromUs ? after[first - 1] : 0;
    let atUs = fromUs;
    for (let index = first; index < timesUs.length && timesUs[index] < toUs; index++) {
      if (at[index] <= count) continue;
      count = at[index];
      atUs = timesUs[index];
    }
    return { count, atUs };
  }

  private sweep(selector: RowSelector): Sweep {
    const known = this.sweeps.get(selector.id);
    if (known !== undefined) return known;
    const { start, end } = this.rows;
    const list = this.select(selector);
    const lasting = list.filter((row) => end[row] > start[row]);
    const ends = Float64Array.from(lasting, (row) => end[row]).sort((a, b) => a - b);
    const times = new Float64Array(list.length + ends.length);
    const at = new Int32Array(times.length);
    const after = new Int32Array(times.length);
    let length = 0;
    let [nextStart, nextEnd, under] = [0, 0, 0];
    while (nextStart < list.length || nextEnd < ends.length) {
      const startUs = nextStart < list.length ? start[list[nextStart]] : Number.POSITIVE_INFINITY;
      const time = nextEnd < ends.length ? Math.min(ends[nextEnd], startUs) : startUs;
      if (time === Number.POSITIVE_INFINITY) break;
      for (; nextEnd < ends.length && ends[nextEnd] === time; nextEnd++) under--;
      let instants = 0;
      for (; nextStart < list.length && start[list[nextStart]] === time; nextStart++) {
        if (end[list[nextStart]] > time) under++;
        else instants++;
      }
      times[length] = time;
      at[length] = under + instants;
      after[length++] = under;
    }
    const sweep = { timesUs: times.subarray(0, length), at: at.subarray(0, length), after: after.subarray(0, length) };
    this.sweeps.set(selector.id, sweep);
    return sweep;
  }

  private ofOp(op: number): Uint32Array {
    const known = this.sorted.get(op);
    if (known !== undefined) return known;
    this.byOp ??= groupedByOp(this.rows);
    const list = this.byStart(this.byOp[op]);
    this.sorted.set(op, list);
    return list;
  }

  private byStart(list: Uint32Array): Uint32Array {
    const { start, id } = this.rows;
    return list.sort((a, b) => start[a] - start[b] || id[a] - id[b]);
  }
}

function groupedByOp({ op, length }: Columns): Uint32Array[] {
  const counts = new Uint32Array(256);
  for (let row = 0; row < length; row++) counts[op[row]]++;
  const lists = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  for (let row = 0; row < length; row++) lists[op[row]][counts[op[row]]++] = row;
  return lists;
}

function concatenated(lists: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}

/** The first index of 0..length that passes a test which all later ones pass too. */
function firstAt(length: number, passes: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether a row passes all labels but the operation, by which the rows are grouped already. */
function predicate(rows: Columns, selector: RowSelector): (row: number) => boolean {
  const tests: ((row: number) => boolean)[] = [];
  const { end, flags, outcome } = rows;
  const isSettled = (row: number): boolean => end[row] < Number.POSITIVE_INFINITY;
  // Before its end a row has neither: its columns still hold what stands first in the lists.
  if (selector.settled || selector.outcome !== undefined || selector.cause !== undefined) tests.push(isSettled);
  for (const name of ['outcome', 'cause', 'node', 'from', 'key', 'version'] as const) {
    const wanted = selector[name];
    if (wanted === undefined) continue;
    const column = rows[name];
    const set = new Set(wanted);
    tests.push(wanted.length === 1 ? (row) => column[row] === wanted[0] : (row) => set.has(column[row]));
  }
  const { flag } = selector;
  if (flag !== undefined) tests.push((row) => (flags[row] & flag) !== 0);
  if (selector.answered) tests.push((row) => outcome[row] < OUTCOME.timeout);
  if (selector.stale) tests.push((row) => (flags[row] & FLAG.stale) !== 0);
  return (row) => tests.every((test) => test(row));
}
