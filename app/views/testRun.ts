import type { Action, FromWorker, Row, Scenario, ScenarioInput, ToWorker } from '../../src/index.ts';
import { type Columns, metricColumns, SpanStore, WindowStore } from '../../src/index.ts';
import { scenarioSchema } from '../../src/reading.ts';
import type { RunView } from '../stage/RunView.ts';

const NEVER = Number.POSITIVE_INFINITY;
const times = { start: 0, sent: NEVER, arrive: NEVER, service: NEVER, leave: NEVER, end: NEVER };
const integers = { request: 0, id: 0, parent: 0, key: 0, version: -1, detail: 0 };
const bytes = { op: 0, outcome: 0, cause: 0, flags: 0, node: 0, from: 0 };
const noLatency = { count: 0, mean: 0, p50: 0, p90: 0, p95: 0, p99: 0, p999: 0, max: 0 };

/** For tests: a table of hand-made rows; what is left out is 0, times `Infinity`, the version −1. */
export function columnsOf(rows: readonly Partial<Row>[]): Columns {
  const table: Record<string, unknown> = { length: rows.length };
  const fill = (defaults: object, create: (length: number) => { [index: number]: number }) => {
    for (const [name, value] of Object.entries(defaults)) {
      const column = create(rows.length);
      rows.forEach((row, index) => {
        column[index] = row[name as keyof Row] ?? (value as number);
      });
      table[name] = column;
    }
  };
  fill(times, (length) => new Float64Array(length));
  fill(integers, (length) => new Int32Array(length));
  fill(bytes, (length) => new Uint8Array(length));
  return table as Columns;
}

/** For tests: a scenario as read, one workload `readers` unless others are given. */
export function scenarioOf(input: Partial<ScenarioInput> = {}): Scenario {
  return scenarioSchema.parse({ scenario: 1, id: 'test', title: 'Test', traffic: { readers: {} }, ...input });
}

/** For tests: a run made of hand-made closed and open rows. Nodes are those of the scenario. */
export function runOfRows(
  closed: readonly Partial<Row>[],
  open: readonly Partial<Row>[] = [],
  scenario = scenarioOf(),
): RunView {
  const spans = new SpanStore();
  spans.append(columnsOf(closed), columnsOf(open));
  const numbers = Array.from({ length: scenario.app.servers }, (_, index) => index + 1);
  const columns = metricColumns(scenario);
  return {
    meta: {
      engine: 'test',
      scenarioId: scenario.id,
      seed: scenario.seed,
      nodes: [
        { id: 'clients', kind: 'clients', title: 'Readers' },
        { id: 'balancer', kind: 'balancer', title: 'Load balancer' },
        ...numbers.map((number) => ({ id: `app${number}`, kind: 'app' as const, title: `App ${number}` })),
        ...numbers.map((number) => ({ id: `local${number}`, kind: 'local' as const, title: `App ${number} memory` })),
        { id: 'redis', kind: 'redis', title: 'Redis' },
        { id: 'database', kind: 'database', title: 'Database' },
      ],
      metricColumns: columns,
      windowUs: scenario.window,
    },
    scenario,
    actions: [],
    spans,
    windows: new WindowStore(columns, scenario.window),
    horizonUs: scenario.duration,
    totals: new Float64Array(columns.length),
    latency: { read: noLatency, write: noLatency },
    finished: true,
  };
}

/** For tests: puts windows into a run, each a record of column ids to values. */
export function withWindows(run: RunView, windows: readonly Record<string, number>[]): RunView {
  const width = run.windows.columns.length;
  const values = new Float64Array(windows.length * width);
  windows.forEach((window, row) => {
    for (const [id, value] of Object.entries(window)) {
      const column = run.windows.column(id);
      if (column < 0) throw new Error(`no metric column ${id}`);
      values[row * width + column] = value;
      if (run.windows.columns[column].fold === 'sum') run.totals[column] += value;
    }
  });
  run.windows.append({ first: run.windows.count, count: windows.length, values });
  run.horizonUs = run.windows.count * run.windows.widthUs;
  return run;
}

type WorkerScope = { onmessage?: (event: { data: ToWorker }) => void; postMessage?: (message: FromWorker) => void };

/**
 * For tests: a real run of the engine up to `untilUs`, by the worker's own protocol in this very process.
 * @param slices how often to ask for more on the way: each is one batch.
 */
export async function simulatedRun(
  scenario: Scenario,
  actions: readonly Action[] = [],
  untilUs = scenario.duration,
  slices = 1,
): Promise<RunView> {
  const scope = await workerScope();
  const run = runOfRows([], [], scenario);
  Object.assign(run, { actions, horizonUs: 0, spans: new SpanStore(), finished: false });
  for (let slice = 1; slice <= slices; slice++) {
    await new Promise<void>((resolve, reject) => {
      scope.postMessage = (message) => {
        if (message.type === 'failed') reject(new Error(message.message));
        if (message.type === 'opened') Object.assign(run, { meta: message.meta });
        if (message.type !== 'batch') return;
        const { batch } = message;
        run.spans.append(batch.closed, batch.open);
        run.windows.append(batch.windows);
        const { horizonUs, totals, latency, finished } = batch;
        Object.assign(run, { horizonUs, totals, latency, finished });
        if (!message.more) resolve();
      };
      if (slice === 1) scope.onmessage?.({ data: { type: 'open', run: 1, scenario, actions } });
      scope.onmessage?.({ data: { type: 'advance', run: 1, untilUs: Math.floor((untilUs * slice) / slices) } });
    });
  }
  scope.onmessage?.({ data: { type: 'close', run: 1 } });
  return run;
}

async function workerScope(): Promise<WorkerScope> {
  const holder = globalThis as unknown as { self?: WorkerScope };
  if (holder.self?.onmessage === undefined) {
    const scope: WorkerScope = { postMessage: () => undefined };
    holder.self = scope;
    await import('../../src/host/worker.ts');
  }
  return holder.self;
}
