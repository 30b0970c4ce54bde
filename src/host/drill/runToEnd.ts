import { createRunReader, type RunReader } from '../../checks/RunReader.ts';
import type { WindowBatch } from '../../metrics/columns.ts';
import type { Action, Scenario } from '../../scenario/schema.ts';
import { appendColumns, type Columns, createColumns } from '../../spans/columns.ts';
import type { Batch } from '../protocol.ts';
import { Session } from '../Session.ts';

/** Events between two collections, so that a run never holds its rows twice. */
const sliceEvents = 200_000;

/** A drill may come from anybody: what would not end, or not fit, is given up. */
export const runLimits = { events: 50_000_000, rows: 6_000_000 };

/** A finished run: readable for checks, and its span hash. */
export interface FinishedRun {
  reader: RunReader;
  hash: string;
}

/** Runs a scenario with some actions to its end. @throws Error for a run beyond all limits, and whatever breaks the engine. */
export function runToEnd(scenario: Scenario, actions: readonly Action[], limits = runLimits): FinishedRun {
  const session = new Session(scenario, actions);
  const tables: Columns[] = [];
  const windows: WindowBatch[] = [];
  let last: Batch | undefined;
  let [slices, rowCount] = [0, 0];
  for (let done = false; !done; ) {
    done = session.advance(scenario.duration, sliceEvents);
    last = session.take(done);
    tables.push(last.closed);
    rowCount += last.closed.length;
    if (++slices * sliceEvents > limits.events || rowCount + last.open.length > limits.rows) {
      const what = `more than ${limits.events} events or ${limits.rows} rows`;
      throw new Error(`this run is too large for a drill: ${what}; less traffic or a shorter clock would do`);
    }
    windows.push(last.windows);
  }
  const { open, totals, latency, hash } = last as Batch;
  const rows = createColumns(tables.reduce((sum, { length }) => sum + length, open.length));
  for (let table = tables.shift(); table !== undefined; table = tables.shift()) appendColumns(rows, table);
  appendColumns(rows, open);
  const values = new Float64Array(windows.reduce((sum, batch) => sum + batch.values.length, 0));
  let at = 0;
  for (const batch of windows) {
    values.set(batch.values, at);
    at += batch.values.length;
  }
  const { meta } = session;
  const reader = createRunReader({
    scenario,
    nodes: meta.nodes,
    columns: meta.metricColumns,
    windowUs: meta.windowUs,
    windows: { first: 0, count: windows.reduce((sum, { count }) => sum + count, 0), values },
    totals,
    latency,
    rows,
    endUs: scenario.duration,
  });
  return { reader, hash };
}
