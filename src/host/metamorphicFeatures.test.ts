/**
 * Relations between a run with a feature and one without it: a feature that is off, or has nothing to do, changes nothing;
 * and two roads to the same thing lead to the same thing.
 */
import { describe, expect, it } from 'vitest';
import type { Scenario, ScenarioInput } from '../scenario/schema.ts';
import {
  answersOf,
  busyWorld,
  type Draw,
  forCases,
  hashOf,
  missesOf,
  oneAtATime,
  sameTotals,
  scenarioOf,
  totalsOf,
} from './relations.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** The same world with some settings of a section. */
function changed<S extends keyof Scenario>(world: Scenario, section: S, settings: Partial<Scenario[S]>): Scenario {
  return { ...world, [section]: { ...(world[section] as object), ...settings } };
}

/** A busy world in which nothing fails: there is room and time for everybody. */
function calmWorld(draw: Draw, seed: number, changes: Partial<ScenarioInput> = {}): Scenario {
  return scenarioOf(seed, {
    duration: '200ms',
    traffic: { readers: { rate: draw(['100/s', '400/s']), count: draw([1, 5, 50]), writes: draw([0, 0.1, 0.5]) } },
    app: { servers: draw([1, 2, 3]), workers: 1000, shape: draw(['constant', 'exponential'] as const) },
    clients: { timeout: '1h' },
    local: { enabled: draw([true, false]), capacity: draw([1, 10]), ttl: draw(['20ms', 'none']) },
    cache: {
      capacity: draw([1, 5, 1000]),
      ttl: draw(['10ms', '100ms', 'none']),
      jitter: draw(['0s', '50ms']),
      eviction: draw(['lru', 'fifo', 'random'] as const),
      timeout: 'none',
    },
    database: {
      slots: 1000,
      queue: 10_000,
      pool: 1000,
      timeout: '1h',
      shape: draw(['constant', 'exponential'] as const),
    },
    ...changes,
  });
}

describe('a feature that is off', () => {
  it('is off whatever its other settings say', () => {
    forCases('off', (draw, seed) => {
      const world = { ...busyWorld(draw, seed), duration: 200_000 };
      const protect: Partial<Scenario['protect']> = {
        lockTtl: draw([1000, 1e6]),
        lockPoll: draw([1000, 1e5]),
        lockWaiters: 'stale',
        backoff: draw([0, 1e6]),
        backoffJitter: false,
        breakerShare: 0.01,
        breakerCalls: 1,
        breakerCooldown: 1000,
        admitCost: 3_600_000_000,
      };
      const invalidation = { secondDelete: 1000, busDelay: 0, busLoss: 1, feedDelay: 0, feedWork: 1e6 };
      let other = changed(changed(world, 'protect', protect), 'bloom', { expected: 7, falsePositives: 0.9 });
      other = changed(other, 'database', { replicaLag: draw([0, 1e6]), pageRows: 1, disk: 1e6, guard: true });
      other = changed(other, 'writeBehind', { every: 1000, count: 1, log: true, logWrite: 9, row: 9 });
      other = changed(changed(other, 'clients', { backoff: 1e6 }), 'pattern', { refreshAfter: 1000 });
      const once = Object.entries(world.traffic).map(([name, workload]) => [name, { ...workload, batch: true }]);
      other = changed({ ...other, traffic: Object.fromEntries(once) }, 'invalidation', invalidation);
      expect(hashOf(other)).toBe(hashOf(world));
    });
  });
});

