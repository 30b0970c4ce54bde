import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { OP } from '../spans/codes.ts';

/** A thousand keys, each read once at the start; nothing else takes time. */
function contentsOf(changes: Partial<ScenarioInput>) {
  const scenario = scenarioSchema.parse({
    scenario: 1,
    id: 'contents',
    title: 'Contents',
    duration: '10s',
    traffic: { readers: { arrivals: 'constant', rate: '10000/s', keys: 'scan', count: 1000, until: '100ms' } },
    app: { servers: 1, workers: 5000, queue: 0 },
    cache: { ttl: '2s', capacity: 5000 },
    database: { slots: 5000, pool: 5000 },
    ...changes,
  });
  const { session, batch } = simulate(scenario);
  const { closed } = batch;
  const of = (op: number) =>
    Array.from({ length: closed.length }, (_, index) => index).filter((index) => closed.op[index] === op);
  return { closed, of, store: session.world.redis.contents.store };
}

describe('CacheContents', () => {
  it('spreads the ends of lives evenly over the jitter', () => {
    const { closed, of } = contentsOf({ cache: { ttl: '2s', jitter: '4s', capacity: 5000 } });
    const storedUs = new Map(of(OP['cache.set']).map((index) => [closed.key[index], closed.leave[index]]));
    const extraS = of(OP.expire).map(
      (index) => (closed.start[index] - (storedUs.get(closed.key[index]) ?? 0)) / 1e6 - 2,
    );
    expect(extraS.length).toBe(999);
    expect(Math.min(...extraS)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...extraS)).toBeLessThanOrEqual(4);
    // Kolmogorov's distance from the uniform law; 2.2/√n is passed once in ten thousand times.
    extraS.sort((a, b) => a - b);
    const distance = extraS.reduce((most, extra, rank) => Math.max(most, Math.abs(extra / 4 - (rank + 0.5) / 999)), 0);
    expect(distance).toBeLessThan(2.2 / Math.sqrt(999));
  });

  it('says in the row of a store how long it lives, and to the microsecond when it is gone', () => {
    const { closed, of } = contentsOf({});
    expect(of(OP['cache.set']).every((index) => closed.detail[index] === 2000)).toBe(true);
    const gone = of(OP.expire).map((index) => closed.start[index]);
    expect(gone).toEqual(of(OP['cache.set']).map((index) => closed.leave[index] + 2_000_000));
    expect(contentsOf({ cache: { ttl: 'none' } }).closed.detail.some((detail) => detail === -1)).toBe(true);
  });

  it('weighs every value as large as its row says, and the overhead', () => {
    const even = contentsOf({
      cache: { ttl: 'none', capacity: 5000, overhead: '50b' },
      database: { row: '1kb', slots: 5000, pool: 5000 },
    });
    expect([even.store.entries, even.store.bytes]).toEqual([999, 999 * 1074]);
    const spread = contentsOf({
      cache: { ttl: 'none', capacity: 5000, overhead: '0b' },
      database: { row: '1kb', rowShape: 'exponential', slots: 5000, pool: 5000 },
    });
    // The mean of 999 exponential sizes of mean 1,024 has standard deviation 1024/√999.
    expect(Math.abs(spread.store.bytes / 999 - 1024)).toBeLessThan((5 * 1024) / Math.sqrt(999));
  });

  it('names the request that pushed an entry out', () => {
    const { closed, of } = contentsOf({ cache: { ttl: 'none', capacity: 10 } });
    const sets = of(OP['cache.set']);
    const evictions = of(OP.evict);
    expect(evictions).toHaveLength(989);
    const storing = new Set(sets.map((index) => closed.request[index]));
    expect(evictions.every((index) => storing.has(closed.request[index]))).toBe(true);
  });
});
