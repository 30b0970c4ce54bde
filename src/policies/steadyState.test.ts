import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { AliasTable, zipfWeights } from '../random/Zipf.ts';
import { fifoHitRatio, lruHitRatio } from '../theory/lruChe.ts';
import { fifoExactHitRatio, lruExactHitRatio } from '../theory/lruExact.ts';
import { groupPopulation } from '../theory/Population.ts';
import { allPolicies, createAnyPolicy } from './allPolicies.ts';
import { testContext } from './twins/DrivenCache.ts';

/** Hit ratios of consecutive stretches under independent references, after a first one that fills the cache. */
function ratiosOf(id: string, capacity: number, weights: Float64Array, stretches: number, length: number, seed = 2) {
  const keys = new AliasTable(weights);
  const stream = new Stream(seed, 'keys');
  const ids = Uint32Array.from({ length: length * (stretches + 1) }, () => keys.sample(stream));
  const policy = createAnyPolicy(id, testContext(capacity, Array.from(ids)));
  return Array.from(
    { length: stretches + 1 },
    (_, at) => policy.replay(ids, at * length, (at + 1) * length) / length,
  ).slice(1);
}

/** Mean and the standard deviation of it. */
function meanOf(ratios: readonly number[]): { mean: number; sd: number } {
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  const squares = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / (ratios.length - 1) / ratios.length) };
}

/** What the `count` heaviest keys get of all requests. Weights fall. */
function topMass(weights: Float64Array, count: number): number {
  const sum = (part: Float64Array): number => part.reduce((all, weight) => all + weight, 0);
  return sum(weights.subarray(0, count)) / sum(weights);
}

describe('under independent references', () => {
  // LRU: King, IFIP 1971. FIFO and random share one product form: Gelenbe, IEEE Trans. Computers 1973.
  it.each([
    ['lru', 5, 2, 0.518885],
    ['fifo', 5, 2, 0.50365],
    ['random', 5, 2, 0.50365],
    ['lru', 8, 3, undefined],
    ['fifo', 8, 3, undefined],
    ['random', 8, 3, undefined],
  ])('%s with Zipf’s law over %i keys and %i places hits as the exact form has it', (id, keys, capacity, known) => {
    const weights = zipfWeights(keys, 1);
    const exact = id === 'lru' ? lruExactHitRatio(weights, capacity) : fifoExactHitRatio(weights, capacity);
    if (known !== undefined) expect(exact).toBeCloseTo(known, 5);
    const { mean, sd } = meanOf(ratiosOf(id, capacity, weights, 200, 3000));
    // LRU and FIFO are 0.015 apart, so five deviations tell them apart.
    expect(sd).toBeLessThan(0.0015);
    expect(Math.abs(mean - exact)).toBeLessThan(5 * sd + 1e-6);
  });

  it.each([
    ['lru', 0.7, 500],
    ['lru', 1.1, 2000],
    ['fifo', 0.9, 1000],
    ['random', 0.9, 1000],
  ])(
    '%s over 10,000 keys with exponent %f and %i places hits as Che’s approximation has it',
    (id, exponent, capacity) => {
      const weights = zipfWeights(10_000, exponent);
      const form = id === 'lru' ? lruHitRatio : fifoHitRatio;
      const { mean, sd } = meanOf(ratiosOf(id, capacity, weights, 20, 30_000));
      expect(Math.abs(mean - form(groupPopulation(weights), capacity))).toBeLessThan(5 * sd + 0.001);
    },
  );

  // Aho, Denning and Ullman, "Principles of optimal page replacement", JACM 1971: who must let everybody in does best to keep
  // the C − 1 likeliest for good, and gives the last place to whoever came last of the others.
  it('LFU ends up as the best policy that must let everybody in', () => {
    const [capacity, hot, cold] = [10, 9, 200];
    const weights = Float64Array.from({ length: hot + cold }, (_, key) => (key < hot ? 0.06 : 0.46 / cold));
    const rest = weights.subarray(hot).reduce((sum, weight) => sum + weight, 0);
    const lastPlace = weights.subarray(hot).reduce((sum, weight) => sum + weight * weight, 0) / rest;
    const { mean, sd } = meanOf(ratiosOf('lfu', capacity, weights, 100, 3000));
    expect(Math.abs(mean - (topMass(weights, hot) + lastPlace))).toBeLessThan(5 * sd);
  });

  it.each(allPolicies.filter(({ offline }) => !offline).map(({ id }) => id))(
    '%s hits no more than the mass of the C likeliest',
    (id) => {
      const weights = zipfWeights(300, 0.9);
      const { mean, sd } = meanOf(ratiosOf(id, 30, weights, 30, 2000));
      expect(mean).toBeLessThan(topMass(weights, 30) + 5 * sd);
    },
  );

  it('random evicts each resident as often', () => {
    const counts = new Float64Array(10);
    for (let round = 0; round < 20000; round++) {
      const policy = createAnyPolicy('random', testContext(10, [], round));
      for (let id = 0; id < 10; id++) policy.insert(id);
      policy.touch(3);
      counts[policy.evict(-1)]++;
    }
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(20000 * 0.1 * 0.9));
  });
});
