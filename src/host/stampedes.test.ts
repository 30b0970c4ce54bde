/**
 * What the protections against stampedes do, held against closed forms that know nothing of them (five standard deviations
 * over seeds, as in engineTheory.test.ts) and against what the rows themselves say.
 */
import { describe, expect, it } from 'vitest';
import type { Scenario, ScenarioInput } from '../scenario/schema.ts';
import { scenarioSchema } from '../scenario/schema.ts';
import { FLAG, OP, OUTCOME } from '../spans/codes.ts';
import { stampedeFetchesPerServerFlight } from '../theory/stampede.ts';
import { staleWhileRevalidateShares } from '../theory/ttlRebuild.ts';
import { type XFetchKey, xFetchFetches, xFetchMeanLeadS, xFetchUnrefreshedShare } from '../theory/xFetch.ts';
import { simulate } from './Session.ts';

const columns = ['op', 'id', 'parent', 'node', 'from', 'outcome', 'flags', 'detail', 'version'] as const;
const times = ['start', 'leave', 'end'] as const;
type Row = Record<(typeof columns)[number] | (typeof times)[number], number>;

/** A world in which nothing takes time but what a test switches on, one key, and nothing is too small. */
function openWorld(seed: number, changes: Partial<ScenarioInput>): Scenario {
  return scenarioSchema.parse({
    scenario: 1,
    id: 'stampedes',
    title: 'Stampedes',
    seed,
    window: '1h',
    duration: '10s',
    clients: { link: '0s', timeout: 'none' },
    ...changes,
    balancer: { link: '0s', policy: 'random' },
    app: { servers: 1, workers: 5000, queue: 1_000_000, cpu: '0s', ...changes.app },
    cache: { link: '0s', command: '0s', timeout: 'none', ttl: 'none', ...changes.cache },
    database: {
      link: '0s',
      pool: 5000,
      slots: 5000,
      queue: 1_000_000,
      read: '200ms',
      shape: 'constant',
      timeout: 'none',
      ...changes.database,
    },
    traffic: { readers: { rate: '500/s', count: 1 }, ...changes.traffic },
  });
}

/** Runs one seed; rows in order of opening. */
function run(changes: Partial<ScenarioInput>, seed = 1) {
  const { session, batch } = simulate(openWorld(seed, changes));
  const { closed } = batch;
  // Only the rows that somebody asks for are made: most tests look at one operation of a hundred runs.
  const rowsOf = (wanted: (op: number) => boolean): Row[] => {
    const rows: Row[] = [];
    for (let index = 0; index < closed.length; index++) {
      if (!wanted(closed.op[index])) continue;
      const row = {} as Row;
      for (const name of columns) row[name] = closed[name][index];
      for (const name of times) row[name] = closed[name][index];
      rows.push(row);
    }
    return rows.sort((a, b) => a.id - b.id);
  };
  return {
    session,
    get rows() {
      return rowsOf(() => true);
    },
    of: (op: number) => rowsOf((code) => code === op),
    total: (id: string) => batch.totals[session.world.metrics.index(id)],
  };
}
type Run = ReturnType<typeof run>;

/** Theory within five standard deviations of the mean over the seeds, these being at most `precision` of the theory. */
function expectTheory(samples: readonly number[], theory: number, precision: number): void {
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  const squares = samples.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  const deviation = Math.sqrt(squares / (samples.length - 1) / samples.length);
  expect(5 * deviation, 'precision of the row').toBeLessThanOrEqual(precision * theory);
  expect(Math.abs(mean - theory), `mean ${mean}, theory ${theory}`).toBeLessThanOrEqual(5 * deviation);
}

const replicate = <T>(seeds: number, changes: Partial<ScenarioInput>, measure: (run: Run) => T): T[] =>
  Array.from({ length: seeds }, (_, index) => measure(run(changes, index + 1)));

