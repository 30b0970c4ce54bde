import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { AliasTable, zipfWeights } from '../random/Zipf.ts';
import { createPolicy, policies } from './index.ts';
import type { Policy, PolicyContext } from './Policy.ts';
import { twins } from './twins.ts';

const ids = policies.map((entry) => entry.id);

/** Policies that read nothing but the order of requests. */
const orderly = ids.filter((id) => id !== 'random');

function context(capacityEntries: number, seed = 1): PolicyContext {
  const stream = new Stream(seed, 'policy');
  return { capacityEntries, below: (n) => stream.below(n) };
}

/** A cache of `capacity` around a policy, which holds the policy to its contract and writes down all that happens. */
class Cache {
  hits = 0;
  readonly log: (number | string)[] = [];
  private readonly resident = new Set<number>();
  private readonly policy: Policy;
  private readonly capacity: number;

  constructor(policy: Policy, capacity: number) {
    this.policy = policy;
    this.capacity = capacity;
  }

  request(id: number): void {
    if (this.resident.has(id)) {
      this.hits++;
      this.log.push('hit');
      this.policy.touch(id);
      return;
    }
    if (this.resident.size === this.capacity) {
      const [foretold] = this.policy.order(1);
      const victim = this.policy.evict();
      this.log.push(victim);
      if (foretold !== undefined && foretold !== victim) throw new Error(`order foretold ${foretold}, ${victim} went`);
      if (victim === -1) return;
      if (!this.resident.delete(victim)) throw new Error(`${victim} evicted without being there`);
    }
    this.resident.add(id);
    this.policy.insert(id);
  }

  drop(id: number): void {
    if (this.resident.delete(id)) this.policy.remove(id);
  }

  flush(): void {
    this.resident.clear();
    this.policy.clear();
  }

  order(): void {
    this.log.push(this.policy.order(5).join());
  }
}

function hitsOf(id: string, capacity: number, trace: Iterable<number>, seed = 1): number {
  const cache = new Cache(createPolicy(id, context(capacity, seed)), capacity);
  for (const key of trace) cache.request(key);
  return cache.hits;
}

/** Requests for few keys, the low ones more often, so that every capacity sees hits, ties and evictions. */
const trace = fc.array(
  fc.tuple(fc.nat(29), fc.nat(29)).map(([a, b]) => Math.min(a, b)),
  { minLength: 1, maxLength: 400 },
);
const capacities = fc.integer({ min: 1, max: 20 });

describe.each(ids)('%s', (id) => {
  const step = fc.oneof(
    { weight: 30, arbitrary: fc.tuple(fc.constant('request'), fc.nat(29)) },
    { weight: 3, arbitrary: fc.tuple(fc.constant('drop'), fc.nat(29)) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('flush'), fc.constant(0)) },
  );

  it('equals its textbook twin to the last hit, victim and order, with deletions and flushes between', () => {
    const run = fc.property(fc.array(step, { maxLength: 300 }), capacities, fc.integer(), (steps, capacity, seed) => {
      const [fast, slow] = [createPolicy, (name: string, made: PolicyContext) => twins[name](made)].map((create) => {
        const cache = new Cache(create(id, context(capacity, seed)), capacity);
        for (const [verb, key] of steps) {
          if (verb === 'request') cache.request(key);
          else if (verb === 'drop') cache.drop(key);
          else cache.flush();
          cache.order();
        }
        return cache;
      });
      expect(fast.hits).toBe(slow.hits);
      expect(fast.log).toEqual(slow.log);
    });
    fc.assert(run, { numRuns: 1000 });
  });

  it('hits whatever was seen before when nothing need leave', () => {
    fc.assert(
      fc.property(trace, (keys) => {
        expect(hitsOf(id, 30, keys)).toBe(keys.length - new Set(keys).size);
      }),
      { numRuns: 200 },
    );
  });

  it('has nobody to evict when it holds nobody', () => {
    const policy = createPolicy(id, context(3));
    expect(policy.evict()).toBe(-1);
    policy.insert(4);
    policy.clear();
    expect([policy.evict(), policy.order(5)]).toEqual([-1, []]);
  });

  it('says for itself what it is and where it comes from', () => {
    const entry = policies.find((candidate) => candidate.id === id);
    expect(entry?.summary).toMatch(/\.$/);
    expect(entry?.source.length).toBeGreaterThan(20);
  });
});

describe('relabelling the keys', () => {
  it.each(orderly)('changes no hit of %s', (id) => {
    fc.assert(
      fc.property(trace, capacities, fc.integer({ min: 0, max: 29 }), (keys, capacity, shift) => {
        // 701 apart, so that arrays must grow; turned and reversed, so that ids keep no order.
        const renamed = keys.map((key) => 701 * (29 - ((key + shift) % 30)));
        expect(hitsOf(id, capacity, renamed)).toBe(hitsOf(id, capacity, keys));
      }),
      { numRuns: 300 },
    );
  });
});

