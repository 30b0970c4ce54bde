import type { Variant } from '../../checks/Experiment.ts';
import { createRunReader, type RunReader } from '../../checks/RunReader.ts';
import type { WindowBatch } from '../../metrics/columns.ts';
import { appendColumns, type Columns, createColumns } from '../../spans/columns.ts';
import type { Batch } from '../protocol.ts';
import { Session } from '../Session.ts';

/** Events between two collections: the recorder gives its rows away, so a run never holds them twice. */
const sliceEvents = 200_000;

/** What is remembered of a run when its rows are gone. */
export interface RunSummary {
  variant: string;
  seed: number;
  requests: number;
  rows: number;
  endUs: number;
}

/**
 * Runs one variant of an experiment from its start to `untilUs` and makes it readable for checks.
 * @param keepRows false where no check looks at single rows: then they are dropped while the run goes on.
 * @throws SimulationStuck when time stands still, and whatever else breaks the engine.
 */
export function runVariant(
  variant: Variant,
  seed: number,
  untilUs: number,
  keepRows: boolean,
): { reader: RunReader; summary: RunSummary } {
  const scenario = { ...variant.scenario, seed };
  const session = new Session(scenario, []);
  const tables: Columns[] = [];
  const windows: WindowBatch[] = [];
  let rowCount = 0;
  let last: Batch | undefined;
  for (let done = false; !done; ) {
    done = session.advance(untilUs, sliceEvents);
    last = session.take();
    rowCount += last.closed.length;
    if (keepRows) tables.push(last.closed);
    windows.push(last.windows);
  }
  const { meta } = session;
  const { open, totals, latency } = last as Batch;
  if (keepRows) tables.push(open);
  const reader = createRunReader({
    scenario,
    nodes: meta.nodes,
    columns: meta.metricColumns,
    windowUs: meta.windowUs,
    windows: joinedWindows(windows),
    totals,
    latency,
    rows: joinedRows(tables),
    endUs: untilUs,
  });
  const requests = totals[meta.metricColumns.findIndex(({ id }) => id === 'requests.arrived')];
  return {
    reader,
    summary: { variant: variant.name, seed, requests, rows: rowCount + open.length, endUs: untilUs },
  };
}

/** One table of all; empties `tables` on the way. */
function joinedRows(tables: Columns[]): Columns {
  const whole = createColumns(tables.reduce((sum, { length }) => sum + length, 0));
  for (let table = tables.shift(); table !== undefined; table = tables.shift()) appendColumns(whole, table);
  return whole;
}

function joinedWindows(batches: readonly WindowBatch[]): WindowBatch {
  const values = new Float64Array(batches.reduce((sum, batch) => sum + batch.values.length, 0));
  let at = 0;
  for (const batch of batches) {
    values.set(batch.values, at);
    at += batch.values.length;
  }
  return { first: 0, count: batches.reduce((sum, { count }) => sum + count, 0), values };
}
