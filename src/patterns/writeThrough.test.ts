import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { type ActionInput, actionSchema, type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { FLAG, OP } from '../spans/codes.ts';
import { rowAt } from '../spans/columns.ts';

const base: ScenarioInput = {
  scenario: 1,
  id: 'write-through',
  title: 'Write-through',
  duration: '10s',
  pattern: { write: 'write-through' },
  traffic: {
    readers: { rate: '2000/s', count: 1 },
    writer: { arrivals: 'constant', rate: '2/s', count: 1, writes: '100%', from: '1s', until: '9s' },
  },
  cache: { ttl: 'none' },
};

function run(changes: Partial<ScenarioInput>, acts: ActionInput[] = []) {
  const scenario = scenarioSchema.parse({ ...base, ...changes });
  const { session, batch } = simulate(
    scenario,
    acts.map((act) => actionSchema.parse(act)),
  );
  const rows = Array.from({ length: batch.closed.length }, (_, index) => rowAt(batch.closed, index));
  return { rows, session, total: (id: string) => batch.totals[session.world.metrics.index(id)] };
}

describe('write-through', () => {
  it('shows one writer’s value to every read that begins after the write was answered', () => {
    const { rows } = run({});
    const writes = rows.filter((row) => row.op === OP['request.write']);
    const reads = rows.filter((row) => row.op === OP['request.read']);
    expect(writes.length).toBeGreaterThan(14);
    for (const write of writes) {
      const after = reads.filter((row) => row.start >= write.end);
      expect(after.every((row) => row.version >= write.version)).toBe(true);
    }
    // What is stale at all began between the two writes, half a millisecond apart.
    const stale = reads.filter((row) => (row.flags & FLAG.stale) !== 0);
    const sets = rows.filter((row) => row.op === OP['cache.set'] && row.version > 1);
    const commits = rows.filter((row) => row.op === OP['database.write']);
    for (const read of stale) {
      const index = commits.findIndex((row) => row.version === read.version + 1);
      expect(read.start).toBeGreaterThanOrEqual(commits[index].leave);
      expect(read.start).toBeLessThan(sets[index].leave);
    }
  });

  it('pays for the database and then for the cache', () => {
    const { writer } = base.traffic;
    const { rows } = run({ traffic: { writer }, cache: { link: '1ms', command: '2ms' } });
    const write = rows.find((row) => row.op === OP['request.write']);
    const parts = rows.filter((row) => row.parent === write?.id);
    expect(parts.map((row) => row.op)).toEqual([OP['database.write'], OP['cache.set']]);
    expect(parts[1].end - parts[1].start).toBeGreaterThanOrEqual(4000);
  });

  it.each([
    ['its second write is lost', { at: '0s', do: 'lose', message: 'cache.set', count: 2 }],
    ['its server dies between the two', { at: '1013500us', do: 'kill', node: 'app1', for: '1ms' }],
  ] as const)('leaves the old value when %s, until the next write', (_what, fault) => {
    const traffic = {
      readers: { arrivals: 'constant', rate: '100/s', count: 1, from: '1100ms' },
      writer: { arrivals: 'constant', rate: '1/s', count: 1, writes: '100%', until: '3500ms' },
    } as const;
    const fast = { link: '0s' };
    const { rows } = run(
      {
        duration: '5s',
        traffic: { ...traffic, early: { arrivals: 'constant', rate: '2/s', count: 1, until: '700ms' } },
        app: { servers: 1, cpu: '0s' },
        clients: fast,
        balancer: fast,
        cache: { ttl: 'none', link: '1ms', timeout: '10ms' },
        database: { shape: 'constant', read: '1ms', write: '12ms', link: '1ms' },
      },
      fault.do === 'lose' ? [{ ...fault, at: '900ms', count: 1 }] : [fault],
    );
    const reads = rows.filter((row) => row.op === OP['request.read'] && row.start >= 1_100_000);
    const staleAt = reads.filter((row) => (row.flags & FLAG.stale) !== 0).map((row) => row.start);
    expect(staleAt.length).toBeGreaterThan(80);
    expect(Math.min(...staleAt)).toBeLessThan(1_120_000);
    expect(Math.max(...staleAt)).toBeLessThan(2_020_000);
    expect(Math.max(...staleAt)).toBeGreaterThan(1_980_000);
  });

  it('keeps the older of two racing writes where messages overtake each other', () => {
    const behind = (spread: string) => {
      const { session } = run({
        duration: '10s',
        traffic: { writers: { rate: '400/s', count: 20, writes: '100%', until: '9s' } },
        cache: { ttl: 'none', spread, timeout: 'none' },
        app: { servers: 2 },
      });
      const { redis, truth } = session.world;
      const keys = Array.from({ length: 20 }, (_, key) => key);
      return keys.filter((key) => redis.contents.store.peek(key, 10_000_000) < truth.version(key)).length;
    };
    expect(behind('0s')).toBe(0);
    expect(behind('50ms')).toBeGreaterThan(0);
  });
});
