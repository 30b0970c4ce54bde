/**
 * Rows as columns: what crosses from the worker (as transferred buffers), what is hashed, what every view reads.
 * Times are µs of virtual time; `Infinity` where the moment has not come (open rows) or never came.
 * A call's life: start (wish) → sent (left the caller, after waiting for a connection) → arrive (reached the node) →
 * service (a slot was free) → leave (work done) → end (the caller has its outcome). `end` may come before `leave`
 * when the caller gave up.
 */
export const timeColumns = ['start', 'sent', 'arrive', 'service', 'leave', 'end'] as const;
/**
 * request: number of the request (0 for rows of no request) · id: row number in order of opening, from 1 · parent: id of
 * the enclosing row or 0 · node: index into the run's nodes where the work is done · from: node of the caller ·
 * key · version (of the value read or written; 0 = no row, −1 = none; for evictions and expiries the version in the key that
 * left, −1 where it lay under the key itself) · detail: for stale answers the age in ms, for fills the TTL given in ms (−1
 * without end), for faults the index of the action.
 */
export const intColumns = ['request', 'id', 'parent', 'key', 'version', 'detail'] as const;
/** Columns of one byte: codes of `codes.ts`, indexes of nodes. */
export const byteColumns = ['op', 'outcome', 'cause', 'flags', 'node', 'from'] as const;

/** Name of a time column. */
export type TimeColumn = (typeof timeColumns)[number];
/** Name of a 32-bit column. */
export type IntColumn = (typeof intColumns)[number];
/** Name of a byte column. */
export type ByteColumn = (typeof byteColumns)[number];

/** A table of rows; every column has `capacity` places of which the first `length` are filled. */
export type Columns = { length: number } & Record<TimeColumn, Float64Array<ArrayBuffer>> &
  Record<IntColumn, Int32Array<ArrayBuffer>> &
  Record<ByteColumn, Uint8Array<ArrayBuffer>>;

/** An empty table with room for `capacity` rows. */
export function createColumns(capacity: number): Columns {
  const table = { length: 0 } as Columns;
  for (const name of timeColumns) table[name] = new Float64Array(capacity);
  for (const name of intColumns) table[name] = new Int32Array(capacity);
  for (const name of byteColumns) table[name] = new Uint8Array(capacity);
  return table;
}

/** The buffers of a table, for a transfer. */
export function columnBuffers(table: Columns): ArrayBuffer[] {
  return [...timeColumns, ...intColumns, ...byteColumns].map((name) => table[name].buffer);
}

/** Copies row `from` of one table onto row `to` of another; lengths are the caller's business. */
export function copyRow(source: Columns, from: number, target: Columns, to: number): void {
  for (const name of timeColumns) target[name][to] = source[name][from];
  for (const name of intColumns) target[name][to] = source[name][from];
  for (const name of byteColumns) target[name][to] = source[name][from];
}

/** Appends all rows of `source` to `target`, which must have the room. */
export function appendColumns(target: Columns, source: Columns): void {
  const at = target.length;
  for (const name of timeColumns) target[name].set(source[name].subarray(0, source.length), at);
  for (const name of intColumns) target[name].set(source[name].subarray(0, source.length), at);
  for (const name of byteColumns) target[name].set(source[name].subarray(0, source.length), at);
  target.length = at + source.length;
}

/** A new table with the same rows and room for `capacity`. */
export function resizedColumns(table: Columns, capacity: number): Columns {
  const next = createColumns(capacity);
  const length = Math.min(table.length, capacity);
  for (const name of timeColumns) next[name].set(table[name].subarray(0, length));
  for (const name of intColumns) next[name].set(table[name].subarray(0, length));
  for (const name of byteColumns) next[name].set(table[name].subarray(0, length));
  next.length = length;
  return next;
}

/** One row as a plain object, for tests, tables and export. */
export type Row = Record<TimeColumn | IntColumn | ByteColumn, number>;

/** Reads row `index`. */
export function rowAt(table: Columns, index: number): Row {
  const row = {} as Row;
  for (const name of timeColumns) row[name] = table[name][index];
  for (const name of intColumns) row[name] = table[name][index];
  for (const name of byteColumns) row[name] = table[name][index];
  return row;
}
