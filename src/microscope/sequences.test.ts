import { describe, expect, it } from 'vitest';
import { policyEntry } from '../policies/allPolicies.ts';
import { readSequence } from './readSequence.ts';
import { exampleSequences } from './sequences.ts';
import { capacityLimits, firstDifference, tracePolicy } from './tracePolicy.ts';

function example(id: string) {
  const found = exampleSequences.find((one) => one.id === id);
  if (found === undefined) throw new RangeError(`no example ${id}`);
  return found;
}

function trace(id: string, policy: string, capacity = example(id).capacity) {
  return tracePolicy(policyEntry(policy), { sequence: readSequence(example(id).text), capacity, seed: 1 });
}

const hits = (id: string, policy: string, capacity?: number): number | undefined =>
  trace(id, policy, capacity).hits.at(-1);

describe('every example', () => {
  it.each(exampleSequences.map((one) => [one.id, one] as const))('%s can be read, drawn and told apart', (id, one) => {
    const { ids, problem } = readSequence(one.text);
    expect(problem).toBeNull();
    expect(ids.length).toBeGreaterThan(10);
    expect(ids.length).toBeLessThanOrEqual(40);
    expect(one.capacity).toBeGreaterThanOrEqual(capacityLimits.least);
    expect(one.capacity).toBeLessThanOrEqual(capacityLimits.most);
    expect(one.policies.length).toBeGreaterThanOrEqual(2);
    expect(new Set(one.policies).size).toBe(one.policies.length);
    const different = firstDifference(one.policies.map((policy) => trace(id, policy)));
    expect(different).toBeGreaterThan(0);
  });

  it('has a name of its own', () => {
    for (const field of ['id', 'title', 'text', 'look'] as const)
      expect(new Set(exampleSequences.map((one) => one[field])).size).toBe(exampleSequences.length);
  });
});

describe('what the examples are said to show', () => {
  it.each([
    ['scan-poisons-lru', { lru: 9, arc: 12, 's3-fifo': 12, belady: 12 }],
    ['recency', { fifo: 7, lru: 9, clock: 9, belady: 9 }],
    ['frequency', { lru: 4, lfu: 10, sieve: 10, belady: 10 }],
    ['loop', { lru: 0, lirs: 12, belady: 15 }],
    ['one-hit-wonders', { lru: 4, 's3-fifo': 6, 'w-tinylfu': 8, belady: 8 }],
    ['duel', { 'w-tinylfu': 6, lru: 7, belady: 8 }],
    ['shift', { lru: 27, arc: 25, lfu: 9, belady: 27 }],
    ['old-star', { lfu: 12, 'lfu-aging': 23, lru: 27 }],
    ['second-chance', { fifo: 4, clock: 6, sieve: 6 }],
    ['belady-anomaly', { fifo: 3, lru: 2 }],
    ['scan', { lru: 0, 'w-tinylfu': 0, belady: 0 }],
  ])('%s: %o hits', (id, expected) => {
    for (const [policy, count] of Object.entries(expected)) expect([policy, hits(id, policy)]).toEqual([policy, count]);
  });

  it('the anomaly: FIFO hits less often with a fourth slot, LRU does not', () => {
    expect(hits('belady-anomaly', 'fifo', 4)).toBe(2);
    expect(hits('belady-anomaly', 'lru', 4)).toBe(4);
  });

  it('the loop: LRU always lets go of the key that comes next; lots do better for most seeds', () => {
    const { ids } = readSequence(example('loop').text);
    const gone = trace('loop', 'lru').steps.filter(({ victim }) => victim >= 0);
    // At the last access no key comes next.
    for (const { victim, at } of gone.slice(0, -1)) expect(victim).toBe(ids[at + 1]);
    const lucky = Array.from({ length: 50 }, (_, seed) =>
      tracePolicy(policyEntry('random'), { sequence: readSequence(example('loop').text), capacity: 4, seed }),
    ).filter(({ hits: all }) => (all.at(-1) ?? 0) > 5);
    expect(lucky.length).toBeGreaterThan(40);
  });

  it('the border: p of ARC goes up and comes down', () => {
    const p = trace('arc-border', 'arc').insides.map(({ gauges }) => gauges[0].value);
    expect(p.some((value, at) => at > 0 && value > p[at - 1])).toBe(true);
    expect(p.some((value, at) => at > 0 && value < p[at - 1])).toBe(true);
  });

  it('the duel: D loses, ties and loses, and wins', () => {
    const said = trace('duel', 'w-tinylfu').steps.flatMap(({ sentences }) => sentences);
    const ofD = said.filter((sentence) => sentence.startsWith('D was seen'));
    expect(ofD.map((sentence) => sentence.replace(/.*: /, ''))).toEqual([
      'A stays and D goes.',
      'A stays and D goes.',
      'D is let in and A goes.',
    ]);
    expect(ofD[1]).toContain('a tie goes to who is inside');
  });

  it('the wonders: with W-TinyLFU A and B never go', () => {
    const { names } = readSequence(example('one-hit-wonders').text);
    const gone = trace('one-hit-wonders', 'w-tinylfu').steps.map(({ victim }) => names[victim]);
    expect(gone.filter((key) => key === 'A' || key === 'B')).toEqual([]);
  });

  it('the lots: Redis takes mostly, but not always, whom LRU takes', () => {
    const [exact, drawn] = ['lru', 'redis-allkeys-lru'].map((policy) => trace('redis-lots', policy).steps);
    const firsts = exact.filter(({ victim }, at) => victim >= 0 && victim === drawn[at].victim).length;
    const all = exact.filter(({ victim }) => victim >= 0).length;
    expect(firsts).toBeGreaterThan(0);
    expect(firsts).toBeLessThan(all);
  });
});
