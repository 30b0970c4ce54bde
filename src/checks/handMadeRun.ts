import { metricColumns } from '../metrics/columns.ts';
import { nodesOf } from '../scenario/nodes.ts';
import type { Scenario } from '../scenario/schema.ts';
import { createColumns, type Row } from '../spans/columns.ts';
import { createRunReader, type RunData, type RunReader } from './RunReader.ts';

const noLatency = { count: 0, mean: 0, p50: 0, p90: 0, p95: 0, p99: 0, p999: 0, max: 0 };

/** What a test writes down of a run; everything else is zero. Times µs. */
export interface HandMade {
  /** Column values of each window, by the ids of columns. */
  windows?: readonly Readonly<Record<string, number>>[];
  /** Sums that came after the last whole window. */
  rest?: Readonly<Record<string, number>>;
  rows?: readonly Partial<Row>[];
  windowUs?: number;
  endUs?: number;
  latency?: Partial<RunData['latency']>;
  /** Number of the first window that is there. */
  first?: number;
}

/** A tiny run for tests, whose every number was put there by hand; windows of 1 s unless told otherwise. */
export function handMadeRun(scenario: Scenario, made: HandMade): RunReader {
  const { windows = [], rest = {}, rows = [], windowUs = 1e6, first = 0 } = made;
  const columns = metricColumns(scenario);
  const place = (id: string): number => {
    const index = columns.findIndex((column) => column.id === id);
    if (index < 0) throw new Error(`no column ${id}`);
    return index;
  };
  const values = new Float64Array(windows.length * columns.length);
  windows.forEach((window, row) => {
    for (const [id, value] of Object.entries(window)) values[row * columns.length + place(id)] = value;
  });
  const totals = new Float64Array(columns.length);
  columns.forEach(({ id, fold }, column) => {
    const all = windows.map((_, row) => values[row * columns.length + column]);
    const sum = all.reduce((left, right) => left + right, 0);
    if (fold === 'sum') totals[column] = sum + (rest[id] ?? 0);
    else if (fold === 'mean') totals[column] = all.length === 0 ? 0 : sum / all.length;
    else totals[column] = fold === 'max' ? Math.max(0, ...all) : (all.at(-1) ?? 0);
  });
  const table = createColumns(rows.length);
  rows.forEach((row, index) => {
    const start = row.start ?? 0;
    const whole = {
      id: index + 1,
      version: -1,
      sent: start,
      arrive: start,
      service: start,
      leave: row.end ?? start,
      end: start,
      ...row,
    };
    for (const [name, value] of Object.entries(whole)) table[name as 'start'][index] = value;
    table.length++;
  });
  return createRunReader({
    scenario,
    nodes: nodesOf(scenario),
    columns,
    windowUs,
    windows: { first, count: windows.length, values },
    totals,
    latency: { read: noLatency, write: noLatency, ...made.latency },
    rows: table,
    endUs: made.endUs ?? windows.length * windowUs,
  });
}
