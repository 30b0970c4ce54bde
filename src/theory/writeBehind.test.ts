import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { AliasTable, zipfWeights } from '../random/Zipf.ts';
import { log } from '../random/math.ts';
import { equalPopulation, groupPopulation } from './Population.ts';
import {
  batchKeys,
  coalescedWritesPerS,
  distinctKeys,
  meanKeysLost,
  meanWritesLost,
  mostWritesLost,
} from './writeBehind.ts';

/** Plays batches of writes; each also dies once at a random moment. */
function played(writesPerS: number, flushS: number, weights: Float64Array, rounds: number) {
  const draws = new Stream(6, 'write behind');
  const table = new AliasTable(weights);
  let keys = 0;
  let writesLost = 0;
  let keysLost = 0;
  for (let round = 0; round < rounds; round++) {
    const diesAt = flushS * draws.uniform();
    const batch = new Set<number>();
    const lost = new Set<number>();
    for (let at = 0; ; ) {
      at -= log(draws.uniformOpen()) / writesPerS;
      if (at >= flushS) break;
      const key = table.sample(draws);
      batch.add(key);
      if (at >= diesAt) continue;
      lost.add(key);
      writesLost++;
    }
    keys += batch.size;
    keysLost += lost.size;
  }
  return { keys: keys / rounds, writesLost: writesLost / rounds, keysLost: keysLost / rounds };
}

describe('write-behind', () => {
  it('meets the published losses', () => {
    expect(meanWritesLost(1000, 1)).toBe(500);
    expect(mostWritesLost(1000, 1)).toBe(1000);
    expect(mostWritesLost(1000, 0.1)).toBeCloseTo(100, 12);
    expect(meanKeysLost(1000, 1, equalPopulation(500))).toBeCloseTo(283.8, 1);
  });

  it('counts distinct keys as a birthday does', () => {
    let seen = 0;
    for (let person = 0; person < 23; person++) seen += 1 - seen / 365;
    expect(distinctKeys(23, 365)).toBeCloseTo(seen, 11);
    expect(distinctKeys(0, 10)).toBe(0);
    expect(distinctKeys(1, 10)).toBeCloseTo(1, 12);
    expect(distinctKeys(2, 10)).toBeCloseTo(1.9, 12);
    expect(distinctKeys(5, 1)).toBe(1);
    expect(distinctKeys(2, 2)).toBeCloseTo(1.5, 12);
    expect(distinctKeys(3, 1e15)).toBeCloseTo(3, 9);
    expect(batchKeys(1000, 1, equalPopulation(500))).toBeCloseTo(500 * (1 - Math.exp(-2)), 9);
    expect(batchKeys(1000, 1, equalPopulation(500))).toBeCloseTo(distinctKeys(1000, 500), 0);
  });

  it.each([
    [200, 1, 150, 0],
    [200, 1, 150, 1],
  ])('agrees with played-out crashes: %d/s, flush %d s, %d keys, Zipf %d', (writesPerS, flushS, keyCount, exponent) => {
    const weights = zipfWeights(keyCount, exponent);
    const keys = groupPopulation(weights);
    const run = played(writesPerS, flushS, weights, 4000);
    expect(Math.abs(run.keys / batchKeys(writesPerS, flushS, keys) - 1)).toBeLessThan(0.01);
    expect(Math.abs(run.keys / (flushS * coalescedWritesPerS(writesPerS, flushS, keys)) - 1)).toBeLessThan(0.01);
    expect(Math.abs(run.writesLost / meanWritesLost(writesPerS, flushS) - 1)).toBeLessThan(0.05);
    expect(Math.abs(run.keysLost / meanKeysLost(writesPerS, flushS, keys) - 1)).toBeLessThan(0.04);
  });

  it('merges more the longer it waits and the more the keys differ', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e4, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0.1, max: 2, noNaN: true }),
        (writesPerS, flushS, keyCount, exponent) => {
          const equal = equalPopulation(keyCount);
          const zipf = groupPopulation(zipfWeights(keyCount, exponent));
          const slack = 1e-6 * (1 + writesPerS);
          const rows = coalescedWritesPerS(writesPerS, flushS, equal);
          expect(rows).toBeLessThanOrEqual(writesPerS + slack);
          expect(rows * flushS).toBeLessThanOrEqual(keyCount * (1 + 1e-9));
          expect(rows * flushS).toBeCloseTo(batchKeys(writesPerS, flushS, equal), 6);
          expect(coalescedWritesPerS(writesPerS, flushS * 2, equal)).toBeLessThanOrEqual(rows + slack);
          expect(coalescedWritesPerS(writesPerS, flushS, zipf)).toBeLessThanOrEqual(rows + slack);
          const lost = meanKeysLost(writesPerS, flushS, equal);
          expect(lost).toBeLessThanOrEqual(meanWritesLost(writesPerS, flushS) * (1 + 1e-9) + 1e-300);
          expect(lost).toBeGreaterThanOrEqual((batchKeys(writesPerS, flushS, equal) / 2) * (1 - 1e-9) - 1e-300);
        },
      ),
      { numRuns: 300 },
    );
    expect(coalescedWritesPerS(70, 0, equalPopulation(5))).toBeCloseTo(70, 12);
  });

  it('refuses what it does not cover', () => {
    const keys = equalPopulation(3);
    for (const form of [batchKeys, meanKeysLost, coalescedWritesPerS]) {
      expect(() => form(-1, 1, keys)).toThrow(RangeError);
      expect(() => form(1, Infinity, keys)).toThrow(RangeError);
    }
    expect(() => meanWritesLost(NaN, 1)).toThrow(RangeError);
    expect(() => mostWritesLost(1, -1)).toThrow(RangeError);
    expect(() => distinctKeys(1.5, 3)).toThrow(RangeError);
    expect(() => distinctKeys(1, 0)).toThrow(RangeError);
    expect(() => equalPopulation(0)).toThrow(RangeError);
  });
});