const expired = [{ at: '2s', do: 'expire' as const, key: 0 }];
const queriesAfter = (from: number) => (made: Run) =>
  made.of(OP['database.read']).filter((row) => row.start >= from).length;
const links = { link: '250us', command: '10us', timeout: '200ms' };

describe('single-flight', () => {
  it('lets one query of each server through: 1+(m−1)(1−e^{−λD/m})', () => {
    const changes: Partial<ScenarioInput> = {
      duration: '500ms',
      app: { servers: 32 },
      traffic: { readers: { rate: '1000/s', count: 1 } },
      database: { read: '50ms' },
      protect: { singleFlight: true },
      faults: [{ at: '300ms', do: 'expire', key: 0 }],
    };
    expectTheory(replicate(40, changes, queriesAfter(3e5)), stampedeFetchesPerServerFlight(1000, 0.05, 32), 0.1);
  });

  it('gives everybody who waits the value of the one waited for, at that moment', () => {
    const made = run({ app: { servers: 3 }, protect: { singleFlight: true }, faults: expired });
    const waits = made.of(OP.wait);
    expect(waits.length).toBeGreaterThan(50);
    expect(made.total('loads.waited')).toBe(waits.length);
    const byId = new Map(made.rows.map((row) => [row.id, row]));
    const families = new Map(waits.map((wait) => [wait.detail, [] as Row[]]));
    for (const row of byId.values()) families.get(row.parent)?.push(row);
    for (const wait of waits) {
      const leader = byId.get(wait.detail);
      const [, query] = families.get(wait.detail) ?? [];
      expect([leader?.op, leader?.node, query.op]).toEqual([OP['request.read'], wait.node, OP['database.read']]);
      expect([wait.outcome, wait.version]).toEqual([OUTCOME.ok, query.version]);
      // The leader stores before it tells the others; neither takes time here.
      expect(wait.end).toBe(query.end);
      expect(byId.get(wait.parent)?.outcome).toBe(OUTCOME.miss);
    }
  });

  it('lets those who wait fail with the one who failed, and the next begin anew', () => {
    const made = run({
      protect: { singleFlight: true },
      database: { read: '300ms', timeout: '100ms' },
      duration: '2s',
    });
    const queries = made.of(OP['database.read']).filter((row) => row.outcome === OUTCOME.timeout);
    expect(queries.length).toBeGreaterThan(10);
    for (let index = 1; index < queries.length; index++) {
      expect(queries[index].start).toBeGreaterThanOrEqual(queries[index - 1].end);
      expect(queries[index].start - queries[index - 1].end).toBeLessThan(20_000);
    }
    const waits = made.of(OP.wait);
    expect(waits.length).toBeGreaterThan(300);
    expect(waits.every((row) => row.outcome === OUTCOME.timeout)).toBe(true);
    const failed = made.of(OP['request.read']);
    expect(failed.every((row) => row.outcome === OUTCOME.error)).toBe(true);
  });

  it('forgets its loads with the server, and outlives a turn of its knob', () => {
    const killed = run({
      protect: { singleFlight: true },
      faults: [...expired, { at: '2100ms', do: 'kill', node: 'app1', for: '200ms' }],
    });
    expect(killed.of(OP['database.read']).filter((row) => row.start > 2.3e6).length).toBe(1);
    expect(killed.total('reads.completed')).toBeGreaterThan(4500 - 300);
    const turned = run({
      protect: { singleFlight: true },
      faults: [...expired, { at: '2100ms', do: 'set', path: 'protect.singleFlight', value: false }],
    });
    const before = turned.of(OP.wait).filter((row) => row.start >= 2e6);
    expect(before.length).toBeGreaterThan(20);
    expect(before.every((row) => row.outcome === OUTCOME.ok && row.start <= 2.1e6)).toBe(true);
    expect(queriesAfter(2.1e6)(turned)).toBeGreaterThan(20);
  });
});

