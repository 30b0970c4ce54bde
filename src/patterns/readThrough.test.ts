import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { type ActionInput, actionSchema, type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { CAUSE, FLAG, OP, OUTCOME } from '../spans/codes.ts';
import { type Row, rowAt } from '../spans/columns.ts';

const base: ScenarioInput = {
  scenario: 1,
  id: 'read-through',
  title: 'Read-through',
  duration: '1s',
  pattern: { read: 'read-through' },
  traffic: { readers: { arrivals: 'constant', rate: '10/s', count: 1, until: '150ms' } },
  clients: { link: '1ms', timeout: '500ms' },
  balancer: { link: '100us' },
  app: { servers: 1, workers: 40, cpu: '2ms' },
  cache: { link: '200us', command: '10us', timeout: '5ms', ttl: 'none' },
  database: { link: '300us', read: '8ms', write: '12ms', shape: 'constant', pool: 2, slots: 2 },
};

function run(changes: Partial<ScenarioInput>, acts: ActionInput[] = []) {
  const scenario = scenarioSchema.parse({ ...base, ...changes });
  const { session, batch } = simulate(
    scenario,
    acts.map((act) => actionSchema.parse(act)),
  );
  const rows = [batch.closed, batch.open].flatMap((table) =>
    Array.from({ length: table.length }, (_, index) => rowAt(table, index)),
  );
  rows.sort((a, b) => a.id - b.id);
  const total = (id: string) => batch.totals[session.world.metrics.index(id)];
  const of = (op: number): Row[] => rows.filter((row) => row.op === op);
  const node = (id: string) => session.world.nodeIndex(id);
  return { rows, total, of, node, session };
}

const times = (row: Row) => [row.start, row.sent, row.arrive, row.service, row.leave, row.end];

describe('read-through', () => {
  it('is one call of the server, and a query and a store of the cache', () => {
    const { rows, node } = run({});
    const [request, load, read, set] = rows;
    expect(rows).toHaveLength(4);
    expect(times(read)).toEqual([103_310, 103_310, 103_610, 103_610, 111_610, 111_910]);
    expect(times(set)).toEqual([111_910, 111_910, 111_910, 111_910, 111_920, 111_920]);
    expect(times(load)).toEqual([103_100, 103_100, 103_300, 103_300, 111_920, 112_120]);
    expect([read.parent, set.parent, load.parent]).toEqual([load.id, load.id, request.id]);
    expect([read.from, set.from, set.node]).toEqual([node('redis'), node('redis'), node('redis')]);
    expect([load.outcome, load.cause, load.version]).toEqual([OUTCOME.miss, CAUSE.first, 1]);
    expect([request.outcome, request.cause, request.version]).toEqual([OUTCOME.miss, CAUSE.first, 1]);
  });

  it('finds what cache-aside finds on the same seed, and another makes the query', () => {
    for (const seed of [1, 2, 3]) {
      const changes: Partial<ScenarioInput> = {
        seed,
        duration: '20s',
        traffic: { readers: { rate: '200/s', count: 500 } },
        app: { servers: 3 },
        cache: { capacity: 100, ttl: '2s', jitter: '1s' },
        database: {},
      };
      const through = run(changes);
      const aside = run({ ...changes, pattern: { read: 'cache-aside' } });
      for (const id of ['gets', 'hits'])
        expect(through.total(`cache.${id}{tier=redis}`) / aside.total(`cache.${id}{tier=redis}`)).toBeCloseTo(1, 2);
      expect(new Set(through.of(OP['database.read']).map((row) => row.from))).toEqual(new Set([through.node('redis')]));
      const servers = [1, 2, 3].map((number) => aside.node(`app${number}`));
      expect(new Set(aside.of(OP['database.read']).map((row) => row.from))).toEqual(new Set(servers));
      // The very same queries, with the very same luck.
      const durations = ({ of }: typeof aside) => of(OP['database.read']).map((row) => row.leave - row.service);
      expect(
        durations(through)
          .slice(0, 20)
          .sort((a, b) => a - b),
      ).toEqual(
        durations(aside)
          .slice(0, 20)
          .sort((a, b) => a - b),
      );
    }
  });

  it('leaves the command thread to others while it loads', () => {
    const readers = { arrivals: 'constant', rate: '1000/s', count: 10, keys: 'scan', until: '20ms' } as const;
    const { of, session } = run({ traffic: { readers }, database: { ...base.database, pool: 20, slots: 20 } });
    const loads = of(OP['cache.load']);
    expect(loads).toHaveLength(19);
    // The first ten miss, and the eleventh finds what the first has fetched, each after one command.
    for (const load of loads) expect(load.service - load.arrive).toBeLessThanOrEqual(10);
    expect(session.world.redis.node.station.busy).toBe(0);
  });

  it('loads a key once with single-flight; who waits is a row that names the load', () => {
    const readers = { arrivals: 'constant', rate: '1000/s', count: 1, until: '7500us' } as const;
    const alone = run({ traffic: { readers } });
    expect(alone.of(OP['database.read'])).toHaveLength(7);
    const shared = run({ traffic: { readers }, protect: { singleFlight: true } });
    expect(shared.of(OP['database.read'])).toHaveLength(1);
    const [first, ...others] = shared.of(OP['cache.load']);
    const waits = shared.of(OP.wait);
    expect(waits.map((row) => [row.parent, row.detail, row.node])).toEqual(
      others.map((load) => [load.id, first.id, shared.node('redis')]),
    );
    expect(shared.total('loads.waited')).toBe(6);
    expect(shared.of(OP['request.read']).every((row) => row.outcome === OUTCOME.miss)).toBe(true);
  });

  it('has nowhere else to go: a cache that is down, a lost call and a query that fails fail the reader', () => {
    const down = run({}, [{ at: '0s', do: 'kill', node: 'redis' }]);
    expect(down.of(OP['request.read'])[0].outcome).toBe(OUTCOME.error);
    expect(down.of(OP['database.read'])).toHaveLength(0);
    expect(down.total('cache.misses{tier=redis,cause=cache-down}')).toBe(1);
    const lost = run({}, [{ at: '0s', do: 'lose', message: 'cache.load' }]);
    expect(lost.of(OP['cache.load'])[0].outcome).toBe(OUTCOME.lost);
    expect(lost.of(OP['request.read'])[0].outcome).not.toBe(OUTCOME.ok);
    const broken = run({}, [{ at: '0s', do: 'kill', node: 'database' }]);
    expect(broken.of(OP['cache.load'])[0]).toMatchObject({ outcome: OUTCOME.error, cause: CAUSE.first });
    expect(broken.of(OP['request.read'])[0].outcome).toBe(OUTCOME.error);
    expect(broken.total('cache.misses{tier=redis,cause=first}')).toBe(1);
  });

  it('breaks off its loads when the cache crashes', () => {
    const { of, total, session } = run({}, [{ at: '105ms', do: 'kill', node: 'redis', for: '1ms' }]);
    const [load] = of(OP['cache.load']);
    expect([load.outcome, load.leave, load.end]).toEqual([OUTCOME.refused, 105_000, 105_200]);
    const [read] = of(OP['database.read']);
    expect([read.outcome, read.flags & FLAG.abandoned, read.end]).toEqual([OUTCOME.error, FLAG.abandoned, 105_000]);
    expect(read.leave).toBe(111_610);
    expect(of(OP['cache.set'])).toHaveLength(0);
    expect(total('requests.failed')).toBe(1);
    const { pool } = session.world.redis.services!.loader;
    expect([pool.busy, pool.waiting]).toEqual([0, 0]);
  });

  it('remembers that there is no row where negative entries are on', () => {
    const readers = { arrivals: 'constant', rate: '10/s', count: 1, missing: '100%', until: '950ms' } as const;
    const { of } = run({ traffic: { readers }, protect: { negative: '1h' } });
    const keys = new Set(of(OP['cache.load']).map((row) => row.key));
    expect(of(OP['database.read']).length).toBe(keys.size);
    const without = run({ traffic: { readers } });
    expect(without.of(OP['database.read'])).toHaveLength(9);
    expect(without.of(OP['request.read']).every((row) => row.outcome === OUTCOME.absent)).toBe(true);
  });
});
