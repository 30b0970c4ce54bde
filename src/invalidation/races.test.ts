import { describe, expect, it } from 'vitest';
import { Session, simulate } from '../host/Session.ts';
import { type ActionInput, actionSchema, type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { OP, OUTCOME } from '../spans/codes.ts';
import { type Row, rowAt } from '../spans/columns.ts';

type OnWrite = NonNullable<NonNullable<ScenarioInput['invalidation']>['onWrite']>;

/** Nothing takes time but what a test names, and nothing waits in line. */
function world({ onWrite, ...changes }: Partial<ScenarioInput> & { onWrite: OnWrite }) {
  return scenarioSchema.parse({
    scenario: 1,
    id: 'races',
    title: 'Races',
    window: '1s',
    traffic: { readers: {} },
    ...changes,
    invalidation: { onWrite, ...changes.invalidation },
    clients: { link: '0s', timeout: 'none' },
    balancer: { link: '0s' },
    app: { servers: 1, workers: 5000, cpu: '0s' },
    cache: { link: '0s', command: '0s', timeout: 'none', ttl: 'none', capacity: 5_000_000, ...changes.cache },
    database: {
      link: '0s',
      pool: 5000,
      slots: 5000,
      read: '1ms',
      write: '1ms',
      shape: 'constant',
      timeout: 'none',
      ...changes.database,
    },
  });
}

function rowsOf(scenario: ReturnType<typeof world>): Row[] {
  const { batch } = simulate(scenario);
  return Array.from({ length: batch.closed.length }, (_, index) => rowAt(batch.closed, index)).sort(
    (a, b) => a.id - b.id,
  );
}

/** Runs on and forgets the rows; gives totals by column. */
function totalsOf(scenario: ReturnType<typeof world>): (id: string) => number {
  const session = new Session(scenario, []);
  let totals = session.take().totals;
  for (let untilUs = 1_000_000; session.horizonUs < session.durationUs; untilUs += 1_000_000) {
    session.advance(untilUs);
    totals = session.take().totals;
  }
  return (id) => totals[session.world.metrics.index(id)];
}

const ofOp = (rows: Row[], op: number) => rows.filter((row) => row.op === op);

describe('a write', () => {
  const readers = { rate: '500/s', count: 1 } as const;
  const writers = { rate: '2/s', count: 1, writes: '100%' } as const;
  const slowWay = { link: '10ms', read: '0s' };

  it('that deletes leaves the old value only between its commit and its delete', () => {
    const common = { duration: '60s', traffic: { readers, writers }, cache: { ttl: '5s' }, database: slowWay } as const;
    const deleting = totalsOf(world({ onWrite: 'delete', ...common }));
    expect(deleting('reads.stale')).toBeGreaterThan(200);
    // The answer's way back from the database, and nothing else.
    expect(deleting('stale.age.max')).toBeLessThanOrEqual(10_000);
    const waiting = totalsOf(world({ onWrite: 'none', ...common }));
    expect(waiting('stale.age.max')).toBeGreaterThan(1_000_000);
    expect(waiting('stale.age.max')).toBeLessThanOrEqual(5_000_000);
    expect(waiting('reads.stale')).toBeGreaterThan(20 * deleting('reads.stale'));
  });

  it('whose delete is lost is stale until the entry expires, and no longer', () => {
    const acts: ActionInput[] = [
      { at: '1s', do: 'lose', message: 'cache.delete' },
      { at: '1s', do: 'ask', key: 0, write: true, traffic: 'readers' },
    ];
    const scenario = world({
      onWrite: 'delete',
      duration: '20s',
      traffic: { readers },
      cache: { ttl: '6s' },
      faults: acts,
    });
    const rows = rowsOf(scenario);
    const [commit] = ofOp(rows, OP['database.write']);
    expect(ofOp(rows, OP['cache.delete'])[0].outcome).toBe(OUTCOME.lost);
    const [fill] = ofOp(rows, OP['cache.set']);
    const after = ofOp(rows, OP['request.read']).filter((row) => row.start > commit.leave);
    const stale = after.filter((row) => row.version === 1);
    const expiresUs = fill.leave + 6_000_000;
    expect(Math.max(...stale.map((row) => row.leave))).toBeGreaterThan(expiresUs - 20_000);
    expect(Math.max(...stale.map((row) => row.leave))).toBeLessThan(expiresUs);
    expect(after.filter((row) => row.start >= expiresUs).every((row) => row.version === 2)).toBe(true);
  });
});

describe('the stale-set race', () => {
  /** A query that takes 40 ms after its snapshot, and writers at 5 a second a key, whose delete comes 1 ms after the commit. */
  const racing = {
    duration: '60s',
    traffic: {
      readers: { rate: '100/s', count: 50, keys: 'uniform' },
      writers: { rate: '250/s', count: 50, keys: 'uniform', writes: '100%' },
    },
    cache: { link: '1ms', ttl: '400ms' },
    database: { read: '40ms' },
  } as const;

  it('leaves an old value in the cache as often as a write falls into the gap: 1−e^(−w·g)', () => {
    const shares = [1, 2, 3, 4, 5, 6].map((seed) => {
      const rows = rowsOf(world({ onWrite: 'delete', seed, ...racing }));
      const deleted = new Map<string, number>();
      const commits = new Map(ofOp(rows, OP['database.write']).map((row) => [row.request, row]));
      for (const row of ofOp(rows, OP['cache.delete'])) {
        const commit = commits.get(row.request) as Row;
        deleted.set(`${row.key}@${commit.version}`, row.leave);
      }
      const fills = ofOp(rows, OP['cache.set']);
      const late = fills.filter((row) => (deleted.get(`${row.key}@${row.version + 1}`) ?? Infinity) < row.leave);
      return late.length / fills.length;
    });
    // Set arrives 41 ms after the snapshot, the delete 1 ms after the commit.
    const expected = 1 - Math.exp(-5 * 0.04);
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const variance = shares.reduce((sum, share) => sum + (share - mean) * (share - mean), 0) / (shares.length - 1);
    const deviation = Math.sqrt(variance / shares.length);
    expect(deviation).toBeLessThan(0.02 * expected);
    expect(Math.abs(mean - expected)).toBeLessThan(5 * deviation);
  });

  /** Keys that live little longer than a reader needs for a query: most reads miss, and half of those race a write. */
  const dense = {
    traffic: {
      readers: { rate: '20000/s', count: 100, keys: 'uniform' },
      writers: { rate: '2000/s', count: 100, keys: 'uniform', writes: '100%' },
    },
    database: { read: '30ms' },
  } as const;

  /**
   * Eight readers and two writers go through the keys one close behind another, so that nearly every load races both writes;
   * how long each query and each way takes is luck. A second later somebody looks at what was left.
   */
  const passing = (keys: number) => {
    const passS = keys / 4000;
    const pass = (fromS: number, writes = '0%') =>
      ({
        arrivals: 'constant',
        rate: '4000/s',
        keys: 'scan',
        count: keys,
        writes,
        from: `${fromS}s`,
        until: `${fromS + passS}s`,
      }) as const;
    const readers = Array.from({ length: 8 }, (_, index) => [`reader${index}`, pass(index / 500)]);
    return {
      duration: `${passS + 2}s`,
      traffic: { ...Object.fromEntries(readers), one: pass(0.02, '100%'), other: pass(0.022, '100%'), look: pass(1.2) },
      cache: { link: '1ms', spread: '2ms' },
      database: { read: '100ms', write: '5ms', shape: 'exponential' },
    } as const;
  };

  it.each(['compare-and-set', 'versioned-keys'] as const)(
    'never leaves one with %s, in 100,000 races',
    (onWrite) => {
      const totals = totalsOf(world({ onWrite, ...passing(15_500) }));
      expect(totals('cache.superseded')).toBeGreaterThan(100_000);
      expect(totals('reads.stale')).toBe(0);
      // The same where entries end all the time, so that most come and go between two writes.
      const ending = totalsOf(world({ onWrite, ...dense, duration: '2s', cache: { ttl: '32ms' } }));
      expect(ending('cache.superseded')).toBeGreaterThan(4000);
      expect(ending('reads.stale')).toBe(0);
      const deleting = totalsOf(world({ onWrite: 'delete', ...passing(2000) }));
      expect(deleting('reads.stale')).toBeGreaterThan(1000);
    },
    240_000,
  );

  it.each(['compare-and-set', 'versioned-keys'] as const)(
    'comes back with %s when the newer entry, or pointer, is gone before the late reader stores',
    (onWrite) => {
      const totals = totalsOf(world({ onWrite, ...dense, duration: '2s', cache: { ttl: '10ms' } }));
      expect(totals('reads.stale')).toBeGreaterThan(100);
    },
  );

  it('is ended by the second of two deletes', () => {
    const slow = { ...racing, duration: '30s', cache: { link: '1ms' } } as const;
    const once = totalsOf(world({ onWrite: 'delete', ...slow }));
    const twice = totalsOf(world({ onWrite: 'double-delete', ...slow, invalidation: { secondDelete: '60ms' } }));
    // Stale from the late fill, at most 41 ms after the snapshot, to the second delete.
    expect(twice('stale.age.max')).toBeLessThanOrEqual(64_000);
    expect(twice('reads.stale')).toBeGreaterThan(0);
    expect(once('stale.age.max')).toBeGreaterThan(500_000);
  });
});

describe('two writers who race', () => {
  /** Each way to the cache takes 20 ms on average, so that the SET of the later commit may arrive first. */
  const overtaking = {
    duration: '20s',
    traffic: { writers: { rate: '2000/s', count: 100, keys: 'uniform', writes: '100%' } },
    cache: { link: '1ms', spread: '20ms' },
  } as const;

  it.each(['update', 'delete', 'compare-and-set', 'versioned-keys'] as const)(
    'leave the older value in the cache with update, and with nothing else: %s',
    (onWrite) => {
      const session = new Session(
        world({
          onWrite,
          ...overtaking,
          traffic: {
            writers: { ...overtaking.traffic.writers, until: '19s' },
          },
        }),
        [],
      );
      session.advance(session.durationUs);
      const { redis, truth, simulation } = session.world;
      const keys = Array.from({ length: 100 }, (_, key) => key);
      const held = keys.map((key) => redis.contents.store.peek(key, simulation.nowUs));
      const older = keys.filter((key) => held[key] >= 0 && held[key] < truth.storedVersion(key));
      if (onWrite === 'update') expect(older.length).toBeGreaterThan(10);
      else expect(older).toEqual([]);
      expect(held.filter((version) => version >= 0)).toHaveLength(onWrite === 'delete' ? 0 : 100);
    },
  );

  it('leave the older value as often as the later message overtakes: half of those sent at the same time', () => {
    let older = 0;
    let pairs = 0;
    const acts: ActionInput[] = Array.from({ length: 400 }, (_, key): ActionInput[] => [
      { at: `${10 * key}ms`, do: 'ask', key, write: true },
      { at: `${10 * key}ms`, do: 'ask', key, write: true },
    ]).flat();
    for (const seed of [1, 2, 3]) {
      const traffic = { readers: { rate: '0/s', count: 400 } } as const;
      const scenario = world({ onWrite: 'update', seed, duration: '6s', traffic, cache: overtaking.cache });
      const { session } = simulate(
        scenario,
        acts.map((act) => actionSchema.parse(act)),
      );
      const { redis, truth, simulation } = session.world;
      for (let key = 0; key < 400; key++) {
        pairs++;
        if (redis.contents.store.peek(key, simulation.nowUs) < truth.storedVersion(key)) older++;
      }
    }
    expect(Math.abs(older / pairs - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / pairs));
  });
});

describe('versioned keys', () => {
  it('keep the memory of old versions until they expire', () => {
    const traffic = {
      readers: { rate: '1000/s', count: 10, keys: 'uniform' },
      writers: { rate: '20/s', count: 10, keys: 'uniform', writes: '100%' },
    } as const;
    const common = { duration: '20s', traffic, cache: { ttl: '5s' } } as const;
    const deleting = totalsOf(world({ onWrite: 'delete', ...common }));
    const versioned = totalsOf(world({ onWrite: 'versioned-keys', ...common }));
    expect(deleting('cache.entries{tier=redis}')).toBeLessThanOrEqual(10);
    // Ten pointers, and every version of the last five seconds that somebody has read: about 2 a second of each key.
    const entries = versioned('cache.entries{tier=redis}');
    expect(entries).toBeGreaterThan(85);
    expect(entries).toBeLessThan(135);
    expect(versioned('cache.bytes{tier=redis}')).toBe(10 * 108 + (entries - 10) * 1124);
  });

  it('name the key itself and its version where an old version is pushed out or expires', () => {
    const traffic = { readers: { rate: '1000/s', count: 10, keys: 'uniform', writes: '10%' } } as const;
    const rows = rowsOf(
      world({ onWrite: 'versioned-keys', duration: '5s', traffic, cache: { ttl: '500ms', capacity: 30 } }),
    );
    const gone = rows.filter((row) => row.op === OP.evict || row.op === OP.expire);
    expect(gone.length).toBeGreaterThan(100);
    expect(gone.every((row) => row.key >= 0 && row.key < 10)).toBe(true);
    expect(gone.some((row) => row.version < 0) && gone.some((row) => row.version > 0)).toBe(true);
    // What leaves has come in, under the same name, and has not left before. A store's row ends after its victim's.
    const storedUs = new Map<string, number>();
    for (const row of rows.filter(({ leave }) => leave < Infinity).sort((a, b) => a.leave - b.leave || b.id - a.id)) {
      if (row.op === OP['cache.set']) storedUs.set(`${row.key}@${row.version}`, row.leave);
      if (row.op === OP['cache.update'] && row.outcome === OUTCOME.ok) storedUs.set(`${row.key}@-1`, row.leave);
      if (row.op !== OP.evict && row.op !== OP.expire) continue;
      const name = `${row.key}@${row.version}`;
      expect(storedUs.has(name)).toBe(true);
      if (row.op === OP.expire) expect(row.leave - (storedUs.get(name) ?? 0)).toBe(500_000);
      storedUs.delete(name);
    }
  });
});