describe('the distributed lock', () => {
  const locked: Partial<ScenarioInput> = {
    app: { servers: 4 },
    cache: links,
    protect: { lock: true, lockTtl: '1s', lockPoll: '20ms' },
  };

  it('lets one query of all servers through at every expiry', () => {
    const faults = Array.from({ length: 8 }, (_, index) => ({
      at: `${index + 2}s`,
      do: 'expire' as const,
      key: 0,
    }));
    for (const singleFlight of [false, true]) {
      const made = run({ ...locked, protect: { ...locked.protect, singleFlight }, faults });
      expect(made.of(OP['database.read'])).toHaveLength(9);
      expect(made.total('locks.lapsed')).toBe(0);
      expect(made.total('locks.taken')).toBe(made.of(OP['cache.unlock']).length);
      expect(made.total('locks.held')).toBeGreaterThan(singleFlight ? 8 : 100);
      expect(made.total('reads.lost')).toBe(0);
    }
  });

  it('passes on from a holder who dies: within its time to live, a poll and a few trips', () => {
    const whole = run({ ...locked, faults: expired });
    const holder = whole.of(OP['cache.lock']).find((row) => row.start >= 2e6 && row.outcome === OUTCOME.ok) as Row;
    const node = `app${whole.session.meta.nodes.findIndex((_, index) => index === holder.from) - firstServer(whole)}`;
    const made = run({ ...locked, faults: [...expired, { at: '2100ms', do: 'kill', node }] });
    const [first, second, ...more] = made.of(OP['database.read']).filter((row) => row.start >= 2e6);
    expect([first.from, second.outcome, more.length]).toEqual([holder.from, OUTCOME.ok, 0]);
    expect(second.from).not.toBe(holder.from);
    expect(second.start).toBeGreaterThan(holder.leave + 1_000_000);
    expect(second.start).toBeLessThan(holder.leave + 1_000_000 + 20_000 + 5 * 510);
    expect(made.total('locks.lapsed')).toBe(1);
  });

  it('is not freed by one who held it too long', () => {
    const made = run({ ...locked, protect: { ...locked.protect, lockTtl: '90ms' }, duration: '1s' });
    const unlocks = made.of(OP['cache.unlock']);
    expect(made.total('locks.lapsed')).toBeGreaterThan(0);
    expect(unlocks.filter((row) => row.outcome === OUTCOME.absent)).toHaveLength(made.total('locks.lapsed'));
    // A second reader loads beside the first, because the lock is shorter than the query.
    expect(made.of(OP['database.read']).length).toBeGreaterThan(1);
  });

  it('locks nobody out when the cache does not answer', () => {
    const made = run({ ...locked, duration: '4s', faults: [{ at: '2s', do: 'kill', node: 'redis' }] });
    expect(made.total('reads.lost')).toBe(0);
    expect(queriesAfter(2.01e6)(made)).toBeGreaterThan(800);
    expect(made.of(OP['request.read']).every((row) => row.end - row.start < 210_000 + 5 * 510)).toBe(true);
  });

  it('goes with a flush', () => {
    const made = run({
      ...locked,
      protect: { ...locked.protect, lockTtl: '1h' },
      faults: [...expired, { at: '2100ms', do: 'kill', node: 'redis', for: '1ms' }],
    });
    expect(made.session.world.redis.services?.locks.holds(0)).toBe(false);
    expect(made.total('cache.hits{tier=redis}')).toBeGreaterThan(3000);
  });

  it('gives those without it the old value while there is one', () => {
    const made = run({
      ...locked,
      cache: { ...links, ttl: '1s' },
      protect: { ...locked.protect, stale: '5s', lockWaiters: 'stale' },
    });
    const refreshes = made.of(OP.refresh);
    // Each server finds the entry old; one of them gets the lock, the others leave it at that.
    const parents = new Set(made.of(OP['database.read']).map((row) => row.parent));
    const loading = refreshes.filter((row) => parents.has(row.id));
    expect(refreshes.length).toBeGreaterThan(2 * loading.length);
    expect(made.of(OP['database.read'])).toHaveLength(loading.length + 1);
    expect(made.of(OP.wait).every((row) => row.start < 300_000)).toBe(true);
  });
});

