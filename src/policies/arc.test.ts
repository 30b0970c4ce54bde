import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arc } from './arc.ts';
import type { Policy } from './Policy.ts';
import { DrivenCache, testContext } from './twins/DrivenCache.ts';

/** The ids of each list, newest first, and the target. */
function inside(policy: Policy): { t1: number[]; t2: number[]; b1: number[]; b2: number[]; p: number } {
  const { lists, gauges } = policy.inspect();
  const [t1, t2, b1, b2] = lists.map(({ cells }) => cells.map(({ id }) => id));
  return { t1, t2, b1, b2, p: gauges[0].value };
}

/** A cache of four in which 1 2 were used twice and 3 4 once, then 5 6 pushed 3 4 out of t1: b1 = 4 3. */
function worked(): Policy {
  const policy = arc.create(testContext(4));
  for (const id of [1, 2]) policy.insert(id);
  for (const id of [1, 2]) policy.touch(id);
  for (const id of [3, 4]) policy.insert(id);
  for (const id of [5, 6]) {
    policy.evict(id);
    policy.insert(id);
  }
  return policy;
}

describe('ARC', () => {
  it('works an example by hand', () => {
    const policy = worked();
    expect(inside(policy)).toEqual({ t1: [6, 5], t2: [2, 1], b1: [4, 3], b2: [], p: 0 });
    // A ghost of b1: the target rises by one, t1 still has more than that, and the ghost comes back to t2.
    expect(policy.evict(3)).toBe(5);
    policy.insert(3);
    expect(inside(policy)).toEqual({ t1: [6], t2: [3, 2, 1], b1: [5, 4], b2: [], p: 1 });
    // Again: now t1 is below its target and t2 gives one up.
    expect(policy.evict(4)).toBe(1);
    policy.insert(4);
    expect(inside(policy)).toEqual({ t1: [6], t2: [4, 3, 2], b1: [5], b2: [1], p: 2 });
    // A ghost of b2: the target falls by one to the size of t1, and at the tie t1 gives one up.
    expect(policy.evict(1)).toBe(6);
    policy.insert(1);
    expect(inside(policy)).toEqual({ t1: [], t2: [1, 4, 3, 2], b1: [6, 5], b2: [], p: 1 });
  });

  it('moves the target by the real ratio of the ghost lists, by one at least, and never out of [0, c]', () => {
    let [fractions, ups, downs] = [0, 0, 0];
    const key = fc.tuple(fc.nat(30), fc.nat(30)).map(([a, b]) => Math.min(a, b));
    const run = fc.property(
      fc.array(key, { maxLength: 500, size: 'max' }),
      fc.integer({ min: 2, max: 12 }),
      (keys, capacity) => {
        const context = testContext(capacity);
        const cache = new DrivenCache(arc.create(context), context);
        for (const id of keys) {
          const { b1, b2, p } = inside(cache.policy);
          cache.request(id);
          let wanted = p;
          if (b1.includes(id)) wanted = Math.min(capacity, p + Math.max(1, b2.length / b1.length));
          else if (b2.includes(id)) wanted = Math.max(0, p - Math.max(1, b1.length / b2.length));
          const { p: learnt } = inside(cache.policy);
          if (learnt !== wanted) expect(learnt).toBe(wanted);
          if (wanted !== Math.floor(wanted)) fractions++;
          if (wanted > p) ups++;
          if (wanted < p) downs++;
        }
      },
    );
    fc.assert(run, { numRuns: 200 });
    for (const count of [fractions, ups, downs]) expect(count).toBeGreaterThan(50);
  });

  it('learns once from a newcomer, however many must make room for it, and also where nobody must', () => {
    const once = worked();
    once.evict(3);
    const often = worked();
    for (let i = 0; i < 3; i++) often.evict(3);
    const never = worked();
    never.remove(5);
    never.insert(3);
    for (const policy of [once, often, never]) expect(inside(policy).p).toBe(1);
    often.insert(3);
    expect(inside(often)).toEqual({ t1: [6], t2: [3], b1: [5, 4], b2: [2, 1], p: 1 });
  });

  it('keeps the bounds of the paper: |t1| + |b1| ≤ c, all four ≤ 2c, p in [0, c]', () => {
    const key = fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => Math.min(a, b));
    const verb = fc.oneof(
      { weight: 40, arbitrary: fc.constant('request' as const) },
      { weight: 2, arbitrary: fc.constantFrom('drop' as const, 'resize' as const) },
    );
    const capacities = fc.integer({ min: 1, max: 6 });
    const steps = fc.array(fc.record({ verb, key, amount: capacities }), { maxLength: 400, size: 'max' });
    let fullest = 0;
    const run = fc.property(steps, capacities, (todo, first) => {
      let capacity = first;
      const context = testContext(capacity);
      const cache = new DrivenCache(arc.create(context), context);
      for (const step of todo) {
        if (step.verb === 'resize') capacity = step.amount;
        cache.perform(step);
        const { t1, t2, b1, b2, p } = inside(cache.policy);
        const all = t1.length + t2.length + b1.length + b2.length;
        const isKept = t1.length + b1.length <= capacity && all <= 2 * capacity && p >= 0 && p <= capacity;
        if (!isKept) expect({ t1, t2, b1, b2, p }).toBe(`within the bounds of ${capacity}`);
        if (all === 2 * capacity) fullest++;
      }
    });
    fc.assert(run, { numRuns: 200 });
    expect(fullest).toBeGreaterThan(100);
  });
});
