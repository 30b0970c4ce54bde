import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from './Stream.ts';
import { AliasTable, zipfWeights } from './Zipf.ts';

const DRAWS = 200000;

describe('zipfWeights', () => {
  it('weighs rank r by r to the minus exponent', () => {
    expect([...zipfWeights(5, 1)]).toEqual([1, 1 / 2, 1 / 3, 1 / 4, 1 / 5]);
    expect([...zipfWeights(4, 2)]).toEqual([1, 1 / 4, 1 / 9, 1 / 16]);
    expect([...zipfWeights(3, 0)]).toEqual([1, 1, 1]);
    expect(zipfWeights(1e6, 0.5)[999999]).toBe(0.001);
  });

  it('gives the known shares of the hottest keys', () => {
    const share = (count: number, exponent: number, top: number): number => {
      const weights = zipfWeights(count, exponent);
      const sum = (end: number): number => weights.subarray(0, end).reduce((total, weight) => total + weight, 0);
      return sum(top) / sum(count);
    };
    // H_{k,s} / H_{N,s}, computed apart from this code.
    expect(share(10000, 0.99, 1000)).toBeCloseTo(0.7559, 4);
    expect(share(1000000, 0.8, 10000)).toBeCloseTo(0.3624, 4);
  });

  it('refuses what is no Zipf law', () => {
    for (const count of [0, -1, 1.5, NaN]) expect(() => zipfWeights(count, 1)).toThrow(RangeError);
    for (const exponent of [-1, NaN, Infinity]) expect(() => zipfWeights(3, exponent)).toThrow(RangeError);
  });
});

describe('AliasTable', () => {
  it.each([
    [10, 1],
    [1000, 0],
    [1000, 0.8],
    [10000, 0.99],
    [10000, 3],
    [1000000, 0.8],
    [1000000, 1.2],
  ])('draws the top k of %i ranks at exponent %d as often as H_k / H_N says', (count, exponent) => {
    const weights = zipfWeights(count, exponent);
    const table = new AliasTable(weights);
    const stream = new Stream(1, `zipf ${count} ${exponent}`);
    const drawn = new Int32Array(count);
    for (let i = 0; i < DRAWS; i++) drawn[table.sample(stream)]++;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let mass = 0;
    let hits = 0;
    const tops = new Set([1, 2, 3, 5, 10, 100, 1000, count / 10, count / 2]);
    for (let k = 1; k <= count; k++) {
      mass += weights[k - 1] / total;
      hits += drawn[k - 1];
      if (tops.has(k) && k < count) {
        expect(Math.abs(hits - DRAWS * mass), `top ${k}`).toBeLessThan(5 * Math.sqrt(DRAWS * mass * (1 - mass)) + 1);
      }
    }
  });

  it('gives every index its weight, whatever the weights', () => {
    const weightLists = fc.array(fc.nat(20), { minLength: 1, maxLength: 12 }).filter((list) => list.some((w) => w > 0));
    fc.assert(
      fc.property(weightLists, fc.integer(), (list, seed) => {
        const table = new AliasTable(Float64Array.from(list));
        const stream = new Stream(seed, 'alias');
        const drawn = list.map(() => 0);
        for (let i = 0; i < 2000; i++) drawn[table.sample(stream)]++;
        const total = list.reduce((sum, weight) => sum + weight, 0);
        for (let i = 0; i < list.length; i++) {
          const p = list[i] / total;
          // 6.5 standard deviations: thousands of comparisons share one test.
          expect(Math.abs(drawn[i] - 2000 * p)).toBeLessThanOrEqual(
            6.5 * Math.sqrt(2000 * p * (1 - p)) + (p > 0 ? 4 : 0),
          );
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('takes one weight, and refuses a sum of nothing', () => {
    const stream = new Stream(1, 'one');
    expect(new AliasTable(Float64Array.of(3)).sample(stream)).toBe(0);
    for (const list of [[], [0, 0], [1, -1], [NaN], [Infinity]]) {
      expect(() => new AliasTable(Float64Array.from(list))).toThrow(RangeError);
    }
  });
});
