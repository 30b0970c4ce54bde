import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fifoExactHitRatio, lruExactHitRatio } from './lruExact.ts';
import { zipfShares } from './zipf.ts';

/** Hit ratio of a cache played as a Markov chain over ordered contents, by iterating its transition law to rest. */
function chainHitRatio(shares: ArrayLike<number>, capacity: number, policy: 'lru' | 'fifo'): number {
  let now = new Map<string, number>([[Array.from({ length: capacity }, (_, key) => key).join(), 1]]);
  let ratio = 0;
  for (let step = 0; step < 4000; step++) {
    const next = new Map<string, number>();
    let hits = 0;
    for (const [state, chance] of now) {
      const order = state.split(',').map(Number);
      for (let key = 0; key < shares.length; key++) {
        const part = chance * shares[key];
        const resident = order.includes(key);
        if (resident) hits += part;
        const rest = resident ? order.filter((one) => one !== key) : order.slice(0, -1);
        const after = resident && policy === 'fifo' ? state : [key, ...rest].join();
        next.set(after, (next.get(after) ?? 0) + part);
      }
    }
    now = next;
    if (Math.abs(hits - ratio) < 1e-14 && step > 50) return hits;
    ratio = hits;
  }
  return ratio;
}

describe('exact few-key ratios', () => {
  it('meets the published values', () => {
    expect(lruExactHitRatio(zipfShares(5, 1), 2)).toBeCloseTo(0.518885, 6);
    expect(fifoExactHitRatio(zipfShares(5, 1), 2)).toBeCloseTo(0.50365, 6);
    expect(fifoExactHitRatio(zipfShares(1000, 0.8), 100)).toBeCloseTo(0.334111, 6);
    expect(fifoExactHitRatio(zipfShares(10_000, 0.8), 1000)).toBeCloseTo(0.394221, 6);
  });

  it('agrees with the Markov chain over ordered contents', () => {
    for (const [weights, capacity] of [
      [[0.5, 0.3, 0.2], 1],
      [[0.5, 0.3, 0.2], 2],
      [[6, 5, 3, 2, 1], 2],
      [[6, 5, 3, 2, 1], 3],
      [[9, 4, 4, 2, 1, 1], 4],
    ] as const) {
      const total = weights.reduce<number>((sum, weight) => sum + weight, 0);
      const shares = weights.map((weight) => weight / total);
      expect(lruExactHitRatio(weights, capacity)).toBeCloseTo(chainHitRatio(shares, capacity, 'lru'), 9);
      expect(fifoExactHitRatio(weights, capacity)).toBeCloseTo(chainHitRatio(shares, capacity, 'fifo'), 9);
    }
  });

  it('ignores key order and scale, and ranks LRU over FIFO', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 2, maxLength: 9 }),
        fc.integer({ min: 1, max: 8 }),
        (weights, capacity) => {
          const lru = lruExactHitRatio(weights, capacity);
          const fifo = fifoExactHitRatio(weights, capacity);
          expect(lru).toBeGreaterThanOrEqual(fifo - 1e-12);
          const turned = weights.toReversed().map((weight) => weight * 3);
          expect(lruExactHitRatio(turned, capacity)).toBeCloseTo(lru, 11);
          expect(fifoExactHitRatio(turned, capacity)).toBeCloseTo(fifo, 11);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('has its ends', () => {
    expect(lruExactHitRatio([1, 2, 3], 3)).toBe(1);
    expect(lruExactHitRatio([1, 2, 3], 0)).toBe(0);
    expect(fifoExactHitRatio([1, 2, 3], 3)).toBe(1);
    expect(fifoExactHitRatio([1, 2, 3], 0)).toBe(0);
    expect(lruExactHitRatio(new Float64Array(21).fill(1), 3)).toBeNaN();
  });
});