describe('a feature that has nothing to do', () => {
  it('changes nothing: guards where nothing fails, is slow, or is asked for in vain', () => {
    forCases('idle guards', (draw, seed) => {
      const world = calmWorld(draw, seed);
      const guards: Partial<Scenario['protect']>[] = [
        { retries: draw([1, 10]) },
        { hedge: 3_600_000_000 },
        { breaker: draw(['cache', 'database', 'both'] as const), breakerCalls: 1, breakerShare: 0.01 },
        { shed: 3_600_000_000 },
        { limit: 100_000 },
        { negative: draw([1000, 1e9]) },
        { admit: 'cost', admitCost: 0 },
      ];
      const worlds = [
        changed(world, 'protect', draw(guards)),
        changed(world, 'protect', Object.assign({}, ...guards)),
        changed(world, 'bloom', { enabled: true, expected: draw([0, 1, 1000]) }),
        changed(world, 'clients', { retries: draw([1, 10]) }),
        changed(world, 'invalidation', { pin: draw([1, 1e9]) }),
      ];
      expect(hashOf(draw(worlds))).toBe(hashOf(world));
    });
  });

  it('changes nothing: what takes care of old entries, where none grows old', () => {
    forCases('idle protections', (draw, seed) => {
      const world = changed(calmWorld(draw, seed), 'cache', { ttl: NEVER, jitter: 0 });
      const protect = draw([{ stale: draw([1, 1e9]) }, { early: draw([0.5, 100]) }]);
      expect(hashOf(changed(world, 'protect', protect))).toBe(hashOf(world));
    });
  });

  it('changes nothing: one flight a key where one flies at a time; and a lock costs its calls and saves no load', () => {
    forCases('one at a time', (draw, seed) => {
      const world = { ...oneAtATime(draw, seed, { capacity: draw([1, 5, 50]), ttl: '20ms' }), duration: 200_000 };
      expect(hashOf(changed(world, 'protect', { singleFlight: true }))).toBe(hashOf(world));
      const locked = totalsOf(changed(world, 'protect', { lock: true }));
      expect(locked.get('database.reads')).toBe(totalsOf(world).get('database.reads'));
    });
  });

  it('changes nothing: a channel on which nobody speaks, and a worker without work', () => {
    forCases('idle channels', (draw, seed) => {
      const world = calmWorld(draw, seed, { traffic: { readers: { rate: '300/s', count: draw([1, 20]) } } });
      const { invalidation } = world;
      const bus = { ...invalidation, broadcast: draw(['pubsub', 'stream'] as const) };
      expect(hashOf({ ...world, invalidation: bus })).toBe(hashOf(world));
      const feed = { ...invalidation, feed: draw(['queue', 'cdc'] as const) };
      expect(hashOf({ ...world, invalidation: feed })).toBe(hashOf(world));
      const behind = changed(world, 'pattern', {
        write: draw(['write-behind', 'write-through', 'write-around'] as const),
      });
      expect(hashOf(behind)).toBe(hashOf(world));
    });
  });

  it('changes nothing else: replicas that are down from the start', () => {
    forCases('idle replica', (draw, seed) => {
      const world = calmWorld(draw, seed);
      const replicas = draw([1, 2]);
      const faults = ['replica1', 'replica2'].slice(0, replicas).map((node) => ({ at: 0, do: 'kill' as const, node }));
      const idle = { ...changed(world, 'database', { replicas }), faults };
      expect(sameTotals(totalsOf(world), totalsOf(idle))).toEqual([]);
      expect(answersOf(idle)).toEqual(answersOf(world));
    });
  });
});

describe('two roads to the same thing', () => {
  it('replicas without a lag and the primary alone, where nobody waits', () => {
    forCases('replicas', (draw, seed) => {
      const world = calmWorld(draw, seed);
      const copies = changed(world, 'database', { replicas: draw([1, 3, 8]), replicaLag: 0 });
      expect(answersOf(copies)).toEqual(answersOf(world));
    });
  });

  it('a disk that takes no time, and memory for everything', () => {
    forCases('disk', (draw, seed) => {
      const world = calmWorld(draw, seed);
      const paged = changed(world, 'database', { bufferPages: draw([0, 1, 100]), pageRows: draw([1, 20]), disk: 0 });
      expect(answersOf(paged)).toEqual(answersOf(world));
      const slow = changed(paged, 'database', { bufferPages: NEVER, disk: 1e6 });
      expect(hashOf(slow)).toBe(hashOf(world));
    });
  });

  it('write-through and storing the new value; telling no cache and writing around it', () => {
    forCases('writes', (draw, seed) => {
      const world = calmWorld(draw, seed);
      const through = changed(world, 'pattern', { write: 'write-through' });
      expect(hashOf(changed(world, 'invalidation', { onWrite: 'update' }))).toBe(hashOf(through));
      const around = changed(world, 'pattern', { write: 'write-around' });
      expect(hashOf(changed(world, 'invalidation', { onWrite: 'none' }))).toBe(hashOf(around));
    });
  });

  it('comparing before storing, and just storing, where one does it at a time', () => {
    forCases('compare', (draw, seed) => {
      const world = { ...oneAtATime(draw, seed, { capacity: draw([1, 5, 50]) }, { writes: 0.2 }), duration: 200_000 };
      const by = (onWrite: 'update' | 'compare-and-set') => answersOf(changed(world, 'invalidation', { onWrite }));
      expect(by('compare-and-set')).toEqual(by('update'));
    });
  });

  it('a cache that loads and a server that loads miss the same keys, where one does it at a time', () => {
    forCases('through', (draw, seed) => {
      const world = {
        ...oneAtATime(draw, seed, { capacity: draw([1, 5, 50]), ttl: draw(['30ms', 'none']) }),
        duration: 200_000,
      };
      expect(missesOf(changed(world, 'pattern', { read: 'read-through' }))).toBe(missesOf(world));
    });
  });

  it('a check of the stock that can never fail, and none', () => {
    forCases('stock', (draw, seed) => {
      const world = calmWorld(draw, seed);
      const { readers } = world.traffic;
      const orders = { ...world, traffic: { readers: { ...readers, stock: 1_000_000 } } };
      expect(hashOf(changed(orders, 'database', { guard: true }))).toBe(hashOf(orders));
    });
  });

  it('batches of one row, and as many batches as rows', () => {
    forCases('batches', (draw, seed) => {
      const world = calmWorld(draw, seed);
      const behind = changed(changed(world, 'pattern', { write: 'write-behind' }), 'writeBehind', { count: 1 });
      const totals = totalsOf(behind);
      expect(totals.get('writes.batches')).toBe(totals.get('writes.flushed'));
    });
  });
});
