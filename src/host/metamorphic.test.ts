/**
 * Relations between two runs that must hold whatever the numbers: they need no closed form and catch what no single run
 * shows. A hundred drawn cases each.
 */
import { describe, expect, it } from 'vitest';
import { evictionIds, type Scenario } from '../scenario/schema.ts';
import { OP, OUTCOME } from '../spans/codes.ts';
import { type Row, timeColumns } from '../spans/columns.ts';
import {
  busyWorld,
  drawFor,
  forCases,
  hashOf,
  missesOf,
  oneAtATime,
  rowsOf,
  sameTotals,
  scenarioOf,
  totalsOf,
} from './relations.ts';

describe('what changes nothing', () => {
  it('the names on screen, the width of the windows, settings of what is switched off, and acts after the end', () => {
    forCases('nothing', (draw, seed) => {
      const world = busyWorld(draw, seed);
      const hash = hashOf(world);
      expect(hashOf({ ...world, keyName: 'menu', title: 'Other', topic: 'load', clock: '12:00:00' })).toBe(hash);
      expect(hashOf({ ...world, window: draw([10_000, 33_333, 3_600_000_000]) })).toBe(hash);
      expect(hashOf({ ...world, database: { ...world.database, sigma: 2.5 } })).toBe(hash);
      expect(hashOf({ ...world, faults: [{ at: 500_000, do: 'kill', node: 'redis', for: 1 }] })).toBe(hash);
      const off = { ...world, local: { ...world.local, enabled: false } };
      expect(hashOf({ ...off, local: { ...off.local, capacity: 7, ttl: 1234, lookup: 99, eviction: 'fifo' } })).toBe(
        hashOf(off),
      );
    });
  });

  it('a workload without arrivals, and restarting or flushing what is up or empty', () => {
    forCases('idle', (draw, seed) => {
      const world = busyWorld(draw, seed);
      const idle = scenarioOf(seed, {
        traffic: { aaa: { rate: '0/s', count: 1 }, zzz: { until: '0s', count: 1 } },
      }).traffic;
      // The idle ones have columns of their own, which stay empty.
      expect(sameTotals(totalsOf(world), totalsOf({ ...world, traffic: { ...idle, ...world.traffic } }))).toEqual([]);
      const acts: Scenario['faults'] = [
        { at: 0, do: 'flush' },
        { at: 0, do: 'expire', key: 0 },
        { at: 250_000, do: 'restart', node: 'database' },
        { at: 250_000, do: 'slow', node: 'redis', factor: 1 },
        { at: 250_000, do: 'burst', factor: 1, for: 1000 },
        { at: 250_000, do: 'set', path: 'cache.ttl', value: world.cache.ttl },
      ];
      expect(totalsOf({ ...world, faults: acts })).toEqual(totalsOf(world));
    });
  });

  it('a time to live beyond the end, against none', () => {
    forCases('ttl', (draw, seed) => {
      const world = busyWorld(draw, seed);
      const [none, long] = [Number.POSITIVE_INFINITY, 500_000].map((ttl) =>
        totalsOf({ ...world, cache: { ...world.cache, jitter: 0, ttl } }),
      );
      expect(long).toEqual(none);
    });
  });

  it('how one server is chosen when there is only one', () => {
    forCases('balancing', (draw, seed) => {
      const world = { ...busyWorld(draw, seed) };
      world.app = { ...world.app, servers: 1 };
      const hashes = (['round-robin', 'least-connections', 'random'] as const).map((policy) =>
        hashOf({ ...world, balancer: { ...world.balancer, policy } }),
      );
      expect(new Set(hashes).size).toBe(1);
    });
  });
});

describe('caches', () => {
  it('LRU misses do not rise with capacity', () => {
    forCases('capacity', (_draw, seed) => {
      const misses = [1, 2, 3, 8, 30].map((capacity) =>
        missesOf(oneAtATime(drawFor('keys', seed), seed, { capacity, eviction: 'lru' })),
      );
      expect(misses).toEqual([...misses].sort((a, b) => b - a));
    });
  });

  it('a cache that holds every key misses each exactly once, whatever it evicts by', () => {
    forCases('distinct', (draw, seed) => {
      const scenario = oneAtATime(draw, seed, {
        eviction: draw(evictionIds),
        capacity: 60,
      });
      const keys = new Set(rowsOf(scenario).flatMap((row) => (row.op === OP['cache.get'] ? [row.key] : [])));
      expect(missesOf(scenario)).toBe(keys.size);
    });
  });

  it('LRU is FIFO where no key comes twice', () => {
    forCases('scan', (draw, seed) => {
      const capacity = draw([1, 3, 50, 499, 500]);
      const [lru, fifo] = (['lru', 'fifo'] as const).map((eviction) =>
        hashOf(oneAtATime(drawFor('keys', seed), seed, { capacity, eviction }, { keys: 'scan', count: 1000 })),
      );
      expect(lru).toBe(fifo);
    });
  });

  it('LRU never hits in a loop that is one key longer than the cache, and always in one that fits', () => {
    forCases('loop', (draw, seed) => {
      const count = draw([2, 5, 17, 40]);
      const loop = (capacity: number) =>
        missesOf(oneAtATime(draw, seed, { capacity, eviction: 'lru' }, { keys: 'scan', count }));
      expect([loop(count - 1), loop(count)]).toEqual([499, count]);
    });
  });
});

