import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { AliasTable, zipfWeights } from '../random/Zipf.ts';
import { log } from '../random/math.ts';
import { missingIdQueriesPerS, missingIdsQueriesPerS, negativeOffload } from './negativeCaching.ts';
import { groupPopulation } from './Population.ts';

/** Plays look-ups of missing ids; returns the share that a negative entry answers. */
function playedOffload(lookupsPerS: number, ttlS: number, weights: Float64Array): number {
  const draws = new Stream(4, 'missing');
  const ids = new AliasTable(weights);
  const expires = new Float64Array(weights.length).fill(-1);
  const lookups = 300_000;
  let now = 0;
  let kept = 0;
  for (let i = 0; i < lookups; i++) {
    now -= log(draws.uniformOpen()) / lookupsPerS;
    const id = ids.sample(draws);
    if (now < expires[id]) kept++;
    else expires[id] = now + ttlS;
  }
  return kept / lookups;
}

describe('negative caching', () => {
  it('sends one query a TTL for an id that is asked for all the time', () => {
    expect(missingIdQueriesPerS(100, 10)).toBeCloseTo(100 / 1001, 12);
    expect(missingIdQueriesPerS(1e9, 10)).toBeCloseTo(0.1, 9);
    expect(missingIdQueriesPerS(7, 0)).toBe(7);
    expect(missingIdQueriesPerS(0, 10)).toBe(0);
  });

  it.each([0, 0.9])('agrees with played-out look-ups, Zipf exponent %d', (exponent) => {
    const weights = zipfWeights(200, exponent);
    const offload = negativeOffload(100, 3, groupPopulation(weights));
    expect(Math.abs(playedOffload(100, 3, weights) - offload)).toBeLessThan(0.006);
    if (exponent === 0) expect(100 * (1 - offload)).toBeCloseTo(missingIdsQueriesPerS(100, 3, 200), 9);
  });

  it('is no use against a scan of random ids', () => {
    expect(missingIdsQueriesPerS(1000, 60, 1e12)).toBeCloseTo(1000, 3);
    expect(missingIdsQueriesPerS(1000, 60, 1)).toBe(missingIdQueriesPerS(1000, 60));
  });

  it('keeps queries under look-ups, falls with the TTL and rises with the ids', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e4, noNaN: true }),
        fc.double({ min: 0, max: 1e4, noNaN: true }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (lookups, ttlS, ids) => {
          const queries = missingIdsQueriesPerS(lookups, ttlS, ids);
          expect(queries).toBeGreaterThanOrEqual(0);
          expect(queries).toBeLessThanOrEqual(lookups * (1 + 1e-12) + 1e-300);
          expect(missingIdsQueriesPerS(lookups, ttlS * 2, ids)).toBeLessThanOrEqual(queries * (1 + 1e-12) + 1e-300);
          expect(missingIdsQueriesPerS(lookups, ttlS, ids + 1)).toBeGreaterThanOrEqual(queries * (1 - 1e-12) - 1e-300);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('refuses what it does not cover', () => {
    expect(() => missingIdQueriesPerS(-1, 1)).toThrow(RangeError);
    expect(() => missingIdQueriesPerS(1, NaN)).toThrow(RangeError);
    expect(() => missingIdsQueriesPerS(1, 1, 0)).toThrow(RangeError);
    expect(() => negativeOffload(1, Infinity, groupPopulation([1]))).toThrow(RangeError);
  });
});
