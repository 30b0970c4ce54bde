import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { allPolicies, createAnyPolicy } from './allPolicies.ts';
import type { Policy } from './Policy.ts';
import { DrivenCache, requestsOf, type Step, testContext } from './twins/DrivenCache.ts';
import { twins } from './twins/index.ts';

const ids = allPolicies.map((entry) => entry.id);

/** Policies that place keys by a hash of them, or that say so of the draws that they make. */
const hashed = /^w-tinylfu|^redis-/;

/** Policies that turn newcomers away: no bound on those who must take everybody in holds for them. */
const refusing = ['ttl-only', 'redis-noeviction'];

function hitsOf(id: string, capacity: number, trace: readonly number[], seed = 1): number {
  const context = testContext(capacity, trace, seed);
  return createAnyPolicy(id, context).replay(Uint32Array.from(trace), 0, trace.length);
}

const key = fc.tuple(fc.nat(29), fc.nat(29)).map(([a, b]) => Math.min(a, b));

/** Requests for few keys, the low ones more often, so that every capacity sees hits, ties and evictions. */
const trace = fc.array(key, { minLength: 1, maxLength: 400 });
const capacities = fc.integer({ min: 1, max: 20 });

const verb: fc.Arbitrary<Step['verb']> = fc.oneof(
  { weight: 60, arbitrary: fc.constant('request' as const) },
  { weight: 6, arbitrary: fc.constant('drop' as const) },
  { weight: 1, arbitrary: fc.constantFrom('flush' as const, 'resize' as const) },
);
const steps: fc.Arbitrary<Step[]> = fc.array(fc.record({ verb, key, amount: capacities }), { maxLength: 300 });

/** All that can be seen of a policy. */
function seen(policy: Policy): unknown {
  return [policy.order(30), policy.inspect()];
}

describe.each(ids)('%s', (id) => {
  it('equals its textbook twin to the last hit, victim and order, with deletions, flushes and other sizes between', () => {
    const run = fc.property(steps, capacities, fc.integer(), (todo, capacity, seed) => {
      const [fast, slow] = [
        createAnyPolicy,
        (name: string, ...made: Parameters<(typeof twins)['']>) => twins[name](...made),
      ].map((create) => {
        const context = testContext(capacity, requestsOf(todo), seed);
        const cache = new DrivenCache(create(id, context), context);
        for (const step of todo) cache.perform(step);
        return cache;
      });
      expect(fast.hits).toBe(slow.hits);
      expect(fast.log).toEqual(slow.log);
    });
    fc.assert(run, { numRuns: 150 });
  });

  it.each([1, 2, 7, 20])('hits as often as its twin over 4,000 requests for 60 keys with %i places', (capacity) => {
    const stream = new Stream(capacity, 'keys');
    const keys = Array.from({ length: 4000 }, () => Math.min(stream.below(60), stream.below(60)));
    const context = testContext(capacity, keys);
    const slow = new DrivenCache(twins[id](context), context);
    for (const one of keys) slow.request(one);
    expect(hitsOf(id, capacity, keys)).toBe(slow.hits);
  });

  it('replays as it is driven, however the requests are cut', () => {
    const cuts = fc.array(fc.nat(400), { maxLength: 3 });
    const run = fc.property(trace, capacities, cuts, fc.integer(), (keys, capacity, places, seed) => {
      const [driven, replayed] = [testContext(capacity, keys, seed), testContext(capacity, keys, seed)];
      const cache = new DrivenCache(createAnyPolicy(id, driven), driven);
      const policy = createAnyPolicy(id, replayed);
      const all = Uint32Array.from(keys);
      let [from, hits] = [0, 0];
      for (const place of [...places, keys.length].sort((a, b) => a - b)) {
        const to = Math.min(place, keys.length);
        hits += policy.replay(all, from, to);
        for (; from < to; from++) cache.request(keys[from]);
        expect(hits).toBe(cache.hits);
      }
      expect(replayed.clock).toEqual(driven.clock);
      expect(seen(policy)).toEqual(seen(cache.policy));
      // What the loop left behind must do for deletions and evictions too.
      for (const one of [...cache.resident].slice(0, 3)) {
        policy.remove(one);
        cache.policy.remove(one);
      }
      for (let left = 0; left < 5; left++) expect(policy.evict(-1)).toBe(cache.policy.evict(-1));
      expect(seen(policy)).toEqual(seen(cache.policy));
    });
    fc.assert(run, { numRuns: 150 });
  });

  it('hits whatever was seen before when nothing need leave', () => {
    const run = fc.property(trace, (keys) => {
      expect(hitsOf(id, 30, keys)).toBe(keys.length - new Set(keys).size);
    });
    fc.assert(run, { numRuns: 50 });
  });

  it('leaves in the order that it foretells', () => {
    const run = fc.property(trace, capacities, (keys, capacity) => {
      const context = testContext(capacity, keys);
      const policy = createAnyPolicy(id, context);
      policy.replay(Uint32Array.from(keys), 0, keys.length);
      const order = policy.order(Infinity);
      expect(order.map(() => policy.evict(-1))).toEqual(order);
    });
    fc.assert(run, { numRuns: 100 });
  });

  it('shows exactly its residents, each list within its limit', () => {
    const run = fc.property(steps, capacities, (todo, capacity) => {
      const context = testContext(capacity, requestsOf(todo));
      const policy = createAnyPolicy(id, context);
      const cache = new DrivenCache(policy, context);
      for (const step of todo) cache.perform(step);
      const { lists } = policy.inspect();
      const residents = lists
        .filter(({ kind }) => kind === 'resident')
        .flatMap(({ cells }) => cells.map((cell) => cell.id));
      expect(new Set(residents)).toEqual(cache.resident);
      expect(new Set(lists.map((list) => list.id)).size).toBe(lists.length);
      for (const { cells, hand, kind } of lists) {
        if (kind === 'resident' || kind === 'ghost')
          expect(new Set(cells.map((cell) => cell.id)).size).toBe(cells.length);
        if (hand !== null) expect(cells[hand]).toBeDefined();
        if (kind === 'ghost') expect(cells.filter((cell) => cache.resident.has(cell.id))).toEqual([]);
      }
      expect(structuredClone(lists)).toEqual(lists);
    });
    fc.assert(run, { numRuns: 100 });
  });

  it('has nobody to evict when it holds nobody', () => {
    const policy = createAnyPolicy(id, testContext(3, [4]));
    expect(policy.evict(-1)).toBe(-1);
    policy.insert(4);
    policy.clear();
    expect([policy.evict(-1), policy.order(5)]).toEqual([-1, []]);
  });

  it('says for itself what it is and where it comes from', () => {
    const entry = allPolicies.find((candidate) => candidate.id === id);
    expect(entry?.summary).toMatch(/\.$/);
    expect(entry?.source.length).toBeGreaterThan(20);
  });
});

