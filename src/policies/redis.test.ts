import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { AliasTable, zipfWeights } from '../random/Zipf.ts';
import { policyEntry } from './allPolicies.ts';
import type { Policy, PolicyContext } from './Policy.ts';
import { RedisLfu } from './redisLfu.ts';
import { RedisLru } from './redisLru.ts';
import { twins } from './twins/index.ts';
import { redisTwin } from './twins/redis.ts';
import type { Twin } from './twins/Twin.ts';

const never = Number.POSITIVE_INFINITY;
const ids = [
  'redis-noeviction',
  ...['lru', 'lfu', 'random'].flatMap((rank) => [`redis-allkeys-${rank}`, `redis-volatile-${rank}`]),
  'redis-volatile-ttl',
];

/** The world of one policy: its clock, its luck, and when keys expire. */
function contextOf(capacityEntries: number, seed = 1) {
  const stream = new Stream(seed, 'policy');
  const expiries = new Map<number, number>();
  const context: PolicyContext = {
    capacityEntries,
    below: (n) => stream.below(n),
    clock: { nowUs: 0 },
    requestIntervalUs: 0,
    expiresUs: (id) => expiries.get(id) ?? never,
  };
  return { context, expiries };
}

/** Does what the steps say to a cache around a policy; returns what happened. */
function logOf(
  make: (context: PolicyContext) => Twin,
  steps: readonly Step[],
  capacity: number,
  seed: number,
): string[] {
  const { context, expiries } = contextOf(capacity, seed);
  const policy = make(context);
  const resident = new Set<number>();
  let capacityNow = capacity;
  const log: string[] = [];
  const evict = (newcomer: number): boolean => {
    const victim = policy.evict(newcomer);
    log.push(`${newcomer} for ${victim}`);
    if (victim >= 0 && !resident.delete(victim)) throw new Error(`${victim} evicted without being there`);
    return victim >= 0;
  };
  for (const { verb, key, amount } of steps) {
    if (verb === 'wait') context.clock.nowUs += [1, 400_000, 1e6, 3e6, 70e6, 400e6, 1e12, 20e12][amount];
    else if (verb === 'drop' && resident.delete(key)) policy.remove(key);
    else if (verb === 'flush') {
      resident.clear();
      policy.clear();
    } else if (verb === 'resize') {
      capacityNow = 1 + amount * 3;
      policy.resize(capacityNow);
      while (resident.size > capacityNow && evict(-1));
    } else if (verb === 'use' || verb === 'store') {
      if (verb === 'store') expiries.set(key, amount < 4 ? never : context.clock.nowUs + amount * 1e6);
      if (resident.has(key)) policy.touch(key);
      else if (verb === 'store' && (resident.size < capacityNow || evict(key))) {
        resident.add(key);
        policy.insert(key);
      }
    }
  }
  return log;
}

interface Step {
  verb: string;
  key: number;
  amount: number;
}

const steps = fc.array(
  fc.record({
    verb: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom('use', 'use', 'store') },
      { weight: 6, arbitrary: fc.constantFrom('wait', 'drop') },
      { weight: 1, arbitrary: fc.constantFrom('flush', 'resize') },
    ),
    key: fc.nat(39),
    amount: fc.nat(7),
  }),
  { maxLength: 300 },
);
const capacities = fc.integer({ min: 1, max: 20 });

