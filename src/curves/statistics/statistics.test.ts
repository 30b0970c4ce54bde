import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { traceOf, zipfTrace } from '../exampleTraces.ts';
import { lruCurve } from '../lruCurve.ts';
import { finish } from '../Sliced.ts';
import { keysOverTime } from './keysOverTime.ts';
import { idealLfuHits, popularity } from './popularity.ts';
import { reuseDistances } from './reuseDistances.ts';
import { traceStatistics } from './traceStatistics.ts';
import { workingSet } from './workingSet.ts';
import { fitZipf, type ZipfFit } from './zipfFit.ts';

const empty = { ids: new Uint32Array(0), distinct: 0 };
const someKeys = fc.array(fc.nat(9), { minLength: 1, maxLength: 80 });

describe('popularity', () => {
  it('counts keys, hottest first', () => {
    const { counts, reached, hottest, oneHitWonders } = finish(popularity(traceOf('abracadabra')));
    expect([...counts]).toEqual([5, 2, 2, 1, 1]);
    expect([...reached]).toEqual([0, 5, 7, 9, 10, 11]);
    // a, b, r, c, d are numbered as they first appear.
    expect(hottest).toEqual([
      { id: 0, requests: 5 },
      { id: 1, requests: 2 },
      { id: 2, requests: 2 },
      { id: 3, requests: 1 },
      { id: 4, requests: 1 },
    ]);
    expect(oneHitWonders).toEqual({ keys: 2, shareOfKeys: 0.4, shareOfRequests: 2 / 11 });
  });

  it('sorts counts beyond the tally too', () => {
    const keys = [1, 4095, 4096, 4097, 9000, 9000].flatMap((count, key) => Array.from({ length: count }, () => key));
    expect([...finish(popularity(traceOf(keys))).counts]).toEqual([9000, 9000, 4097, 4096, 4095, 1]);
  });

  it('bounds what a cache of the hottest keys can do', () => {
    const ranks = finish(popularity(traceOf('abracadabra')));
    expect([0, 1, 3, 5, 99].map((size) => idealLfuHits(ranks, size))).toEqual([0, 5, 9, 11, 11]);
  });
});

describe('the Zipf fit', () => {
  const fit = (requests: number, keys: number, exponent: number, seed: number): ZipfFit =>
    finish(fitZipf(finish(popularity(zipfTrace(requests, keys, exponent, seed)))));

  it.each([
    [200_000, 10_000, 0.6],
    [200_000, 10_000, 0.8],
    [200_000, 2000, 1],
    [200_000, 50_000, 1],
    [200_000, 50_000, 1.2],
    [200_000, 10_000, 1.5],
    [200_000, 500, 0.4],
  ])(
    'finds the exponent of %i requests for %i keys with %f, within five standard errors',
    (requests, keys, exponent) => {
      for (const seed of [1, 2, 3]) {
        const found = fit(requests, keys, exponent, seed);
        if ('refused' in found) throw new Error(found.refused);
        expect(Math.abs(found.exponent - exponent) / found.standardError).toBeLessThan(5);
        expect(found.standardError).toBeLessThan(0.02);
        expect(found.distance).toBeLessThan(0.02);
        // The drawn line runs through the counts: the hottest key has its share of the requests.
        expect(found.scale).toBeGreaterThan(0);
      }
    },
  );

  it('says so where the law does not fit', () => {
    // Ten hot keys and a thousand lukewarm ones.
    const keys = Array.from({ length: 300_000 }, (_, i) => (i % 2 === 0 ? (i / 2) % 10 : 100 + (i % 2003)));
    const found = finish(fitZipf(finish(popularity(traceOf(keys)))));
    if (!('refused' in found)) expect(found.distance).toBeGreaterThan(0.1);
  });

  it('refuses where there is no order, or too few keys', () => {
    expect(fit(200_000, 2000, 0, 1)).toHaveProperty('refused');
    expect(fit(2000, 1000, 1, 1)).toHaveProperty('refused');
    expect(fit(10_000, 8, 1, 1)).toHaveProperty('refused', expect.stringMatching(/^only 8 different keys;/));
  });
});

