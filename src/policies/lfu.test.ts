import { describe, expect, it } from 'vitest';
import { lfu } from './lfu.ts';
import { testContext } from './twins/DrivenCache.ts';

describe('LFU', () => {
  it('keeps the often used, breaks ties by least recent use, and forgets counts on leaving', () => {
    const policy = lfu.create(testContext(4));
    for (const id of [1, 2, 3, 4]) policy.insert(id);
    for (const id of [1, 1, 2, 3, 2]) policy.touch(id);
    expect(policy.order(9)).toEqual([4, 3, 1, 2]);
    policy.remove(1);
    policy.insert(1);
    expect(policy.order(9)).toEqual([4, 1, 3, 2]);
    expect(policy.order(2)).toEqual([4, 1]);
  });

  it('keeps its lists when ids and counts outgrow their room, in whichever order', () => {
    const policy = lfu.create(testContext(5));
    policy.insert(0);
    policy.insert(7);
    for (let i = 0; i < 2000; i++) policy.touch(0);
    policy.insert(100_000);
    for (let i = 0; i < 9000; i++) policy.touch(7);
    policy.insert(5_000_000);
    policy.touch(100_000);
    expect(policy.order(9)).toEqual([5_000_000, 100_000, 0, 7]);
    expect(policy.inspect().lists[0].cells.map(({ marks }) => marks[0].value)).toEqual([1, 2, 2001, 9001]);
    policy.clear();
    policy.insert(7);
    policy.insert(0);
    expect(policy.order(9)).toEqual([7, 0]);
  });
});