describe.each(ids)('%s', (id) => {
  it('chooses as its twin does, while time passes and keys come, go, and change their expiry', () => {
    const property = fc.property(steps, capacities, fc.integer(), (all, capacity, seed) => {
      const fast = logOf((context) => policyEntry(id).create(context), all, capacity, seed);
      expect(fast).toEqual(logOf(twins[id], all, capacity, seed));
    });
    fc.assert(property, { numRuns: 400 });
  });

  it('replays a trace in pieces as requests one by one, on a clock that moves', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(39), { maxLength: 400 }), capacities, fc.nat(400), (keys, capacity, cut) => {
        const [alone, guided] = [contextOf(capacity), contextOf(capacity)];
        for (const { context, expiries } of [alone, guided]) {
          context.requestIntervalUs = 700_000;
          for (let key = 0; key < 40; key += 2) expiries.set(key, 1e9 + ((key * 7) % 40));
        }
        const trace = Uint32Array.from(keys);
        const whole = policyEntry(id).create(alone.context);
        const middle = Math.min(cut, keys.length);
        const hits = whole.replay(trace, 0, middle) + whole.replay(trace, middle, keys.length);
        const policy = twins[id](guided.context);
        const resident = new Set<number>();
        let counted = 0;
        for (const key of keys) {
          guided.context.clock.nowUs += 700_000;
          if (resident.has(key)) {
            counted++;
            policy.touch(key);
            continue;
          }
          const victim = resident.size < capacity ? -1 : policy.evict(key);
          if (resident.size === capacity && victim === -1) continue;
          resident.delete(victim);
          resident.add(key);
          policy.insert(key);
        }
        expect(hits).toBe(counted);
      }),
      { numRuns: 100 },
    );
  });

  it('shows every key that it holds, once, and whom it has in mind', () => {
    const { context, expiries } = contextOf(12);
    for (const key of [1, 3, 5, 7, 9, 11]) expiries.set(key, 90e6);
    const policy = policyEntry(id).create(context);
    for (let key = 0; key < 12; key++) policy.insert(key);
    context.clock.nowUs = 61e6;
    policy.touch(4);
    const victim = policy.evict(12);
    const { lists } = policy.inspect();
    const shown = lists[0].cells.map((cell) => cell.id).sort((a, b) => a - b);
    expect(shown).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].filter((key) => key !== victim));
    expect(lists[0].cells.find((cell) => cell.id !== victim && cell.id % 2 === 1)?.marks).toContainEqual({
      name: 'ttl',
      value: 29,
    });
    const sample = lists.find((list) => list.id === 'sample');
    if (id === 'redis-noeviction') expect([victim, sample]).toEqual([-1, undefined]);
    else expect(sample?.cells.length).toBe(id.endsWith('random') ? 1 : 5);
    if (/volatile/.test(id)) expect(sample?.cells.every((cell) => cell.id % 2 === 1)).toBe(true);
    const pool = lists.find((list) => list.id === 'pool');
    if (pool !== undefined) expect(pool.cells.length).toBe(4);
    expect(structuredClone(policy.inspect())).toEqual(policy.inspect());
  });
});

describe('what is sampled', () => {
  it.each([1, 2, 10])('%i keys at a time choose as the twin does', (samples) => {
    const property = fc.property(steps, capacities, fc.integer(), (all, capacity, seed) => {
      for (const scope of ['allkeys', 'volatile'] as const) {
        const options = { onlyVolatile: scope === 'volatile', samples };
        const lru = logOf((context) => new RedisLru(context, options), all, capacity, seed);
        expect(lru).toEqual(logOf(redisTwin({ scope, rank: 'lru', samples }), all, capacity, seed));
        const lfu = logOf((context) => new RedisLfu(context, { ...options, logFactor: 1 }), all, capacity, seed);
        expect(lfu).toEqual(logOf(redisTwin({ scope, rank: 'lfu', samples, logFactor: 1 }), all, capacity, seed));
      }
    });
    fc.assert(property, { numRuns: 150 });
  });

  it('is distinct, and each key as likely', () => {
    const counts = new Float64Array(12);
    for (let seed = 0; seed < 6000; seed++) {
      const policy = policyEntry('redis-allkeys-lru').create(contextOf(12, seed).context);
      for (let key = 0; key < 12; key++) policy.insert(key);
      policy.evict(-1);
      const drawn = policy.inspect().lists[1].cells.map((cell) => cell.id);
      expect(new Set(drawn).size).toBe(5);
      for (const key of drawn) counts[key]++;
    }
    const [mean, share] = [2500, 5 / 12];
    for (const count of counts) expect(Math.abs(count - mean)).toBeLessThan(5 * Math.sqrt(6000 * share * (1 - share)));
  });
});

describe('the pool', () => {
  it('remembers those who have gone, passes them over, and holds sixteen', () => {
    const { context } = contextOf(100);
    const policy = policyEntry('redis-allkeys-lru').create(context);
    for (let key = 0; key < 100; key++) {
      context.clock.nowUs = key * 1e6;
      policy.insert(key);
    }
    const gone: number[] = [];
    for (let round = 0; round < 8; round++) gone.push(policy.evict(-1));
    const pool = () => policy.inspect().lists[2].cells;
    // Sixteen, and the victim has just left it.
    expect(pool().length).toBe(15);
    const idle = pool().map((cell) => cell.marks[0].value);
    expect(idle).toEqual([...idle].sort((a, b) => b - a));
    const [best, second] = pool().map((cell) => cell.id);
    policy.remove(best);
    expect(pool()[0]).toEqual({ id: best, marks: [expect.anything(), { name: 'gone', value: 1 }] });
    const victim = policy.evict(-1);
    // The next draw may have met somebody who has been idle for longer.
    expect(victim).toBeLessThanOrEqual(second);
    expect(gone).not.toContain(victim);
  });

  it('ranks by what it knew when it sampled: a key that was used since goes nevertheless', () => {
    const { context } = contextOf(5);
    const policy = policyEntry('redis-allkeys-lru').create(context);
    for (let key = 0; key < 5; key++) {
      policy.insert(key);
      context.clock.nowUs += 1e6;
    }
    expect(policy.evict(-1)).toBe(0);
    policy.touch(1);
    expect(policy.evict(-1)).toBe(1);
  });
});

