import { describe, expect, it } from 'vitest';
import { traceOf } from './exampleTraces.ts';
import { kneeOf, ratioAt, sizeForShare, whatMoreBuys } from './knee.ts';
import { lruCurve } from './lruCurve.ts';
import { finish } from './Sliced.ts';

const curveOf = (ratio: (size: number) => number, most: number) =>
  Array.from({ length: most }, (_, i) => ({ sizeEntries: i + 1, hitRatio: ratio(i + 1) }));

describe('the knee', () => {
  it('is where a bent line bends', () => {
    const knee = kneeOf(curveOf((size) => (size <= 30 ? size * 0.02 : 0.6 + (size - 30) * 0.001), 100));
    expect(knee).toMatchObject({ sizeEntries: 30, hitRatio: 0.6 });
    expect(knee?.sharpness).toBeCloseTo(0.6 / 0.67 - 0.3, 12);
  });

  it('is where the slope is the mean slope, on a square root: a quarter of the size', () => {
    expect(kneeOf(curveOf((size) => Math.sqrt(size / 4000), 1000))?.sizeEntries).toBe(250);
  });

  it('is the length of a loop that LRU cannot hold before', () => {
    // 40 keys over and over, then some that never come again: nothing up to 40 entries, then all.
    const keys = Array.from({ length: 800 }, (_, i) => i % 40).concat(Array.from({ length: 100 }, (_, i) => 100 + i));
    const { hits, requests, distinct } = finish(lruCurve(traceOf(keys)));
    expect(kneeOf(curveOf((size) => hits[size] / requests, distinct))?.sizeEntries).toBe(40);
  });

  it('is not there where each entry buys as much as the last, or ever more, or nothing', () => {
    expect(kneeOf(curveOf((size) => size / 100, 100))).toBeNull();
    expect(kneeOf(curveOf((size) => (size * size) / 1e4, 100))).toBeNull();
    expect(kneeOf(curveOf(() => 0, 100))).toBeNull();
    expect(kneeOf([])).toBeNull();
  });
});

describe('more memory', () => {
  const curve = [
    { sizeEntries: 100, hitRatio: 0.5 },
    { sizeEntries: 300, hitRatio: 0.8 },
  ];

  it('is read off straight lines', () => {
    expect(ratioAt(curve, 0)).toBe(0);
    expect(ratioAt(curve, 50)).toBe(0.25);
    expect(ratioAt(curve, 100)).toBe(0.5);
    expect(ratioAt(curve, 200)).toBeCloseTo(0.65, 12);
    expect(ratioAt(curve, 999)).toBe(0.8);
  });

  it('buys hits by the entries that fit into it', () => {
    const more = whatMoreBuys(curve, 100, 10, 1000);
    expect(more).toMatchObject({ entries: 100, hitRatioBefore: 0.5, beyondCurve: false });
    expect(more.hitRatioAfter).toBeCloseTo(0.65, 12);
    expect(more.missesLeft).toBeCloseTo(0.7, 12);
    expect(whatMoreBuys(curve, 300, 1024)).toMatchObject({ entries: 1_048_576, missesLeft: 1, beyondCurve: true });
    expect(() => whatMoreBuys([], 1, 1)).toThrow(RangeError);
    expect(() => whatMoreBuys(curve, 1, 0)).toThrow(RangeError);
  });

  it('knows the smallest size for a share of the best', () => {
    expect(sizeForShare(curve, 0.6)).toBe(100);
    expect(sizeForShare(curve, 0.9)).toBe(300);
    expect(sizeForShare(curve, 1)).toBe(300);
    expect(sizeForShare([{ sizeEntries: 1, hitRatio: 0 }], 0.5)).toBeNull();
  });
});