describe('reuse distances', () => {
  it('are the slope of the LRU curve, in bars of doubling width', () => {
    // a b c a: 3; then a: 1; b: 3; d: new; c: 4.
    const { firstRequests, bars, median } = reuseDistances(finish(lruCurve(traceOf('abcaabdc'))));
    expect(firstRequests).toBe(4);
    expect(bars).toEqual([
      { from: 1, to: 1, requests: 1 },
      { from: 2, to: 3, requests: 2 },
      { from: 4, to: 4, requests: 1 },
    ]);
    expect(median).toBe(3);
    expect(reuseDistances(finish(lruCurve(traceOf('abc')))).median).toBeNull();
  });

  it('account for every request once', () => {
    fc.assert(
      fc.property(someKeys, (keys) => {
        const { firstRequests, bars } = reuseDistances(finish(lruCurve(traceOf(keys))));
        expect(firstRequests + bars.reduce((sum, { requests }) => sum + requests, 0)).toBe(keys.length);
      }),
    );
  });
});

describe('the working set', () => {
  it('is the number of different keys in the last requests', () => {
    fc.assert(
      fc.property(someKeys, fc.integer({ min: 1, max: 90 }), (keys, window) => {
        const result = finish(workingSet(traceOf(keys), window, keys.length));
        const slow = keys.map((_, i) => new Set(keys.slice(Math.max(0, i + 1 - window), i + 1)).size);
        expect(result.keys).toEqual(slow);
        expect(result.at).toEqual(keys.map((_, i) => i + 1));
        expect(result.mean).toBeCloseTo(slow.reduce((sum, size) => sum + size, 0) / slow.length, 9);
        expect(result.most).toBe(Math.max(...slow));
      }),
    );
  });

  it('is kept at few moments of a long trace', () => {
    const trace = zipfTrace(50_000, 5000, 0.8, 1);
    const { keys, at } = finish(workingSet(trace, 1000, 10));
    expect(at).toEqual([5000, 10_000, 15_000, 20_000, 25_000, 30_000, 35_000, 40_000, 45_000, 50_000]);
    expect(keys[4]).toBe(new Set(trace.ids.subarray(24_000, 25_000)).size);
    expect(() => finish(workingSet(trace, 0))).toThrow(RangeError);
    expect(() => finish(workingSet(empty, 10))).toThrow('without requests');
  });
});

describe('keys over time', () => {
  it('are new and different keys by stretch', () => {
    fc.assert(
      fc.property(someKeys, fc.integer({ min: 1, max: 90 }), (keys, stretches) => {
        const { ends, newKeys, keys: different, seen } = finish(keysOverTime(traceOf(keys), stretches));
        expect(ends).toHaveLength(Math.min(stretches, keys.length));
        ends.forEach((end, i) => {
          const part = keys.slice(i === 0 ? 0 : ends[i - 1], end);
          const before = new Set(keys.slice(0, end - part.length));
          expect(part.length).toBeGreaterThan(0);
          expect(different[i]).toBe(new Set(part).size);
          expect(newKeys[i]).toBe([...new Set(part)].filter((key) => !before.has(key)).length);
          expect(seen[i]).toBe(new Set(keys.slice(0, end)).size);
        });
        expect(ends.at(-1)).toBe(keys.length);
      }),
    );
    expect(() => finish(keysOverTime(empty))).toThrow('without requests');
    expect(() => finish(keysOverTime(traceOf('ab'), 0))).toThrow(RangeError);
  });
});

describe('all statistics', () => {
  it('come together, with progress that rises to the end', () => {
    const trace = zipfTrace(100_000, 5000, 1, 1);
    const work = traceStatistics(trace, finish(lruCurve(trace)));
    const shares: number[] = [];
    let step = work.next();
    for (; !step.done; step = work.next()) shares.push(step.value);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const { zipf, workingSet: set, keysOverTime: keys, reuse } = step.value;
    expect(zipf).toHaveProperty('exponent');
    expect(set.windowRequests).toBe(1000);
    expect(keys.seen.at(-1)).toBe(trace.distinct);
    expect(reuse.firstRequests).toBe(trace.distinct);
  });
});
