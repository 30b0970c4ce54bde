import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp } from '../random/math.ts';
import { fifoCharacteristicTime, fifoHitRatio, lruCharacteristicTime, lruHitRatio, windowHitRatio } from './lruChe.ts';
import { fifoExactHitRatio, lruExactHitRatio } from './lruExact.ts';
import { groupPopulation } from './Population.ts';
import { zipfShares, zipfTopShare } from './zipf.ts';

const zipf = (keyCount: number, exponent: number) => groupPopulation(zipfShares(keyCount, exponent));

/** Bisection on the ungrouped sum: slow, and shares nothing with the code under test but the formula. */
function bisected(shares: ArrayLike<number>, capacity: number, kept: (reads: number) => number): number {
  const sumAt = (t: number, weigh: boolean) => {
    let sum = 0;
    for (let i = 0; i < shares.length; i++) sum += kept(shares[i] * t) * (weigh ? shares[i] : 1);
    return sum;
  };
  let high = 1;
  while (sumAt(high, false) < capacity) high *= 2;
  let low = 0;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (sumAt(middle, false) < capacity) low = middle;
    else high = middle;
  }
  return sumAt(high, true);
}

describe('population', () => {
  it('keeps count, total and variance', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e6, noNaN: true })), {
          minLength: 1,
          maxLength: 300,
        }),
        (weights) => {
          const positive = weights.filter((weight) => weight > 0);
          const total = positive.reduce((sum, weight) => sum + weight, 0);
          const population = groupPopulation(weights);
          expect(population.keyCount).toBe(positive.length);
          if (positive.length === 0) return;
          let keys = 0;
          let mass = 0;
          let squares = 0;
          for (let i = 0; i < population.keys.length; i++) {
            expect(population.shares[i]).toBeGreaterThan(0);
            keys += population.keys[i];
            mass += population.keys[i] * population.shares[i];
            squares += population.keys[i] * population.shares[i] * population.shares[i];
          }
          const truth = positive.reduce((sum, weight) => sum + (weight / total) * (weight / total), 0);
          expect(keys).toBeCloseTo(positive.length, 9);
          expect(mass).toBeCloseTo(1, 11);
          expect(Math.abs(squares / truth - 1)).toBeLessThan(1e-9);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is small, and tells an LRU or FIFO hit ratio to a millionth', () => {
    for (const exponent of [0.2, 0.8, 1.4]) {
      const shares = zipfShares(10_000, exponent);
      const population = groupPopulation(shares);
      expect(population.keys.length).toBeLessThan(300);
      for (const capacity of [10, 1000, 9900]) {
        const lru = bisected(shares, capacity, (reads) => 1 - exp(-reads));
        expect(Math.abs(lruHitRatio(population, capacity) - lru)).toBeLessThan(1e-6);
        const fifo = bisected(shares, capacity, (reads) => reads / (1 + reads));
        expect(Math.abs(fifoHitRatio(population, capacity) - fifo)).toBeLessThan(1e-6);
      }
    }
  });
});

describe('Che', () => {
  it.each([
    [1000, 100, 0.8, 0.377796, 4e-5],
    [10_000, 1000, 0.8, 0.43666, 1e-5],
    [1_000_000, 100_000, 1, 0.77936, 1e-5],
  ])('meets the exact LRU ratio of %d keys in %d places', (keyCount, capacity, exponent, exact, tolerance) => {
    expect(Math.abs(lruHitRatio(zipf(keyCount, exponent), capacity) - exact)).toBeLessThan(tolerance);
  });

  it('comes close to King on few keys and to the product form on many', () => {
    for (let capacity = 1; capacity < 10; capacity++) {
      const shares = zipfShares(10, 0.8);
      const gap = lruHitRatio(groupPopulation(shares), capacity) - lruExactHitRatio(shares, capacity);
      expect(Math.abs(gap)).toBeLessThan(0.015);
    }
    const shares = zipfShares(2000, 0.8);
    expect(Math.abs(fifoHitRatio(groupPopulation(shares), 200) - fifoExactHitRatio(shares, 200))).toBeLessThan(3e-4);
  });

  it('fills the cache exactly, for any weights', () => {
    const weight = fc.double({ min: 1e-9, max: 1, noNaN: true });
    const part = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.array(weight, { minLength: 2, maxLength: 200 }), part, (weights, place) => {
        const population = groupPopulation(weights);
        const capacity = place * weights.length;
        const lruTime = lruCharacteristicTime(population, capacity);
        const fifoTime = fifoCharacteristicTime(population, capacity);
        let lruEntries = 0;
        let fifoEntries = 0;
        for (let i = 0; i < population.keys.length; i++) {
          lruEntries += population.keys[i] * (1 - exp(-population.shares[i] * lruTime));
          const reads = population.shares[i] * fifoTime;
          fifoEntries += (population.keys[i] * reads) / (1 + reads);
        }
        expect(lruEntries / capacity).toBeCloseTo(1, 7);
        expect(fifoEntries / capacity).toBeCloseTo(1, 7);
      }),
      { numRuns: 500 },
    );
  });

  it('rises with capacity, beats FIFO and stays under ideal LFU', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1.6, noNaN: true }),
        fc.integer({ min: 3, max: 2000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (exponent, keyCount, place) => {
          const population = zipf(keyCount, exponent);
          const capacity = 1 + Math.floor(place * (keyCount - 2));
          const lru = lruHitRatio(population, capacity);
          expect(lru).toBeGreaterThanOrEqual(fifoHitRatio(population, capacity) - 1e-6);
          expect(lru).toBeLessThanOrEqual(zipfTopShare(capacity, keyCount, exponent) + 1e-6);
          expect(lruHitRatio(population, capacity + 1)).toBeGreaterThan(lru);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('has its ends', () => {
    const population = groupPopulation([5, 0, 3, 2]);
    expect(population.keyCount).toBe(3);
    for (const ratio of [lruHitRatio, fifoHitRatio]) {
      expect(ratio(population, 0)).toBe(0);
      expect(ratio(population, 3)).toBe(1);
      expect(ratio(groupPopulation([]), 5)).toBe(0);
    }
    const uniform = groupPopulation(new Float64Array(50).fill(2));
    expect(lruHitRatio(uniform, 20)).toBeCloseTo(0.4, 12);
    expect(fifoHitRatio(uniform, 20)).toBeCloseTo(0.4, 12);
    expect(windowHitRatio(uniform, 0)).toBe(0);
  });
});