describe('clocks and counters', () => {
  const marksOf = (policy: Policy, id: number) =>
    Object.fromEntries(
      (policy.inspect().lists[0].cells.find((cell) => cell.id === id)?.marks ?? []).map(({ name, value }) => [
        name,
        value,
      ]),
    );

  it('idle time counts whole ticks of a clock of seconds, which begins anew after 2^24', () => {
    const { context } = contextOf(5);
    context.clock.nowUs = 16_777_213_900_000;
    const policy = policyEntry('redis-allkeys-lru').create(context);
    policy.insert(1);
    const idleAfter = (us: number) => {
      context.clock.nowUs = 16_777_213_900_000 + us;
      return marksOf(policy, 1).idle;
    };
    expect([0, 99_999, 100_000, 1_100_000, 2_100_000].map(idleAfter)).toEqual([0, 0, 1, 2, 2]);
  });

  it('a counter begins at 5, falls by one a minute when read, and keeps the fall only on a use', () => {
    const { context } = contextOf(5);
    const policy = new RedisLfu(context, { onlyVolatile: false });
    policy.insert(1);
    expect(marksOf(policy, 1).counter).toBe(5);
    policy.touch(1);
    expect(marksOf(policy, 1).counter).toBe(6);
    const counterAt = (us: number) => {
      context.clock.nowUs = us;
      return marksOf(policy, 1).counter;
    };
    expect([59e6, 60e6, 180e6, 600e6, 60e6].map(counterAt)).toEqual([6, 5, 3, 0, 5]);
    context.clock.nowUs = 240e6;
    policy.touch(1);
    expect([240e6, 300e6].map(counterAt)).toEqual([3, 2]);
  });

  // Redis documentation, "Key eviction": with factor 10, 100 hits bring a counter to 10, 1,000 to 18, 100,000 to 142, a million to 255.
  it.each([
    [100, 10, 1.5],
    [1000, 18, 2],
    [100_000, 142, 6],
    [1_000_000, 255, 0],
  ])('after %i uses a counter stands near %i', (uses, expected, tolerance) => {
    const seeds = uses > 100_000 ? 1 : 20;
    let sum = 0;
    for (let seed = 0; seed < seeds; seed++) {
      const policy = new RedisLfu(contextOf(5, seed).context, { onlyVolatile: false });
      policy.insert(1);
      for (let use = 0; use < uses; use++) policy.touch(1);
      sum += marksOf(policy, 1).counter;
    }
    expect(Math.abs(sum / seeds - expected)).toBeLessThanOrEqual(tolerance);
  });
});

