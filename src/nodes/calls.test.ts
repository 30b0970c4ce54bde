import { describe, expect, it } from 'vitest';
import { checkInvariants } from '../host/invariants.ts';
import { simulate } from '../host/Session.ts';
import { type Action, type ActionInput, actionSchema, type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { CAUSE, FLAG, OP, OUTCOME } from '../spans/codes.ts';
import { type Row, rowAt } from '../spans/columns.ts';

/** One user who asks for one key again and again; every time is constant, so that every row can be told beforehand. */
const base: ScenarioInput = {
  scenario: 1,
  id: 'calls',
  title: 'Calls',
  duration: '1s',
  traffic: { readers: { arrivals: 'constant', rate: '10/s', count: 1, until: '150ms' } },
  clients: { link: '1ms', timeout: '500ms' },
  balancer: { link: '100us' },
  app: { servers: 1, workers: 4, cpu: '2ms' },
  cache: { link: '200us', command: '10us', timeout: '5ms', ttl: 'none' },
  database: { link: '300us', read: '8ms', write: '12ms', shape: 'constant', pool: 2, slots: 2 },
};

/** Runs the base scenario with changes, holds it against the invariants, and gives its rows in order of opening. */
function rowsOf(changes: Partial<ScenarioInput>, acts: ActionInput[] = []): Row[] {
  const scenario = scenarioSchema.parse({ ...base, ...changes });
  const actions: Action[] = acts.map((act) => actionSchema.parse(act));
  const { session, batch } = simulate(scenario, actions);
  expect(checkInvariants({ scenario, actions, session, batch })).toEqual([]);
  const rows = [batch.closed, batch.open].flatMap((table) =>
    Array.from({ length: table.length }, (_, index) => rowAt(table, index)),
  );
  return rows.sort((a, b) => a.id - b.id);
}

const of = (rows: Row[], op: number) => rows.filter((row) => row.op === op);
const times = (row: Row) => [row.start, row.sent, row.arrive, row.service, row.leave, row.end];

describe('calls', () => {
  it('take exactly the way that the scenario describes', () => {
    const [request, get, read, set] = rowsOf({});
    expect(times(get)).toEqual([103_100, 103_100, 103_300, 103_300, 103_310, 103_510]);
    expect(times(read)).toEqual([103_510, 103_510, 103_810, 103_810, 111_810, 112_110]);
    expect(times(set)).toEqual([112_110, 112_110, 112_310, 112_310, 112_320, 112_520]);
    expect(times(request)).toEqual([100_000, 100_000, 101_100, 101_100, 112_520, 113_620]);
    expect([request.outcome, request.cause, request.version]).toEqual([OUTCOME.miss, CAUSE.first, 1]);
  });

  it('of a writer commit at the database and then delete from the cache', () => {
    const traffic = {
      writers: { arrivals: 'constant', rate: '10/s', count: 1, writes: '100%', until: '150ms' },
    } as const;
    const [request, write, remove] = rowsOf({ traffic });
    expect(times(write)).toEqual([103_100, 103_100, 103_400, 103_400, 115_400, 115_700]);
    expect(times(remove)).toEqual([115_700, 115_700, 115_900, 115_900, 115_910, 116_110]);
    expect([write.version, request.version, request.outcome, remove.outcome]).toEqual([
      2,
      2,
      OUTCOME.ok,
      OUTCOME.absent,
    ]);
  });

  it('wait for a connection before they wait for a slot', () => {
    const rows = rowsOf({
      traffic: { readers: { arrivals: 'constant', rate: '1000/s', count: 1, until: '3ms' } },
      pattern: { read: 'none' },
      database: { ...base.database, pool: 1 },
    });
    const [first, second] = of(rows, OP['database.read']);
    expect(second.start).toBe(first.start + 1000);
    expect(second.sent).toBe(first.end);
    expect(second.service).toBe(second.arrive);
  });

  it('that are given up go on at the callee and close there', () => {
    const rows = rowsOf({ clients: { link: '1ms', timeout: '10ms' } });
    const [request] = of(rows, OP['request.read']);
    expect([request.outcome, request.flags & FLAG.abandoned]).toEqual([OUTCOME.timeout, FLAG.abandoned]);
    expect([request.end, request.leave]).toEqual([110_000, 112_520]);
    expect(of(rows, OP['cache.set'])).toHaveLength(1);
  });

  it('to a cache that is too slow are misses, and keep that cause when the cache answers after all', () => {
    const slow: ActionInput = { at: '0s', do: 'slow', node: 'redis', factor: 600 };
    const rows = rowsOf({}, [slow]);
    const [get] = of(rows, OP['cache.get']);
    expect([get.outcome, get.cause, get.end - get.start]).toEqual([OUTCOME.timeout, CAUSE['cache-down'], 5000]);
    expect(get.leave).toBe(get.start + 200 + 6000);
    expect(of(rows, OP['request.read'])[0].outcome).toBe(OUTCOME.miss);
  });

  it('that are refused after their caller gave up stay timed out', () => {
    const rows = rowsOf({ clients: { link: '2s', timeout: '1ms' }, duration: '5s', balancer: { detect: '0s' } }, [
      { at: '1s', do: 'kill', node: 'app1' },
    ]);
    const [request] = of(rows, OP['request.read']);
    expect([request.outcome, request.end, request.leave]).toEqual([OUTCOME.timeout, 101_000, 2_100_000]);
  });

  it('that are lost end at their deadline, or after a second without one', () => {
    const lose: ActionInput = { at: '0s', do: 'lose', message: 'cache.get' };
    const [get] = of(rowsOf({}, [lose]), OP['cache.get']);
    expect([get.outcome, get.arrive, get.end - get.start]).toEqual([OUTCOME.lost, Number.POSITIVE_INFINITY, 5000]);
    const patient = { ...base.cache, timeout: 'none' };
    const [forever] = of(rowsOf({ cache: patient, duration: '3s' }, [lose]), OP['cache.get']);
    expect([forever.outcome, forever.end - forever.start]).toEqual([OUTCOME.lost, 1_000_000]);
  });
});

describe('a crash of a server', () => {
  /** Four at once: one at the database, three in line for its connection when the server dies at 105 ms. */
  const crowd: Partial<ScenarioInput> = {
    traffic: { readers: { arrivals: 'constant', rate: '10000/s', count: 1, from: '100ms', until: '100450us' } },
    pattern: { read: 'none' },
    database: { ...base.database, pool: 1 },
  };

  it('cuts off every request and leaves nothing behind: no resumed process, no passed-on connection', () => {
    const rows = rowsOf(crowd, [{ at: '105ms', do: 'kill', node: 'app1' }]);
    const requests = of(rows, OP['request.read']);
    expect(requests.map((row) => [row.outcome, row.leave])).toEqual(
      Array.from({ length: 4 }, () => [OUTCOME.refused, 105_000]),
    );
    const calls = of(rows, OP['database.read']);
    expect(calls.map((row) => row.end)).toEqual([105_000, 105_000, 105_000, 105_000]);
    expect(calls.filter((row) => row.sent < Number.POSITIVE_INFINITY)).toHaveLength(1);
  });

  it('serves on after a restart, with all its connections', () => {
    const traffic = { readers: { arrivals: 'constant', rate: '100/s', count: 5 } } as const;
    const rows = rowsOf({ ...crowd, traffic }, [{ at: '105ms', do: 'kill', node: 'app1', for: '100ms' }]);
    const late = of(rows, OP['request.read']).filter((row) => row.start > 210_000 && row.start < 900_000);
    expect(late.length).toBeGreaterThan(60);
    expect(late.every((row) => row.outcome === OUTCOME.ok || row.outcome === OUTCOME.miss)).toBe(true);
  });

  it('empties its own cache, and lets no store of the dead process fill it again', () => {
    const rows = rowsOf(
      {
        traffic: { readers: { arrivals: 'constant', rate: '10/s', count: 1 } },
        local: { enabled: true, lookup: '20ms', ttl: 'none' },
      },
      [{ at: '140ms', do: 'kill', node: 'app1', for: '1ms' }],
    );
    const [interrupted] = of(rows, OP['local.set']);
    expect([interrupted.end, interrupted.outcome]).toEqual([140_000, OUTCOME.refused]);
    const [, next] = of(rows, OP['local.get']);
    expect([next.outcome, next.cause]).toEqual([OUTCOME.miss, CAUSE.first]);
  });
});

describe('what a crash forgets', () => {
  it.each([
    { node: 'redis', op: OP['cache.get'], local: false },
    { node: 'app1', op: OP['local.get'], local: true },
  ])('everything that $node held', ({ node, op, local }) => {
    const traffic = { readers: { arrivals: 'constant', rate: '10/s', count: 1 } } as const;
    const changes = { traffic, local: { enabled: local, ttl: 'none' } };
    const [, before, after] = of(rowsOf(changes, [{ at: '250ms', do: 'kill', node, for: '10ms' }]), op);
    expect([before.outcome, after.outcome, after.cause]).toEqual([OUTCOME.hit, OUTCOME.miss, CAUSE['node-lost']]);
  });
});

describe('acts upon the world', () => {
  const steady: Partial<ScenarioInput> = { traffic: { readers: { arrivals: 'constant', rate: '100/s', count: 3 } } };
  const answered = (rows: Row[], from: number, to: number) =>
    of(rows, OP['request.read']).filter((row) => row.start >= from && row.start < to && row.outcome < OUTCOME.timeout)
      .length;

  it('that come later decide: a planned restart does not undo a later kill', () => {
    const rows = rowsOf({ ...steady, balancer: { ...base.balancer, detect: '0s' } }, [
      { at: '100ms', do: 'kill', node: 'app1', for: '400ms' },
      { at: '200ms', do: 'restart', node: 'app1' },
      { at: '300ms', do: 'kill', node: 'app1' },
    ]);
    expect(answered(rows, 200_000, 280_000)).toBe(8);
    expect(answered(rows, 300_000, 1_000_000)).toBe(0);
  });

  it('end when they said: a slow node is fast again, unless it was slowed anew', () => {
    const duration = (rows: Row[], atUs: number) => {
      const row = of(rows, OP['database.read']).find(({ service }) => service >= atUs) as Row;
      return row.leave - row.service;
    };
    const uncached: Partial<ScenarioInput> = { ...steady, pattern: { read: 'none' } };
    const once = rowsOf(uncached, [{ at: '100ms', do: 'slow', node: 'database', factor: 2, for: '200ms' }]);
    expect([duration(once, 100_000), duration(once, 310_000)]).toEqual([16_000, 8000]);
    const twice = rowsOf(uncached, [
      { at: '100ms', do: 'slow', node: 'database', factor: 2, for: '200ms' },
      { at: '200ms', do: 'slow', node: 'database', factor: 0.5, for: '400ms' },
    ]);
    expect([duration(twice, 350_000), duration(twice, 610_000)]).toEqual([4000, 8000]);
  });

  it('multiply the traffic while a burst lasts, and leave it as it was', () => {
    const count = (rows: Row[], from: number) =>
      of(rows, OP['request.read']).filter(({ start }) => start >= from && start < from + 100_000).length;
    const rows = rowsOf(steady, [
      { at: '200ms', do: 'burst', factor: 3, for: '300ms' },
      { at: '300ms', do: 'burst', factor: 5, for: '100ms', traffic: 'readers' },
      { at: '300ms', do: 'burst', factor: 9, for: '100ms', traffic: 'nobody' },
    ]);
    const expected = [10, 30, 150, 30, 10, 10];
    [100_000, 200_000, 300_000, 400_000, 500_000, 800_000].forEach((from, index) => {
      expect(Math.abs(count(rows, from) - expected[index])).toBeLessThanOrEqual(1);
    });
  });

  it('change nothing where they cannot be carried out', () => {
    const plain = rowsOf(steady);
    const rows = rowsOf(steady, [
      { at: '1ms', do: 'set', path: 'traffic.nobody.rate', value: '5/s' },
      { at: '1ms', do: 'set', path: 'traffic.constructor.rate', value: '5/s' },
      { at: '1ms', do: 'kill', node: 'app9' },
      { at: '1ms', do: 'flush', node: 'local9' },
    ]);
    expect(of(rows, OP.fault)).toHaveLength(4);
    const requests = (all: Row[]) => of(all, OP['request.read']).map((row) => [...times(row), row.outcome, row.key]);
    expect(requests(rows)).toEqual(requests(plain));
    expect(Object.hasOwn(Object, 'rate')).toBe(false);
  });
});
