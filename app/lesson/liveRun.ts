import type { RunView } from '../stage/RunView.ts';
import { OP } from '../../src/index.ts';
import { copyRow, createColumns, createRunReader, type RunData, type RunReader } from '../../src/checking.ts';

const NEVER = Number.POSITIVE_INFINITY;
/** Whether every answered request has its row is told by these. */
const requests = [OP['request.read'], OP['request.write']];

/**
 * A run as checks read it, as it stood at a moment: the whole windows before it, and the rows that began before it. What had
 * not ended by then is still open. Nothing of what the engine knows beyond that moment is in it.
 * @param atUs the playhead. @param ops operations whose rows are wanted, besides requests; null for no rows at all.
 * @returns null before the first window is whole.
 */
export function readerUpTo(run: RunView, atUs: number, ops: ReadonlySet<number> | null): RunReader | null {
  const { windows, meta, scenario, latency } = run;
  const { widthUs, columns } = windows;
  const count = Math.min(windows.count, Math.floor(atUs / widthUs));
  if (count <= 0) return null;
  const endUs = count * widthUs;
  const values = windows.values.subarray(0, count * columns.length);
  const totals = new Float64Array(columns.length);
  for (let column = 0; column < columns.length; column++) totals[column] = windows.over(column, 0, endUs);
  const data: RunData = {
    scenario,
    nodes: [...meta.nodes],
    columns: [...columns],
    windowUs: widthUs,
    windows: { first: 0, count, values },
    totals,
    latency,
    rows: ops === null ? createColumns(0) : rowsBefore(run, endUs, new Set([...ops, ...requests])),
    endUs,
  };
  return createRunReader(data);
}

function rowsBefore(run: RunView, endUs: number, ops: ReadonlySet<number>): RunData['rows'] {
  const { closed, open } = run.spans;
  const rows = createColumns(countBefore(closed, endUs, ops) + countBefore(open, endUs, ops));
  let length = 0;
  for (const table of [closed, open]) {
    for (let index = 0; index < table.length; index++) {
      if (!ops.has(table.op[index]) || table.start[index] >= endUs) continue;
      copyRow(table, index, rows, length);
      // What ends later has not ended yet, at this moment.
      if (rows.end[length] >= endUs && rows.end[length] > rows.start[length]) rows.end[length] = NEVER;
      length++;
    }
  }
  rows.length = length;
  return rows;
}

function countBefore(table: RunData['rows'], endUs: number, ops: ReadonlySet<number>): number {
  let count = 0;
  for (let index = 0; index < table.length; index++)
    if (ops.has(table.op[index]) && table.start[index] < endUs) count++;
  return count;
}