describe('relabelling the keys', () => {
  it.each(ids.filter((id) => !hashed.test(id)))('changes no hit of %s', (id) => {
    const run = fc.property(trace, capacities, fc.integer({ min: 0, max: 29 }), (keys, capacity, shift) => {
      // 701 apart, so that arrays must grow; turned and reversed, so that ids keep no order.
      const renamed = keys.map((one) => 701 * (29 - ((one + shift) % 30)));
      expect(hitsOf(id, capacity, renamed)).toBe(hitsOf(id, capacity, keys));
    });
    fc.assert(run, { numRuns: 100 });
  });
});

describe('Belady’s bound', () => {
  it.each(ids.filter((id) => !refusing.includes(id)))('is never beaten by %s', (id) => {
    const run = fc.property(trace, capacities, (keys, capacity) => {
      // Every key expires, so that the volatile policies have candidates.
      const odd = keys.map((one) => 3 * one + 1);
      expect(hitsOf(id, capacity, odd)).toBeLessThanOrEqual(hitsOf('belady', capacity, odd));
    });
    fc.assert(run, { numRuns: 100 });
  });

  it.each(['lru', 'belady'])('and %s never hits less with more room', (id) => {
    const run = fc.property(trace, (keys) => {
      let last = 0;
      for (let capacity = 1; capacity <= 20; capacity++) {
        const hits = hitsOf(id, capacity, keys);
        expect(hits).toBeGreaterThanOrEqual(last);
        last = hits;
      }
    });
    fc.assert(run, { numRuns: 100 });
  });
});

describe('SIEVE', () => {
  it('evicts whom LFU evicts until its hand starts again from the tail', () => {
    let compared = 0;
    const run = fc.property(trace, capacities, (keys, capacity) => {
      const [sieve, lfu] = ['sieve', 'lfu'].map((id) => createAnyPolicy(id, testContext(capacity)));
      const resident = new Set<number>();
      let isPast = false;
      for (const one of keys) {
        if (resident.has(one)) {
          sieve.touch(one);
          lfu.touch(one);
          continue;
        }
        if (resident.size === capacity) {
          // Newest first: the hand goes from its cell to the front, and starts again where nobody on its way is unvisited.
          const [{ cells, hand }] = sieve.inspect().lists;
          const way = cells.slice(0, (hand ?? -1) + 1);
          if (isPast || way.every((cell) => cell.marks[0].value === 1)) return;
          const victim = sieve.evict(one);
          expect(lfu.evict(one)).toBe(victim);
          resident.delete(victim);
          isPast = victim === cells[0].id;
          compared++;
        }
        sieve.insert(one);
        lfu.insert(one);
        resident.add(one);
      }
    });
    fc.assert(run, { numRuns: 500 });
    expect(compared).toBeGreaterThan(100);
  });
});
