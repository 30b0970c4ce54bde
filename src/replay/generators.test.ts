import { describe, expect, it } from 'vitest';
import { murmur3Bytes } from '../random/murmur3.ts';
import { generateTrace, generating, generatorIds } from './generators.ts';
import { replayTrace } from './replay.ts';

const hashOf = (ids: Uint32Array): number => {
  const bytes: number[] = [];
  for (const id of ids) bytes.push(id & 255, (id >> 8) & 255, (id >> 16) & 255, id >>> 24);
  return murmur3Bytes(bytes, 0);
};
const lruRatio = (id: Parameters<typeof generateTrace>[0], size: number): number => {
  const trace = generateTrace(id, 20_000, 1);
  return replayTrace(trace, 'lru', size).hits / 20_000;
};

describe('generated traces', () => {
  it.each([
    ['zipf', 1774, 577919168],
    ['loop', 1000, 1047530688],
    ['scan', 3756, 3775182577],
    ['shift', 1981, 1411249775],
    ['recency', 2004, 3826001884],
    ['mixed', 4864, 2668474598],
  ] as const)('%s is the same as ever', (id, distinct, hash) => {
    const trace = generateTrace(id, 20_000, 1);
    expect([trace.distinct, hashOf(trace.ids)]).toEqual([distinct, hash]);
  });

  it.each(generatorIds)('%s numbers its ids by first appearance, has any length, and another seed', (id) => {
    for (const requests of [1, 2, 3, 19, 1000]) {
      const { ids, distinct } = generateTrace(id, requests, 3);
      let next = 0;
      for (const one of ids) {
        expect(one).toBeLessThanOrEqual(next);
        if (one === next) next++;
      }
      expect([ids.length, next]).toEqual([requests, distinct]);
    }
    const other = generateTrace(id, 1000, 4).ids;
    if (id !== 'loop') expect(other).not.toEqual(generateTrace(id, 1000, 3).ids);
  });

  it('is what its name says', () => {
    // LRU misses a whole loop until it fits, and then misses each key once.
    expect(lruRatio('loop', 999)).toBe(0);
    expect(lruRatio('loop', 1000)).toBe(0.95);
    // A while back is equally likely in each octave: 16 of 20,000 requests back is 4.08 of 14.3 octaves, less at the start.
    expect(lruRatio('recency', 16)).toBeGreaterThan(0.25);
    // Keys of a scan are not seen again, so each is a miss.
    const { ids, distinct } = generateTrace('scan', 20_000, 1);
    const counts = new Uint32Array(distinct);
    for (const id of ids) counts[id]++;
    expect(counts.filter((count) => count === 1).length).toBeGreaterThanOrEqual(2000);
    // In the shifted tenth other keys are the popular ones.
    const shifted = generateTrace('shift', 20_000, 1).ids;
    const top = (from: number): number => {
      const seen = new Uint32Array(2000);
      for (const id of shifted.subarray(from, from + 2000)) seen[id]++;
      return seen.indexOf(Math.max(...seen));
    };
    expect(new Set(Array.from({ length: 10 }, (_, phase) => top(phase * 2000))).size).toBe(10);
  });

  it('comes in slices, and asks for what makes sense', () => {
    const work = generating('zipf', 40_000, 1);
    expect([work.next().value, work.next().value, work.next().value]).toEqual([16_384 / 40_000, 32_768 / 40_000, 1]);
    expect(work.next().done).toBe(true);
    for (const requests of [0, -1, 1.5, 10_000_001, Number.NaN]) {
      expect(() => generateTrace('zipf', requests, 1)).toThrow(RangeError);
    }
    expect(() => generateTrace('nope' as 'zipf', 5, 1)).toThrow(/expected zipf/);
  });
});