describe('recorded hit ratios', () => {
  const [requests, keyCount] = [200_000, 20_000];
  const [mebibyte, emptyServer] = [1_048_576, 0.87];
  /** Keys that fitted into the memory stated in the recordings, with and without a time to live. */
  const fits = { plain: 7228, volatile: 6302, fiveMegabytes: 14_283 };

  it('came from a server whose keys take 309 bytes, 354 with a time to live', () => {
    const room = (3 - emptyServer) * mebibyte;
    expect(Math.floor(room / 309)).toBe(fits.plain);
    expect(Math.abs(room / 354 / fits.volatile - 1)).toBeLessThan(0.002);
  });

  /** The workload: Zipf 0.9; half way popularity is dealt out anew where it `shifts`. */
  function traceOf(seed: number, shifts: boolean): Uint32Array {
    const stream = new Stream(seed, 'keys');
    const ranks = new AliasTable(zipfWeights(keyCount, 0.9));
    const keys = Uint32Array.from({ length: keyCount }, (_, rank) => rank);
    return Uint32Array.from({ length: requests }, (_, request) => {
      for (let left = shifts && request === requests / 2 ? keyCount : 0; left > 1; left--) {
        const place = stream.below(left);
        [keys[left - 1], keys[place]] = [keys[place], keys[left - 1]];
      }
      return keys[ranks.sample(stream)];
    });
  }
  const traces = [false, true].map((shifts) => [1, 2, 3].map((seed) => traceOf(seed, shifts)));

  type Make = (context: PolicyContext) => Policy;
  const named =
    (id: string): Make =>
    (context) =>
      policyEntry(`redis-${id}`).create(context);
  const lru =
    (samples: number): Make =>
    (context) =>
      new RedisLru(context, { onlyVolatile: false, samples });

  /** Hit ratios of all and of the last half, 2,000 requests a second, for each of three seeds. */
  function ratios(make: Make, capacityEntries: number, shifts: boolean) {
    return traces[Number(shifts)].map((trace, index) => {
      const { context } = contextOf(capacityEntries, index);
      // Times to live that end after the run, spread evenly and without regard to popularity.
      const expiries = Float64Array.from(
        { length: keyCount },
        (_, id) => 1e9 + ((id * 7919 + 10_000) % keyCount) * 1e4,
      );
      const isVolatile = capacityEntries === fits.volatile;
      const policy = make({
        ...context,
        requestIntervalUs: 500,
        expiresUs: (id) => (isVolatile ? expiries[id] : never),
      });
      const first = policy.replay(trace, 0, requests / 2);
      const last = policy.replay(trace, requests / 2, requests);
      return { all: (first + last) / requests, last: (2 * last) / requests };
    });
  }

  // Recorded from redis-server 7.0.15 with values of 200 bytes; their spread from run to run is 0.003.
  it.each<[name: string, keys: number, all: number, last: number | null, make: Make, shifts?: boolean]>([
    ['allkeys-lfu', fits.plain, 0.79, 0.807, named('allkeys-lfu')],
    ['allkeys-lfu, factor 1', fits.plain, 0.794, null, (c) => new RedisLfu(c, { onlyVolatile: false, logFactor: 1 })],
    ['noeviction', fits.plain, 0.779, 0.792, named('noeviction')],
    ['allkeys-lru', fits.plain, 0.775, 0.786, named('allkeys-lru')],
    ['allkeys-lru, 1 sample', fits.plain, 0.739, null, lru(1)],
    ['allkeys-lru, 10 samples', fits.plain, 0.777, null, lru(10)],
    ['allkeys-random', fits.plain, 0.742, 0.748, named('allkeys-random')],
    ['volatile-lfu', fits.volatile, 0.771, 0.785, named('volatile-lfu')],
    ['volatile-lru', fits.volatile, 0.752, 0.761, named('volatile-lru')],
    ['volatile-random', fits.volatile, 0.717, 0.72, named('volatile-random')],
    ['volatile-ttl', fits.volatile, 0.663, 0.648, named('volatile-ttl')],
    ['allkeys-lfu, 5 MB', fits.fiveMegabytes, 0.886, null, named('allkeys-lfu')],
    ['allkeys-lru, 5 MB', fits.fiveMegabytes, 0.885, null, named('allkeys-lru')],
    ['allkeys-random, 5 MB', fits.fiveMegabytes, 0.875, null, named('allkeys-random')],
    ['allkeys-lfu, shifted', fits.plain, 0.77, 0.768, named('allkeys-lfu'), true],
    ['allkeys-lru, shifted', fits.plain, 0.768, 0.775, named('allkeys-lru'), true],
    ['allkeys-random, shifted', fits.plain, 0.736, null, named('allkeys-random'), true],
  ])('%s with %i keys hits %f', (name, keys, all, last, make, shifts = false) => {
    const found = ratios(make, keys, shifts);
    const mean = (of: 'all' | 'last') => found.reduce((sum, ratio) => sum + ratio[of], 0) / found.length;
    expect(Math.abs(mean('all') - all)).toBeLessThan(0.006);
    // With one sample even draws are known to land 0.006 from Redis's walk along its buckets.
    for (const ratio of found)
      expect(Math.abs(ratio.all - all)).toBeLessThan(name.includes('1 sample') ? 0.0075 : 0.006);
    if (last !== null) expect(Math.abs(mean('last') - last)).toBeLessThan(0.006);
  });

  it('a clock that ticks once a second tells less at ten times the rate', () => {
    const [trace] = traces[0];
    const at = (requestIntervalUs: number) =>
      named('allkeys-lru')({ ...contextOf(fits.plain).context, requestIntervalUs }).replay(trace, 0, requests) /
      requests;
    expect(Math.abs(at(50) - 0.771)).toBeLessThan(0.006);
    expect(at(500)).toBeGreaterThan(at(50));
  });
});
