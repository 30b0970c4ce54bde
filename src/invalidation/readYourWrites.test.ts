import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { FLAG, OP } from '../spans/codes.ts';
import { type Row, rowAt } from '../spans/columns.ts';

/** Authors who save and look at what they have saved 200 ms later, behind a cache that nobody tells of writes. */
function run(changes: Partial<ScenarioInput>) {
  const scenario = scenarioSchema.parse({
    scenario: 1,
    id: 'authors',
    title: 'Authors',
    duration: '20s',
    window: '1s',
    cache: { ttl: '5s' },
    ...changes,
    invalidation: { onWrite: 'none', ...changes.invalidation },
    traffic: {
      authors: { rate: '20/s', count: 10, keys: 'uniform', writes: '100%', readBack: '200ms', until: '19s' },
      readers: { rate: '200/s', count: 10, keys: 'uniform' },
      ...changes.traffic,
    },
  });
  const { session, batch } = simulate(scenario);
  const rows = Array.from({ length: batch.closed.length }, (_, index) => rowAt(batch.closed, index));
  const total = (id: string) => batch.totals[session.world.metrics.index(id)];
  const of = (op: number) => rows.filter((row) => row.op === op);
  return { rows, of, total };
}

const ownStale = (row: Row) => (row.flags & FLAG.ownStale) !== 0;

describe('an author', () => {
  it('reads the key so long after the answer, and often sees what was there before', () => {
    const { of, total } = run({ traffic: { readers: { rate: '0/s' } } });
    const writes = of(OP['request.write']).sort((a, b) => a.end - b.end);
    const reads = of(OP['request.read']).sort((a, b) => a.start - b.start);
    expect(reads.map((row) => [row.start, row.key])).toEqual(writes.map((row) => [row.end + 200_000, row.key]));
    const old = reads.filter((row, index) => row.version < writes[index].version);
    expect(old.length).toBeGreaterThan(100);
    expect(reads.filter(ownStale)).toEqual(old);
    expect(total('reads.own-stale')).toBe(old.length);
  });

  it('sees what it has written when it is pinned to the primary, and the others read as before', () => {
    const free = run({});
    const pinned = run({ invalidation: { pin: '1s' } });
    expect(free.total('reads.own-stale')).toBeGreaterThan(100);
    expect(pinned.total('reads.own-stale')).toBe(0);
    expect(pinned.total('reads.stale')).toBeGreaterThan(1000);
    const gets = pinned.of(OP['cache.get']).length;
    const writes = pinned.total('writes.completed');
    expect(gets).toBe(pinned.total('reads.completed') - writes);
    expect(pinned.total('database.reads')).toBeGreaterThan(writes);
  });

  it('is pinned no longer than the setting says', () => {
    const late = run({ invalidation: { pin: '150ms' } });
    expect(late.total('reads.own-stale')).toBeGreaterThan(100);
  });

  it('sees its own write at a replica that lags only when it is pinned', () => {
    const traffic = { authors: { rate: '20/s', count: 10, writes: '100%', readBack: '50ms', until: '19s' } } as const;
    const replicas = { database: { replicas: 1, replicaLag: '500ms' }, pattern: { read: 'none' }, traffic } as const;
    expect(run(replicas).total('reads.own-stale')).toBeGreaterThan(300);
    expect(run({ ...replicas, invalidation: { pin: '1s' } }).total('reads.own-stale')).toBe(0);
  });
});

describe('traffic that goes past the caches', () => {
  it('of readers asks the database every time and is never stale', () => {
    const { of, total } = run({
      traffic: { payments: { rate: '50/s', count: 10, keys: 'uniform', reader: 'database' }, readers: { rate: '0/s' } },
      database: { read: '1ms', write: '1ms' },
      local: { enabled: true },
    });
    const payments = of(OP['request.read']).filter((row) => !ownStale(row));
    expect(of(OP['cache.get']).length).toBeLessThan(500);
    expect(total('database.reads')).toBeGreaterThan(900);
    expect(payments.length).toBeGreaterThan(900);
  });

  it('of readers of several keys at once asks the database too', () => {
    const payments = { rate: '20/s', count: 10, reader: 'database', pageKeys: 3, batch: true } as const;
    const { of, total } = run({ traffic: { payments, readers: { rate: '0/s' }, authors: { rate: '0/s' } } });
    expect(of(OP['cache.get-many'])).toEqual([]);
    expect(of(OP['database.read']).length).toBe(3 * total('reads.completed'));
  });

  it('of writers invalidates nothing, and is the one whose writes make answers stale', () => {
    const traffic = {
      admins: { rate: '2/s', count: 10, keys: 'uniform', writes: '100%', writer: 'direct' },
      authors: { rate: '2/s', count: 10, keys: 'uniform', writes: '100%' },
    } as const;
    const { of, total } = run({ traffic, invalidation: { onWrite: 'delete' } });
    expect(of(OP['cache.delete']).length).toBeLessThanOrEqual(total('writes.completed') * 0.7);
    expect(total('stale.reads{writer=admins}')).toBeGreaterThan(200);
    expect(total('stale.reads{writer=authors}')).toBeLessThan(0.05 * total('stale.reads{writer=admins}'));
    const bySource = ['admins', 'authors', 'readers'].map((name) => total(`stale.reads{writer=${name}}`));
    expect(bySource[0] + bySource[1] + bySource[2]).toBe(total('reads.stale'));
    const byServer = [1, 2, 3].map((number) => total(`stale.reads{node=app${number}}`));
    expect(byServer[0] + byServer[1] + byServer[2]).toBe(total('reads.stale'));
  });
});
