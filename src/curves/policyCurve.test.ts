import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allPolicies } from '../policies/allPolicies.ts';
import { replayTrace } from '../replay/replay.ts';
import { costOf } from './costOf.ts';
import { traceOf, zipfTrace } from './exampleTraces.ts';
import { lruCurve } from './lruCurve.ts';
import { checkPolicy, type CurvePoint, policyCurve } from './policyCurve.ts';
import { finish } from './Sliced.ts';
import { coarseFirst, placeOf, sizesOf } from './sizes.ts';

describe('the curve of any policy', () => {
  const trace = zipfTrace(40_000, 3000, 0.9, 2);

  it('is a replay at each size, in order, and tells each point when it is known', () => {
    const sizes = [700, 3, 50, 50, trace.distinct];
    const told: CurvePoint[] = [];
    const shares: number[] = [];
    const work = policyCurve(trace, 'fifo', sizes);
    let points: CurvePoint[] = [];
    for (;;) {
      const step = work.next();
      if (step.done) {
        points = step.value;
        break;
      }
      shares.push(step.value.share);
      if (step.value.point) told.push(step.value.point);
    }
    expect(points.map(({ sizeEntries }) => sizeEntries)).toEqual([3, 50, 700, trace.distinct]);
    for (const { sizeEntries, hits, requests, hitRatio } of points) {
      expect(hits).toBe(replayTrace(trace, 'fifo', sizeEntries).hits);
      expect([requests, hitRatio]).toEqual([40_000, hits / 40_000]);
    }
    expect(told.toSorted((a, b) => a.sizeEntries - b.sizeEntries)).toEqual(points);
    expect(told[0].sizeEntries).toBe(trace.distinct);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('agrees with the one-pass curve where the policy is LRU', () => {
    const { hits } = finish(lruCurve(trace));
    const sizes = sizesOf({ points: 12, scale: 'log', most: trace.distinct });
    for (const point of finish(policyCurve(trace, 'lru', sizes))) expect(point.hits).toBe(hits[point.sizeEntries]);
  });

  it('needs no more than a cold start once everything fits, whatever the policy', () => {
    for (const { id } of allPolicies) {
      const [point] = finish(policyCurve(trace, id, [trace.distinct]));
      // Nobody evicts before the cache is full.
      expect([id, point.hits]).toEqual([id, trace.ids.length - trace.distinct]);
    }
  });

  it('stays under what an ideal LFU gets from independent draws, unless it knows the future', () => {
    const [keys, requests, size] = [1000, 60_000, 100];
    const drawn = zipfTrace(requests, keys, 0.9, 4);
    let [top, all] = [0, 0];
    for (let rank = 1; rank <= keys; rank++) {
      const weight = rank ** -0.9;
      all += weight;
      if (rank <= size) top += weight;
    }
    const bound = top / all + 5 * Math.sqrt(0.25 / requests);
    const online = allPolicies.filter(({ offline }) => !offline);
    expect(online.length).toBeGreaterThanOrEqual(5);
    for (const { id } of online) expect(replayTrace(drawn, id, size).hits / requests).toBeLessThan(bound);
    expect(bound).toBeLessThan(0.75);
  });

  it('refuses what would mislead', () => {
    const empty = { ids: new Uint32Array(0), distinct: 0 };
    expect(() => finish(policyCurve(empty, 'lru', [1]))).toThrow('without requests');
    expect(() => finish(policyCurve(trace, 'lru', [trace.distinct + 1]))).toThrow('can change nothing');
    expect(() => finish(policyCurve(trace, 'lru', [0]))).toThrow('whole number');
    expect(() => finish(policyCurve(trace, 'lru', [2.5]))).toThrow('whole number');
    expect(() => finish(policyCurve(trace, 'lur', [2]))).toThrow("did you mean 'lru'");
  });

  it.runIf(allPolicies.some(({ offline }) => offline))('gives no ceiling without the future', () => {
    const { id } = allPolicies.find(({ offline }) => offline) ?? { id: '' };
    expect(() => checkPolicy(id, false)).toThrow('no future, no bound');
    expect(() => finish(policyCurve(trace, id, [5], { futureKnown: false }))).toThrow('no future, no bound');
    expect(() => checkPolicy(id, true)).not.toThrow();
  });

  it('has a cost for every policy, LRU the least', () => {
    for (const { id } of allPolicies) expect([id, costOf(id) >= costOf('lru')]).toEqual([id, true]);
    expect(costOf('belady')).toBeGreaterThan(costOf('fifo'));
  });
});

describe('sizes', () => {
  it('are distinct whole numbers in order, ending at the largest, as many as asked for where there are so many', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 3_000_000 }),
        fc.nat(500),
        fc.constantFrom('linear' as const, 'log' as const),
        (points, most, offset, scale) => {
          const least = Math.max(1, most - offset) === most ? 1 : Math.min(most, 1 + offset);
          const sizes = sizesOf({ points, scale, most, least });
          expect(sizes).toHaveLength(Math.min(points, most - least + 1));
          expect(sizes.at(-1)).toBe(most);
          expect(sizes.every((size, i) => Number.isInteger(size) && size >= (i === 0 ? least : sizes[i - 1] + 1))).toBe(
            true,
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are evenly spread on their scale', () => {
    expect(sizesOf({ points: 5, scale: 'linear', most: 1000 })).toEqual([200, 400, 600, 800, 1000]);
    expect(sizesOf({ points: 4, scale: 'log', most: 1000 })).toEqual([1, 10, 100, 1000]);
    expect(sizesOf({ points: 7, scale: 'log', most: 20 })).toEqual([1, 2, 3, 5, 8, 13, 20]);
    expect(sizesOf({ points: 9, scale: 'log', most: 3 })).toEqual([1, 2, 3]);
    expect(placeOf(10, { scale: 'log', most: 1000 })).toBeCloseTo(1 / 3, 12);
    expect(placeOf(500, { scale: 'linear', most: 999 })).toBeCloseTo(0.5, 12);
  });

  it('are not made of nonsense', () => {
    for (const points of [0, -1, 1.5, NaN])
      expect(() => sizesOf({ points, scale: 'log', most: 10 })).toThrow(RangeError);
    expect(() => sizesOf({ points: 3, scale: 'log', most: 10, least: 11 })).toThrow(RangeError);
    expect(() => sizesOf({ points: 3, scale: 'log', most: 0 })).toThrow(RangeError);
  });

  it('are visited coarse first, each once', () => {
    expect(coarseFirst(5)).toEqual([4, 0, 2, 1, 3]);
    for (let count = 0; count <= 40; count++)
      expect(coarseFirst(count).toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
  });
});

describe('a trace with no repeats', () => {
  it('has a curve that is zero everywhere', () => {
    const { hits } = finish(lruCurve(traceOf([5, 4, 3, 2, 1])));
    expect([...hits]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
