import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { expectedOf } from './expected.ts';
import { readScenario } from './readScenario.ts';
import type { Scenario } from './schema.ts';

function scenario(changes: Record<string, unknown> = {}): Scenario {
  const read = readScenario({
    scenario: 1,
    id: 'x',
    title: 'X',
    duration: '120s',
    traffic: { readers: { rate: '800/s', count: 3000 } },
    ...changes,
  });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.scenario;
}

/** Hit ratio over the second half of a run, when it is warm. */
function warmHitRatio(of: Scenario): number {
  const { meta, session } = simulate(of, [], of.duration / 2);
  const at = (id: string) => meta.metricColumns.findIndex((column) => column.id === id);
  const half = session.world.metrics.currentTotals();
  session.advance(of.duration);
  const whole = session.take().totals;
  const since = (id: string) => whole[at(id)] - half[at(id)];
  return since('cache.hits{tier=redis}') / since('cache.gets{tier=redis}');
}

describe('what closed forms expect of a scenario', () => {
  // Che's approximation is within a point here, the eviction age of LRU with a TTL within another (see lruTtl.ts), and
  // 48,000 look-ups leave a standard error of about 0.2 points.
  const tolerance = 0.02;
  it.each([
    ['LRU, capacity alone', { cache: { capacity: 300, ttl: 'none' } }],
    ['LRU with a TTL', { cache: { capacity: 300, ttl: '10s' } }],
    ['TTL alone', { cache: { capacity: 3000, ttl: '8s' } }],
    ['TTL with jitter', { cache: { capacity: 3000, ttl: '5s', jitter: '6s' } }],
    ['FIFO', { cache: { capacity: 300, ttl: 'none', eviction: 'fifo' } }],
    ['Random', { cache: { capacity: 300, ttl: 'none', eviction: 'random' } }],
    ['Redis allkeys-random', { cache: { capacity: 300, ttl: 'none', eviction: 'redis-allkeys-random' } }],
    ['Redis volatile-random', { cache: { capacity: 300, ttl: '200s', eviction: 'redis-volatile-random' } }],
    ['TTL alone, whatever it would evict by', { cache: { capacity: 3000, ttl: '8s', eviction: 'redis-volatile-lfu' } }],
    [
      'uniform keys',
      { cache: { capacity: 900, ttl: 'none' }, traffic: { readers: { rate: '800/s', count: 3000, keys: 'uniform' } } },
    ],
    [
      'a share of ids that do not exist',
      { cache: { capacity: 300, ttl: 'none' }, traffic: { readers: { rate: '800/s', count: 3000, missing: '20%' } } },
    ],
  ])('hit ratio: %s', (_, changes) => {
    const of = scenario(changes);
    const value = expectedOf(of).hitRatio?.value;
    expect(value).toBeDefined();
    expect(Math.abs((value ?? 0) - warmHitRatio(of))).toBeLessThan(tolerance);
  });

  it('a line that grows without end where the misses pass what the database can do', () => {
    const of = scenario({ cache: { capacity: 50, ttl: '1s' }, database: { slots: 2, read: '20ms' } });
    expect(expectedOf(of).databaseQueue?.value).toBe(Number.POSITIVE_INFINITY);
  });

  it('everything reaches the database where nobody looks in the cache', () => {
    const of = scenario({ pattern: { read: 'none' } });
    expect(expectedOf(of).hitRatio).toBeUndefined();
    expect(expectedOf(of).databaseRate?.value).toBeCloseTo(800, 6);
  });

  it('nothing where no closed form applies', () => {
    expect(expectedOf(scenario({ local: { enabled: true } }))).toEqual({});
    expect(expectedOf(scenario({ traffic: { a: {}, b: {} }, view: { knobs: [] } }))).toEqual({});
    expect(expectedOf(scenario({ traffic: { readers: { arrivals: 'closed' } } }))).toEqual({});
    for (const eviction of ['lfu', 'ttl-only', 'redis-allkeys-lru', 'redis-noeviction', 'redis-volatile-ttl'])
      expect(expectedOf(scenario({ cache: { eviction, capacity: 100 } })).hitRatio, eviction).toBeUndefined();
  });
});