describe('two runs of one seed', () => {
  it('that differ in time to live and capacity have the same arrivals, the same keys and the same luck', () => {
    forCases('luck', (draw, seed) => {
      const world = busyWorld(draw, seed);
      const open: Scenario = {
        ...world,
        local: { ...world.local, enabled: false },
        traffic: { readers: world.traffic.readers },
      };
      const a = rowsOf(open);
      const b = rowsOf({
        ...open,
        cache: { ...open.cache, ttl: draw([1000, 7777, 1e6]), capacity: draw([1, 7]), eviction: 'fifo' },
      });
      const wishes = (rows: Row[]) => {
        const roots = rows.filter((row) => row.op <= OP['request.write']);
        return new Map(roots.map((row) => [row.request, [row.start, row.op, row.key].join(' ')]));
      };
      const [ofA, ofB] = [wishes(a), wishes(b)];
      for (const [request, wish] of ofA) if (ofB.has(request)) expect(ofB.get(request)).toBe(wish);
      const served = (rows: Row[]) => {
        const done = rows.filter(
          (row) => row.op === OP['database.read'] && row.leave < Number.POSITIVE_INFINITY && row.service < row.leave,
        );
        return new Map(done.map((row) => [row.request, row.leave - row.service]));
      };
      const [servedA, servedB] = [served(a), served(b)];
      for (const [request, us] of servedA) if (servedB.has(request)) expect(servedB.get(request)).toBe(us);
    });
  });

  it('that differ in the number of servers have the same luck at the database', () => {
    forCases('servers', (draw, seed) => {
      const world = busyWorld(draw, seed);
      const open: Scenario = {
        ...world,
        pattern: { ...world.pattern, read: 'none', write: 'write-around' },
        local: { ...world.local, enabled: false },
        traffic: { readers: world.traffic.readers },
      };
      const served = (servers: number) => {
        const rows = rowsOf({ ...open, clients: { ...open.clients, timeout: 1e9 }, app: { ...open.app, servers } });
        return new Map(
          rows
            .filter((row) => row.op === OP['database.read'] && row.outcome === OUTCOME.ok)
            .map((row) => [row.request, row.leave - row.service]),
        );
      };
      const [one, five] = [served(1), served(5)];
      for (const [request, us] of one) if (five.has(request)) expect(five.get(request)).toBe(us);
    });
  });

  it('whose times are all twice as long take exactly twice as long, request by request', () => {
    forCases('scale', (draw, seed) => {
      const base = {
        gap: draw([500, 1000, 5000]),
        link: draw([0, 3, 100]),
        cpu: draw([0, 10, 700]),
        read: draw([0, 100, 9000]),
        ttl: draw([1000, 33_000]),
      };
      const servers = draw([1, 3]);
      const [slots, workers, pool, capacity] = [draw([1, 4]), draw([1, 8]), draw([1, 5]), draw([1, 5, 100])];
      const us = (time: number, by: number) => `${time * by}us`;
      const world = (by: number) =>
        scenarioOf(seed, {
          duration: us(500_000, by),
          traffic: { readers: { arrivals: 'constant', rate: `${1e6 / (base.gap * by)}/s`, count: 20, writes: 0.1 } },
          clients: { link: us(base.link, by), timeout: us(40_000, by) },
          balancer: { link: us(base.link, by) },
          app: { servers, workers, cpu: us(base.cpu, by) },
          cache: {
            link: us(base.link, by),
            command: us(10, by),
            timeout: us(2000, by),
            ttl: us(base.ttl, by),
            capacity,
          },
          database: {
            link: us(base.link, by),
            read: us(base.read, by),
            write: us(base.read, by),
            shape: 'constant',
            slots,
            pool,
            queue: 50,
            timeout: us(20_000, by),
          },
        });
      const [once, twice] = [rowsOf(world(1)), rowsOf(world(2))];
      expect(twice.length).toBe(once.length);
      once.forEach((row, index) => {
        for (const name of timeColumns)
          if (twice[index][name] !== row[name] * 2) expect([name, twice[index]]).toEqual([name, row]);
        expect([twice[index].request, twice[index].op, twice[index].outcome]).toEqual([
          row.request,
          row.op,
          row.outcome,
        ]);
      });
    });
  });
});
