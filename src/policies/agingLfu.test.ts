import { describe, expect, it } from 'vitest';
import { agingLfu } from './agingLfu.ts';
import { lfu } from './lfu.ts';
import { testContext } from './twins/DrivenCache.ts';

describe('LFU with ageing', () => {
  it('lets the old star go where LFU never does', () => {
    // One key is asked for a thousand times, then never; after that four keys take turns that a cache of four could hold.
    const star = Array.from({ length: 1000 }, () => 0);
    const turns = Array.from({ length: 10_000 }, (_, i) => 1 + (i % 4));
    const ids = Uint32Array.from([...star, ...turns]);
    const [aged, stuck] = [agingLfu, lfu].map((entry) => entry.create(testContext(4)));
    const [agedHits, stuckHits] = [aged, stuck].map((policy) => policy.replay(ids, 0, ids.length));
    expect(stuck.order(9)).toContain(0);
    expect(aged.order(9)).toEqual(expect.arrayContaining([1, 2, 3, 4]));
    expect(agedHits - stuckHits).toBeGreaterThan(2000);
  });

  it('raises its age to the rank of the victim, and starts newcomers from there', () => {
    const policy = agingLfu.create(testContext(2));
    policy.insert(1);
    for (let i = 0; i < 5; i++) policy.touch(1);
    policy.insert(2);
    policy.touch(2);
    expect(policy.evict(-1)).toBe(2);
    policy.insert(3);
    const { lists, gauges } = policy.inspect();
    expect(gauges[0].value).toBe(2);
    expect(lists[0].cells.map(({ id, marks }) => [id, marks[0].value, marks[1].value])).toEqual([
      [3, 1, 3],
      [1, 6, 6],
    ]);
  });

  it('has room for counts higher than its first ring of ranks', () => {
    const policy = agingLfu.create(testContext(3));
    for (const id of [1, 2, 3]) policy.insert(id);
    for (let i = 0; i < 5000; i++) policy.touch(2);
    for (let i = 0; i < 3000; i++) policy.touch(1);
    expect(policy.order(9)).toEqual([3, 1, 2]);
    expect([policy.evict(-1), policy.evict(-1), policy.evict(-1), policy.evict(-1)]).toEqual([3, 1, 2, -1]);
    expect(policy.inspect().gauges[0].value).toBe(5001);
  });
});
