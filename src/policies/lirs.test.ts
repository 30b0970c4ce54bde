import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lirs } from './lirs.ts';
import { DrivenCache, testContext } from './twins/DrivenCache.ts';

describe('LIRS', () => {
  it('keeps its stack: a LIR entry at the bottom, residents and bounds as they should be', () => {
    const key = fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => Math.min(a, b));
    const verb = fc.oneof(
      { weight: 40, arbitrary: fc.constant('request' as const) },
      { weight: 2, arbitrary: fc.constantFrom('drop' as const, 'resize' as const) },
    );
    const capacities = fc.integer({ min: 1, max: 12 });
    const steps = fc.array(fc.record({ verb, key, amount: capacities }), { maxLength: 400, size: 'max' });
    let bounded = 0;
    const run = fc.property(steps, capacities, (todo, first) => {
      let capacity = first;
      const context = testContext(capacity);
      const cache = new DrivenCache(lirs.create(context), context);
      for (const step of todo) {
        if (step.verb === 'resize') capacity = step.amount;
        cache.perform(step);
        const { lists, gauges } = cache.policy.inspect();
        const [stack, lir, queue] = lists.map(({ cells }) => cells);
        const isMarked = (cell: (typeof stack)[number], name: string) =>
          cell.marks.some((mark) => mark.name === name && mark.value === 1);
        const gone = stack.filter((cell) => !isMarked(cell, 'resident'));
        const low = new Set(lir.map(({ id }) => id));
        const kept = [
          lir.length === 0 || isMarked(stack[stack.length - 1], 'lir'),
          lir.length <= Math.floor(0.99 * capacity),
          lir.length + queue.length === cache.resident.size,
          queue.every(({ id }) => !low.has(id)),
          gone.every(({ id }) => !cache.resident.has(id)),
          gone.length === gauges[0].value && gone.length <= 2 * capacity,
        ];
        if (kept.includes(false)) expect(kept).toEqual(kept.map(() => true));
        if (gone.length === 2 * capacity) bounded++;
      }
    });
    fc.assert(run, { numRuns: 150 });
    expect(bounded).toBeGreaterThan(10);
  });

  it('hits on a loop that is longer than the cache, where LRU never does', () => {
    const policy = lirs.create(testContext(100));
    const loop = Uint32Array.from({ length: 150 * 20 }, (_, i) => i % 150);
    // The LIR entries stay, 99 of them, in each of the nineteen rounds after the first.
    expect(policy.replay(loop, 0, loop.length)).toBe(19 * 99);
  });

  it('remembers the newcomer that room is made for, though its place among the forgotten has come', () => {
    const policy = lirs.create(testContext(2));
    for (const id of [0, 1]) policy.insert(id);
    for (const id of [2, 3, 4, 5]) {
      policy.evict(id);
      policy.insert(id);
    }
    const stackIds = () => policy.inspect().lists[0].cells.map(({ id }) => id);
    // The four non-resident keys that there may be; 1 went first.
    expect(stackIds()).toEqual([5, 4, 3, 2, 1, 0]);
    policy.evict(1);
    policy.insert(1);
    expect(policy.inspect().lists[1].cells.map(({ id }) => id)).toEqual([1]);
  });
});
