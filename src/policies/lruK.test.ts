import { describe, expect, it } from 'vitest';
import { lruK } from './lruK.ts';
import { testContext } from './twins/DrivenCache.ts';

const names = (policy: ReturnType<typeof lruK.create>, list: number): number[] =>
  policy.inspect().lists[list].cells.map(({ id }) => id);

describe('LRU-2', () => {
  it('evicts those used once first, then by the last use but one', () => {
    // A capacity of three makes a period of none.
    const policy = lruK.create(testContext(3));
    for (const id of [1, 2, 3]) policy.insert(id);
    for (const id of [1, 2, 1]) policy.touch(id);
    // 3 was used once. The last use but one of 2 was the second request, that of 1 the fourth.
    expect(policy.order(9)).toEqual([3, 2, 1]);
  });

  it('counts uses within a quarter of the capacity of the last as one, and spares whoever was just used', () => {
    const policy = lruK.create(testContext(8));
    policy.insert(1);
    policy.insert(2);
    policy.touch(1);
    expect(names(policy, 0)).toEqual([1, 2]);
    for (const id of [3, 4, 5]) policy.insert(id);
    // Two requests after its own second one, 1 would have been used twice; it was used once.
    expect(names(policy, 1)).toEqual([2, 1, 3]);
    policy.touch(1);
    expect(policy.order(9)).toEqual([2, 3, 4, 5, 1]);
  });

  it('remembers as many evicted keys as it has entries: who comes back in time has two uses', () => {
    const policy = lruK.create(testContext(2));
    for (const id of [1, 2]) policy.insert(id);
    for (const id of [3, 1]) {
      policy.evict(id);
      policy.insert(id);
    }
    expect(names(policy, 3)).toEqual([2]);
    // 3 was used once, 1 at the first request and now.
    expect(policy.order(9)).toEqual([3, 1]);
    expect(policy.inspect().lists[2].cells).toEqual([
      {
        id: 1,
        marks: [
          { name: 'last', value: 4 },
          { name: 'second', value: 1 },
        ],
      },
    ]);
  });

  it('keeps what is used over a scan of what is not', () => {
    const hot = [1, 2, 3, 4];
    const policy = lruK.create(testContext(8));
    const rounds = [...hot, ...hot, ...hot];
    const scan = Array.from({ length: 100 }, (_, i) => 10 + i);
    const ids = Uint32Array.from([...rounds, ...scan, ...hot]);
    expect(policy.replay(ids, 0, ids.length)).toBe(8 + 4);
  });
});
