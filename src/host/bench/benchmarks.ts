import { readScenario } from '../../scenario/readScenario.ts';
import type { Scenario, ScenarioInput } from '../../scenario/schema.ts';
import { simulate } from '../Session.ts';
import { CacheAsideByHand } from './CacheAsideByHand.ts';
import { benchCurve, benchInterning } from './curveBenchmarks.ts';
import { type Figure, figure } from './Figure.ts';
import { median, medianRatio, takeTurns } from './measure.ts';
import { type Mm1Draws, mm1Draws, mm1OnKernel, mm1WithProcesses } from './mm1.ts';
import { loadSimjs, mm1OnSimjs } from './mm1OnSimjs.ts';
import { benchLru, benchPolicy, fullLoad, replayedPolicies } from './replays.ts';

const customers = 300_000;

/** Figures that are measured together, in a process of their own. */
export interface Family {
  /** How their ids begin. */
  id: string;
  what: string;
  run: () => readonly Figure[] | Promise<readonly Figure[]>;
}

const families: readonly Family[] = [
  { id: 'pattern', what: 'cache-aside, and the same written by hand', run: benchPattern },
  { id: 'scenario', what: '60 s at 1000 requests/s', run: () => [benchScenario()] },
  { id: 'mm1', what: 'M/M/1 on the kernel and on SIM.JS', run: benchQueue },
  { id: 'curve', what: 'the LRU curve of a trace', run: benchCurve },
  { id: 'interning', what: 'interning the keys of a trace', run: benchInterning },
  { id: 'replay.lru', what: 'a trace replayed by LRU and by packages', run: () => benchLru(fullLoad) },
  ...replayedPolicies.map((id) => ({
    id: `replay.${id}`,
    what: `the same trace replayed by ${id}`,
    run: () => [benchPolicy(id, fullLoad)],
  })),
];

/** Those called so, or below that name: all for '', every policy for `replay`, one for `replay.arc`. */
export function familiesOf(only: string): readonly Family[] {
  return families.filter(({ id }) => only === '' || id === only || id.startsWith(`${only}.`));
}

async function benchQueue(): Promise<Figure[]> {
  const simjs = await loadSimjs();
  const draws: Mm1Draws = mm1Draws(customers);
  const [kernel, processes, peer] = takeTurns(
    [() => mm1OnKernel(draws), () => mm1WithProcesses(draws), () => mm1OnSimjs(simjs, draws)],
    7,
    3,
  );
  agree(
    'M/M/1',
    [kernel, processes, peer].map(({ result }) => result),
  );
  // An arrival and a departure each, whatever a library makes of them inside.
  const perSecond = (ms: readonly number[]) => (2 * customers) / (median(ms) / 1000);
  return [
    figure('mm1.kernel', 'M/M/1 on the kernel', perSecond(kernel.ms), 'events/s'),
    figure('mm1.processes', 'the same, a process for every customer', perSecond(processes.ms), 'events/s'),
    figure('mm1.simjs', 'the same on SIM.JS 2.0.3', perSecond(peer.ms), 'events/s'),
    figure('mm1.ratio', 'kernel against SIM.JS', medianRatio(peer.ms, kernel.ms), 'times', { atLeast: 8 }),
    figure('mm1.processes.ratio', 'processes against SIM.JS', medianRatio(peer.ms, processes.ms), 'times'),
  ];
}

function benchPattern(): Figure[] {
  const scenario = scenarioOf({
    clients: { timeout: 'none' },
    cache: { timeout: 'none' },
    database: { timeout: 'none', shape: 'exponential' },
  });
  const [engine, hand] = takeTurns([() => runEngine(scenario), () => runByHand(scenario)], 9, 4);
  agree('cache-aside', [engine.result, hand.result]);
  const { requests } = engine.result;
  const perRequest = (ms: readonly number[]) => (median(ms) * 1000) / requests;
  return [
    figure('pattern.engine', 'cache-aside on the engine, with spans', perRequest(engine.ms), 'µs/request'),
    figure('pattern.hand', 'the same written by hand', perRequest(hand.ms), 'µs/request'),
    figure('pattern.ratio', 'engine against hand', medianRatio(engine.ms, hand.ms), 'times', { atMost: 1.5 }),
  ];
}

function benchScenario(): Figure {
  const scenario = scenarioOf({}, { writes: '2%' });
  const [{ ms }] = takeTurns([() => simulate(scenario).batch.hash], 9, 4);
  return figure('scenario.60s', '60 s at 1000 requests/s, 2 % writes', median(ms) / 1000, 's', { atMost: 0.3 });
}

/** What the engine and the machine written by hand must agree on. */
export interface PatternResult {
  requests: number;
  hits: number;
  queries: number;
  rows: number;
  latencyUs: number;
}

/** Runs the scenario on the engine. */
export function runEngine(scenario: Scenario): PatternResult {
  const { session, batch } = simulate(scenario);
  return resultOf(session.world.metrics, batch.totals, batch.closed.length);
}

/** Runs the scenario on {@link CacheAsideByHand}; hash and copy of the rows are part of the work on both sides. */
export function runByHand(scenario: Scenario): PatternResult {
  const model = new CacheAsideByHand(scenario);
  model.run();
  model.recorder.digest();
  const rows = model.recorder.takeClosed().length;
  model.metrics.takeWindows();
  return resultOf(model.metrics, model.metrics.currentTotals(), rows);
}

function resultOf(metrics: { index(id: string): number }, totals: Float64Array, rows: number): PatternResult {
  const total = (id: string) => totals[metrics.index(id)];
  return {
    requests: total('requests.arrived'),
    hits: total('cache.hits{tier=redis}'),
    queries: total('database.reads'),
    rows,
    latencyUs: total('read.latency'),
  };
}

/** A minute of 1,000 reads a second with everything else at its defaults, but for what is given. */
export function scenarioOf(settings: Partial<ScenarioInput>, readers: ScenarioInput['traffic'][string] = {}): Scenario {
  const read = readScenario({
    scenario: 1,
    id: 'bench',
    title: 'Benchmark',
    seed: 11,
    traffic: { readers: { rate: '1000/s', ...readers } },
    ...settings,
  });
  if ('problems' in read) throw new Error(`the benchmark's own scenario is broken: ${read.problems[0].message}`);
  return read.scenario;
}

function agree(what: string, results: readonly unknown[]): void {
  const texts = results.map((result) => JSON.stringify(result));
  if (texts.some((text) => text !== texts[0])) throw new Error(`${what}: the results differ: ${texts.join(' ')}`);
}
