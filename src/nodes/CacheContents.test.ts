import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { type ScenarioInput, scenarioSchema } from '../scenario/schema.ts';
import { OP } from '../spans/codes.ts';
import { jitterExpectedPeak } from '../theory/jitter.ts';

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

  it('spreads them as far below the time to live as above it, where the jitter goes around', () => {
    const { closed, of } = contentsOf({ cache: { ttl: '4s', jitter: '4s', jitterMode: 'around', capacity: 5000 } });
    const storedUs = new Map(of(OP['cache.set']).map((index) => [closed.key[index], closed.leave[index]]));
    const livesS = of(OP.expire).map((index) => (closed.start[index] - (storedUs.get(closed.key[index]) ?? 0)) / 1e6);
    livesS.sort((a, b) => a - b);
    expect(livesS.length).toBe(999);
    expect(livesS[0]).toBeGreaterThanOrEqual(2);
    expect(livesS[998]).toBeLessThanOrEqual(6);
    const distance = livesS.reduce(
      (most, life, rank) => Math.max(most, Math.abs((life - 2) / 4 - (rank + 0.5) / 999)),
      0,
    );
    expect(distance).toBeLessThan(2.2 / Math.sqrt(999));
  });

  it('never makes a life shorter than a microsecond, however wide the jitter around it', () => {
    const { closed, of } = contentsOf({ cache: { ttl: '1s', jitter: '20s', jitterMode: 'around', capacity: 5000 } });
    const stored = of(OP['cache.set']);
    const gone = new Map(of(OP.expire).map((index) => [closed.key[index], closed.start[index]]));
    const lives = stored.map(
      (index) => (gone.get(closed.key[index]) ?? Number.POSITIVE_INFINITY) - closed.leave[index],
    );
    // Below 0 the uniform life, −9…11 s, is cut off: nine in twenty of 999 entries live 1 µs, give or take 5 deviations.
    const shortest = lives.filter((life) => life === 1).length;
    expect(lives.every((life) => life >= 1)).toBe(true);
    expect(Math.abs(shortest - 0.45 * 999)).toBeLessThan(5 * Math.sqrt(999 * 0.45 * 0.55));
  });

  it.each(['plus', 'around'] as const)('has the peak of expiries that theory expects, jitter %s', (jitterMode) => {
    const peaks = Array.from({ length: 40 }, (_, index) => {
      const traffic = {
        readers: { arrivals: 'constant', rate: '200000/s', keys: 'scan', count: 400, until: '2005us' },
      };
      const cache = { ttl: '8s', jitter: '8s', jitterMode, capacity: 5000, link: '0s', command: '0s' };
      const { closed, of } = contentsOf({ seed: index + 1, duration: '20s', traffic, cache } as Partial<ScenarioInput>);
      const startUs =
        Math.min(...of(OP['cache.set']).map((at) => closed.leave[at])) + (jitterMode === 'plus' ? 8e6 : 4e6);
      const counts = Array.from({ length: 10 }, () => 0);
      for (const at of of(OP.expire)) counts[Math.floor((closed.start[at] - startUs) / 1e6)]++;
      return Math.max(...counts);
    });
    const mean = peaks.reduce((sum, peak) => sum + peak, 0) / peaks.length;
    const squares = peaks.reduce((sum, peak) => sum + (peak - mean) * (peak - mean), 0);
    const deviation = Math.sqrt(squares / (peaks.length - 1) / peaks.length);
    expect(5 * deviation).toBeLessThan(0.1 * mean);
    expect(Math.abs(mean - jitterExpectedPeak(400, 8))).toBeLessThan(5 * deviation);
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