const firstServer = ({ session }: Run): number => session.meta.nodes.findIndex(({ id }) => id === 'app1') - 1;

describe('XFetch', () => {
  const key: XFetchKey = { readsPerS: 10, ttlS: 10, rebuildS: 0.5, beta: 1 };
  const changes: Partial<ScenarioInput> = {
    duration: '400s',
    traffic: { readers: { rate: '10/s', count: 1 } },
    cache: { ttl: '10s' },
    database: { read: '500ms' },
    protect: { early: 1 },
  };
  /** Of each entry, how long before its end the first load began, in seconds; 0 where none began before. */
  const leads = (made: Run) => {
    const ends: number[] = [];
    let endsAt = Number.POSITIVE_INFINITY;
    let lead = -1;
    for (const row of made.rows.toSorted((a, b) => a.start - b.start)) {
      if (row.op === OP.early && lead < 0) lead = (endsAt - row.start) / 1e6;
      else if (row.op === OP['cache.set']) {
        if (endsAt < Number.POSITIVE_INFINITY) ends.push(Math.max(0, lead));
        endsAt = row.leave + 10e6;
        lead = -1;
      }
    }
    return ends;
  };

  it('begins as long before the end as the paper says, and misses the end as seldom', () => {
    const flown = { ...changes, protect: { early: 1, singleFlight: true } };
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expectTheory(
      replicate(12, flown, (made) => mean(leads(made))),
      xFetchMeanLeadS(key),
      0.2,
    );
    const seldom = { ...flown, traffic: { readers: { rate: '2/s', count: 1 } } };
    expectTheory(
      replicate(20, seldom, (made) => mean(leads(made).map((lead) => (lead === 0 ? 1 : 0)))),
      xFetchUnrefreshedShare({ ...key, readsPerS: 2 }),
      0.3,
    );
  });

  it('begins 2.6 queries a refresh where an expiry without it begins 6', () => {
    const fetches = (made: Run) => {
      let [refreshes, since, count] = [0, Number.NEGATIVE_INFINITY, 0];
      for (const row of made.of(OP['database.read'])) {
        count++;
        if (row.start < since + 500_000) continue;
        refreshes++;
        since = row.start;
      }
      return count / refreshes;
    };
    expectTheory(replicate(12, changes, fetches), xFetchFetches(key), 0.2);
    expectTheory(replicate(12, { ...changes, protect: {} }, fetches), 6, 0.2);
  });

  it('counts and notes every early start, and loads behind a lock too', () => {
    const made = run({ ...changes, duration: '200s', protect: { early: 1, lock: true, lockPoll: '100ms' } });
    expect(made.total('loads.early')).toBe(made.of(OP.early).length);
    expect(made.total('loads.early')).toBeGreaterThan(15);
    // The one who gets the lock finds the entry that it wants to replace, and is not content with it.
    const [, ...begun] = made.of(OP['database.read']).map((row) => row.start);
    const ends = made.of(OP['cache.set']).map((row) => row.leave + 10e6);
    expect(begun.length).toBeGreaterThan(15);
    expect(begun.filter((at, index) => at >= ends[index]).length).toBeLessThan(2);
  });
});

