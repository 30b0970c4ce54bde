import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { type ActionInput, actionSchema, type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { CAUSE, missCauses, OP, OUTCOME } from '../spans/codes.ts';
import { rowAt } from '../spans/columns.ts';

function run(changes: Partial<ScenarioInput>, acts: ActionInput[] = []) {
  const scenario = scenarioSchema.parse({
    scenario: 1,
    id: 'versions',
    title: 'Versions',
    duration: '4s',
    window: '1s',
    invalidation: { onWrite: 'versioned-keys' },
    traffic: { readers: { rate: '400/s', count: 30, writes: '20%' } },
    ...changes,
  });
  const { session, batch } = simulate(
    scenario,
    acts.map((act) => actionSchema.parse(act)),
  );
  const rows = Array.from({ length: batch.closed.length }, (_, index) => rowAt(batch.closed, index));
  return { rows, session, total: (id: string) => batch.totals[session.world.metrics.index(id)] };
}

describe('keys at versions', () => {
  it('are read by the pointer and then by the entry, and stored entry first', () => {
    const ask = (at: string, write = false): ActionInput => ({ at, do: 'ask', key: 7, write });
    const traffic = { readers: { rate: '0/s', count: 30 } } as const;
    const { rows } = run({ traffic }, [ask('0s'), ask('1s'), ask('2s', true), ask('3s')]);
    const calls = rows.filter(({ op }) => op > OP['request.write'] && op !== OP.fault).sort((a, b) => a.id - b.id);
    const { 'cache.get': get, 'cache.set': set, 'cache.update': move, 'database.read': read } = OP;
    const { hit, miss, ok } = OUTCOME;
    expect(calls.map(({ op, version, outcome, cause }) => [op, version, outcome, cause])).toEqual([
      [get, -1, miss, CAUSE.first],
      [read, 1, ok, 0],
      [set, 1, ok, 0],
      [move, 1, ok, 0],
      [get, 1, hit, 0],
      [get, 1, hit, 0],
      [OP['database.write'], 2, ok, 0],
      [move, 2, ok, 0],
      [get, 2, hit, 0],
      [get, -1, miss, CAUSE.invalidated],
      [read, 2, ok, 0],
      [set, 2, ok, 0],
      [move, 2, ok, 0],
    ]);
    expect(calls.every(({ key }) => key === 7)).toBe(true);
  });

  it('never answer with another key’s entry, whatever leaves, and however the knob is turned', () => {
    const settings = fc.record({
      seed: fc.integer({ min: 0, max: 1_000_000 }),
      capacity: fc.integer({ min: 1, max: 80 }),
      ttlMs: fc.integer({ min: 1, max: 800 }),
      eviction: fc.constantFrom('lru', 'lfu', 'fifo', 'random', 'ttl-only'),
      memory: fc.constantFrom('none', '1kb', '20kb'),
      turns: fc.array(fc.constantFrom('delete', 'versioned-keys', 'compare-and-set'), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(settings, ({ seed, capacity, ttlMs, eviction, memory, turns }) => {
        const acts: ActionInput[] = turns.flatMap((value, index): ActionInput[] => [
          { at: `${600 * index + 300}ms`, do: 'set', path: 'invalidation.onWrite', value },
          { at: `${600 * index + 350}ms`, do: 'flush' },
          { at: `${600 * index + 400}ms`, do: 'ask', key: 100_031 + index },
        ]);
        const cache = { capacity, ttl: `${ttlMs}ms`, eviction, memory } as const;
        const traffic = { readers: { rate: '400/s', count: 30, writes: '20%', missing: '5%' } } as const;
        const protect = { negative: '100ms' } as const;
        const { rows, session, total } = run({ seed, cache, traffic, protect }, acts);
        const { truth, redis } = session.world;
        const stored = new Set<string>();
        const wrong = [...rows]
          .sort((a, b) => a.leave - b.leave || a.id - b.id)
          .filter(({ op, key, version, outcome, cause }) => {
            if (op === OP['cache.set'] || op === OP['cache.update']) stored.add(`${key}@${version}`);
            if (op === OP.evict || op === OP.expire) return key >= 100_100;
            if (op !== OP['cache.get']) return false;
            if (outcome !== OUTCOME.hit) return missCauses[cause] === 'none';
            return !stored.has(`${key}@${version}`) || version > truth.version(key) || cause > 0;
          });
        expect(wrong).toEqual([]);
        const gone = ['evictions', 'expirations', 'invalidations', 'overwrites', 'flushed']
          .map((name) => total(`cache.${name}{tier=redis}`))
          .reduce((sum, count) => sum + count, 0);
        expect(total('cache.fills{tier=redis}')).toBe(gone + redis.contents.store.entries);
        expect(redis.contents.store.entries).toBeLessThanOrEqual(capacity);
      }),
      { numRuns: 30, seed: 3 },
    );
  }, 120_000);
});