describe('known rows', () => {
  const belady = [1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5];

  // Belady, Nelson and Shedler, "An anomaly in space-time characteristics of certain programs running in a paging machine", CACM 1969.
  it.each([
    ['fifo', 3, 9],
    ['fifo', 4, 10],
    ['lru', 3, 10],
    ['lru', 4, 8],
  ])('%s with %i frames faults on the string of Belady’s anomaly %i times', (id, frames, faults) => {
    expect(belady.length - hitsOf(id, frames, belady)).toBe(faults);
  });

  it.each(['lru', 'fifo'])('%s never hits on a loop one key longer than the cache', (id) => {
    for (const capacity of [1, 2, 7, 20]) {
      const loop = Array.from({ length: 50 * (capacity + 1) }, (_, i) => i % (capacity + 1));
      expect(hitsOf(id, capacity, loop)).toBe(0);
      expect(hitsOf(id, capacity + 1, loop)).toBe(49 * (capacity + 1));
    }
  });

  it('lru misses never rise with capacity', () => {
    fc.assert(
      fc.property(trace, (keys) => {
        let last = 0;
        for (let capacity = 1; capacity <= 20; capacity++) {
          const hits = hitsOf('lru', capacity, keys);
          expect(hits).toBeGreaterThanOrEqual(last);
          last = hits;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('lfu keeps the often used, breaks ties by least recent use, and forgets counts on leaving', () => {
    const policy = createPolicy('lfu', context(4));
    for (const id of [1, 2, 3, 4]) policy.insert(id);
    for (const id of [1, 1, 2, 3, 2]) policy.touch(id);
    expect(policy.order(9)).toEqual([4, 3, 1, 2]);
    policy.remove(1);
    policy.insert(1);
    expect(policy.order(9)).toEqual([4, 1, 3, 2]);
    expect(policy.order(2)).toEqual([4, 1]);
  });

  it('ttl-only keeps those who came first and refuses the rest', () => {
    expect(hitsOf('ttl-only', 2, [1, 2, 3, 3, 1, 4, 2])).toBe(2);
  });

  it('random evicts each resident as often', () => {
    const counts = new Float64Array(10);
    for (let round = 0; round < 20000; round++) {
      const policy = createPolicy('random', context(10, round));
      for (let id = 0; id < 10; id++) policy.insert(id);
      policy.touch(3);
      counts[policy.evict()]++;
    }
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(20000 * 0.1 * 0.9));
  });
});

describe('steady state under independent references', () => {
  // Five keys at Zipf 1, two places. LRU: King, IFIP 1971. FIFO and random share one product form: Gelenbe, IEEE Trans. Computers 1973.
  it.each([
    ['lru', 0.518885],
    ['fifo', 0.50365],
    ['random', 0.50365],
  ])('%s hits %f of the time', (id, hitRatio) => {
    const [batches, batchSize] = [200, 3000];
    const keys = new AliasTable(zipfWeights(5, 1));
    const stream = new Stream(2, 'keys');
    const cache = new Cache(createPolicy(id, context(2)), 2);
    let [sum, squares] = [0, 0];
    for (let batch = 0; batch < batches; batch++) {
      const before = cache.hits;
      for (let i = 0; i < batchSize; i++) cache.request(keys.sample(stream));
      const ratio = (cache.hits - before) / batchSize;
      sum += ratio;
      squares += ratio * ratio;
    }
    const mean = sum / batches;
    const sd = Math.sqrt((squares / batches - mean * mean) / batches);
    // LRU and FIFO are 0.015 apart, so five deviations tell them apart.
    expect(sd).toBeLessThan(0.0015);
    expect(Math.abs(mean - hitRatio)).toBeLessThan(5 * sd + 1e-6);
  });
});

describe('the registry', () => {
  it('has each id once', () => {
    expect(ids).toEqual(['lru', 'fifo', 'lfu', 'random', 'ttl-only']);
  });

  it.each([
    ['lur', 'lru'],
    ['FIFO', 'fifo'],
    ['randon', 'random'],
    ['ttlonly', 'ttl-only'],
  ])('asked for %s, names %s', (wrong, meant) => {
    expect(() => createPolicy(wrong, context(1))).toThrow(`no eviction policy '${wrong}'; did you mean '${meant}'?`);
  });

  it('answers anything else with an error too', () => {
    for (const wrong of ['', '__proto__', 'constructor', 'x'.repeat(100000)]) {
      expect(() => createPolicy(wrong, context(1))).toThrow(RangeError);
    }
  });
});