describe('stale-while-revalidate', () => {
  it('splits reads as renewal theory says', () => {
    const changes: Partial<ScenarioInput> = {
      duration: '1200s',
      traffic: { readers: { rate: '2/s', count: 1 } },
      cache: { ttl: '4s' },
      database: { read: '500ms' },
      protect: { stale: '1s', singleFlight: true },
    };
    const theory = staleWhileRevalidateShares(2, 4, 1, 0.5);
    const made = replicate(12, changes, ({ total, of }) => {
      const reads = total('reads.completed');
      const blocked = of(OP['request.read']).filter((row) => row.end > row.start).length;
      return {
        origin: total('database.reads') / reads,
        stale: total('cache.overdue') / reads,
        blocked: blocked / reads,
      };
    });
    const shares = (name: keyof (typeof made)[number]) => made.map((one) => one[name]);
    expectTheory(shares('origin'), theory.originShare, 0.1);
    expectTheory(shares('stale'), theory.staleShare, 0.1);
    expectTheory(shares('blocked'), theory.blockedShare, 0.25);
  });

  it('lets no reader of a busy key wait, shows nothing older than it may, and refreshes once a server', () => {
    const made = run({
      duration: '60s',
      app: { servers: 3 },
      traffic: { readers: { rate: '300/s', count: 1 } },
      cache: { ttl: '2s' },
      protect: { stale: '1s' },
    });
    const late = made.of(OP['request.read']).filter((row) => row.start > 500_000);
    expect(late.length).toBeGreaterThan(15_000);
    expect(late.every((row) => row.end === row.start && row.outcome === OUTCOME.hit)).toBe(true);
    const overdue = late.filter((row) => (row.flags & FLAG.overdue) !== 0);
    expect(overdue.length).toBe(made.total('cache.overdue'));
    expect(overdue.length).toBeGreaterThan(1000);
    const sets = made.of(OP['cache.set']).map((row) => row.leave);
    for (const row of made.of(OP['cache.get'])) {
      if (row.outcome !== OUTCOME.hit) continue;
      const ageUs = row.leave - Math.max(...sets.filter((at) => at <= row.leave));
      expect(ageUs).toBeLessThan(3_000_000);
      expect((row.flags & FLAG.overdue) !== 0).toBe(ageUs >= 2_000_000);
    }
    const refreshes = made.of(OP.refresh);
    expect(made.total('loads.refreshed')).toBe(refreshes.length);
    for (const row of refreshes)
      expect(refreshes.some((of) => of.id < row.id && of.node === row.node && of.end > row.start)).toBe(false);
  });
});

describe('refresh-ahead', () => {
  const ahead: Partial<ScenarioInput> = {
    pattern: { read: 'refresh-ahead', refreshAfter: '1s' },
    cache: { ttl: '2s' },
  };

  it('never lets a hot key end, behind a lock and a flight neither', () => {
    for (const protect of [{ lock: false }, { lock: true, singleFlight: true }]) {
      const made = run({ ...ahead, app: { servers: 2 }, protect, duration: '60s' });
      expect(made.total('cache.misses{tier=redis,cause=expired}')).toBe(0);
      expect(made.of(OP['request.read']).every((row) => row.start < 300_000 || row.end === row.start)).toBe(true);
      expect(made.total('loads.refreshed')).toBeGreaterThan(45);
      // Two servers at it at once: the second value replaces the first, sometimes before anybody has read that.
      if (protect.lock) expect(made.total('loads.wasted')).toBe(0);
    }
  });

  it('loads a cold key in vain with probability e^{−λT}', () => {
    const changes: Partial<ScenarioInput> = {
      ...ahead,
      duration: '600s',
      traffic: { readers: { rate: '10/s', count: 20, keys: 'uniform' } },
      database: { read: '0s' },
    };
    const wasted = (made: Run) => made.total('loads.wasted') / made.total('loads.refreshed');
    expectTheory(replicate(10, changes, wasted), Math.exp(-0.5 * 2), 0.15);
  });

  it('leaves alone what was read less often than it is told to', () => {
    const changes = { ...ahead, traffic: { readers: { rate: '40/s', count: 40, keys: 'uniform' as const } } };
    const picky = run({ ...changes, pattern: { ...ahead.pattern, refreshUses: 1000 } });
    expect([picky.total('loads.refreshed'), run(changes).total('loads.refreshed') > 100]).toEqual([0, true]);
  });
});
