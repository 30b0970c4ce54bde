/** What relations between two runs are made of: worlds drawn at random, and short ways to what a run has given. */
import { Stream } from '../random/Stream.ts';
import { type Scenario, type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { OP } from '../spans/codes.ts';
import { type Row, rowAt } from '../spans/columns.ts';
import { simulate } from './Session.ts';

/** Draws from a list. */
export type Draw = <T>(list: readonly T[]) => T;

/** Draws of case `number` of one relation. */
export function drawFor(relation: string, number: number): Draw {
  const stream = new Stream(number, relation);
  return (list) => list[stream.below(list.length)];
}

/** How many cases a relation is tried on; `HOTPATH_CASES` for a longer night. */
const cases = Number(process.env.HOTPATH_CASES ?? 100);

/** Runs a relation for so many drawn cases. */
export function forCases(relation: string, check: (draw: Draw, seed: number) => void): void {
  for (let number = 1; number <= cases; number++) check(drawFor(relation, number), number);
}

/** A short scenario with these changes. */
export function scenarioOf(seed: number, changes: Partial<ScenarioInput>): Scenario {
  return scenarioSchema.parse({
    scenario: 1,
    id: 'relation',
    title: 'Relation',
    seed,
    duration: '500ms',
    ...changes,
  });
}

/** A world with a bit of everything, fast enough to be run by the hundred. */
export function busyWorld(draw: Draw, seed: number): Scenario {
  return scenarioOf(seed, {
    traffic: {
      readers: {
        rate: draw(['100/s', '400/s']),
        count: draw([1, 10, 100]),
        writes: draw([0, 0.1, 0.5]),
        missing: draw([0, 0.1]),
      },
      users: {
        arrivals: draw(['closed', 'bursty', 'constant'] as const),
        users: 5,
        think: '50ms',
        rate: '50/s',
        count: 20,
      },
    },
    app: { servers: draw([1, 2, 3]), workers: draw([2, 32]), shape: draw(['constant', 'exponential'] as const) },
    clients: { timeout: draw(['30ms', '10s']) },
    local: { enabled: draw([true, false]), capacity: draw([1, 10]), ttl: draw(['20ms', 'none']) },
    cache: {
      capacity: draw([1, 5, 1000]),
      ttl: draw(['10ms', '100ms', 'none']),
      jitter: draw(['0s', '50ms']),
      eviction: draw(['lru', 'fifo', 'lfu', 'random', 'ttl-only'] as const),
    },
    database: { slots: draw([1, 8]), queue: draw([2, 1000]), pool: draw([1, 20]) },
  });
}

/** One reader at a time, one request a millisecond: what a cache does depends on the order of keys alone. */
export function oneAtATime(draw: Draw, seed: number, cache: ScenarioInput['cache'], readers: object = {}): Scenario {
  return scenarioOf(seed, {
    traffic: {
      readers: {
        arrivals: 'constant',
        rate: '1000/s',
        keys: draw(['zipf', 'uniform', 'hot', 'shifting'] as const),
        count: draw([2, 5, 20, 60]),
        exponent: draw([0.5, 1, 2]),
        shiftEvery: '100ms',
        shiftBy: 3,
        ...readers,
      },
    },
    clients: { link: '1us' },
    balancer: { link: '1us' },
    app: { cpu: '10us' },
    cache: { ttl: 'none', link: '1us', ...cache },
    database: { link: '1us', read: '100us', shape: 'constant' },
  });
}

/** Totals of a finished run by the id of their column, all of them. */
export function totalsOf(scenario: Scenario): Map<string, number> {
  const { session, batch } = simulate(scenario);
  return new Map(session.world.metrics.columns.map(({ id }, column) => [id, batch.totals[column]]));
}

/** What differs between two runs: totals that both have, and those of one alone that are not 0. */
export function sameTotals(one: Map<string, number>, other: Map<string, number>): string[] {
  const ids = [...new Set([...one.keys(), ...other.keys()])];
  return ids.filter((id) => (one.get(id) ?? 0) !== (other.get(id) ?? 0));
}

/** What every client got, and how long it waited for it, by the number of its request. */
export function answersOf(scenario: Scenario): Map<number, string> {
  const roots = rowsOf(scenario).filter((row) => row.op <= OP['request.write']);
  return new Map(
    roots.map(({ request, op, key, version, outcome, start, end }) => [
      request,
      [op, key, version, outcome, start, end].join(' '),
    ]),
  );
}

/** Span hash of a run. */
export function hashOf(scenario: Scenario): string {
  return simulate(scenario).batch.hash;
}

/** Look-ups that found nothing in the shared cache. */
export function missesOf(scenario: Scenario): number {
  const { session, batch } = simulate(scenario);
  const total = (id: string) => batch.totals[session.world.metrics.index(id)];
  return total('cache.gets{tier=redis}') - total('cache.hits{tier=redis}');
}

/** Closed rows of a run, in order of closing. */
export function rowsOf(scenario: Scenario): Row[] {
  const { closed } = simulate(scenario).batch;
  return Array.from({ length: closed.length }, (_, index) => rowAt(closed, index));
}
