import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { bloomBits, bloomExactFalsePositive, bloomExpectedFill, bloomFalsePositive, bloomHashes } from './bloom.ts';

/** The exact probability by going through every outcome of the throws as a set of bits. */
function byEnumeration(bits: number, keys: number, hashes: number): number {
  let outcomes = new Map([['', 1]]);
  for (let thrown = 0; thrown < keys * hashes; thrown++) {
    const next = new Map<string, number>();
    for (const [held, chance] of outcomes) {
      for (let bit = 0; bit < bits; bit++) {
        const set = new Set(held === '' ? [] : held.split(',').map(Number)).add(bit);
        const name = [...set].sort((a, b) => a - b).join();
        next.set(name, (next.get(name) ?? 0) + chance / bits);
      }
    }
    outcomes = next;
  }
  let positive = 0;
  for (const [held, chance] of outcomes) {
    const size = held === '' ? 0 : held.split(',').length;
    positive += chance * (size / bits) ** hashes;
  }
  return positive;
}

describe('Bloom filter', () => {
  it('meets the published probabilities', () => {
    expect(bloomExactFalsePositive(32, 3, 2)).toBeCloseTo(0.03044, 5);
    expect(bloomFalsePositive(32, 3, 2)).toBeCloseTo(0.02923, 5);
    // 10 bits a key and seven hashes: 0.00819 in Broder and Mitzenmacher's table, 0.00820 when counted out.
    expect(bloomFalsePositive(10_000, 1000, 7)).toBeCloseTo(0.00819, 5);
    expect(bloomExactFalsePositive(10_000, 1000, 7)).toBeCloseTo(0.0082, 5);
  });

  it.each([
    [4, 2, 2],
    [5, 3, 1],
    [6, 1, 4],
    [3, 2, 3],
    [1, 2, 2],
    [8, 0, 3],
  ])('counts %d bits, %d keys, %d hashes as an enumeration does', (bits, keys, hashes) => {
    expect(bloomExactFalsePositive(bits, keys, hashes)).toBeCloseTo(byEnumeration(bits, keys, hashes), 12);
  });

  it('agrees with filled filters', () => {
    const draws = new Stream(3, 'bloom');
    const [bits, keys, hashes, rounds] = [40, 5, 3, 60_000];
    let filled = 0;
    let positive = 0;
    for (let round = 0; round < rounds; round++) {
      const set = new Set<number>();
      for (let thrown = 0; thrown < keys * hashes; thrown++) set.add(draws.below(bits));
      filled += set.size / bits;
      let probes = 0;
      for (let probe = 0; probe < hashes; probe++) if (set.has(draws.below(bits))) probes++;
      if (probes === hashes) positive++;
    }
    expect(Math.abs(filled / rounds - bloomExpectedFill(bits, keys, hashes))).toBeLessThan(0.001);
    expect(Math.abs(positive / rounds - bloomExactFalsePositive(bits, keys, hashes))).toBeLessThan(0.0045);
  });

  it('fills a bit at a time', () => {
    expect(bloomExpectedFill(1, 3, 2)).toBe(1);
    expect(bloomExpectedFill(2, 1, 1)).toBeCloseTo(0.5, 12);
    expect(bloomExpectedFill(2, 1, 2)).toBeCloseTo(0.75, 12);
  });

  it('is sized as the rule of thumb says: 9.59 bits and seven hashes for one percent', () => {
    expect(bloomBits(1_000_000, 0.01)).toBe(9_585_059);
    expect(bloomHashes(9_585_059, 1_000_000)).toBe(7);
    expect(bloomHashes(10_000, 1000)).toBe(7);
    expect(bloomBits(1000, 1)).toBe(1);
    expect(bloomHashes(1, 1000)).toBe(1);
  });

  it('is the best number of hashes, and holds what its size promises', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 1e-12, max: 0.5, noNaN: true }),
        (keys, share) => {
          const bits = bloomBits(keys, share);
          const hashes = bloomHashes(bits, keys);
          const reached = bloomFalsePositive(bits, keys, hashes);
          for (const other of [hashes - 1, hashes + 1, hashes + 2]) {
            if (other >= 1) expect(reached).toBeLessThanOrEqual(bloomFalsePositive(bits, keys, other) * (1 + 1e-9));
          }
          // Sized for the best number of hashes, which need not be whole.
          expect(reached).toBeLessThan(share * 1.2);
          expect(bloomFalsePositive(bits - 1 || 1, keys, hashes)).toBeGreaterThanOrEqual(reached);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('rises with keys, lies above its approximation and near it when large', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 120 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 6 }),
        (bits, keys, hashes) => {
          const exact = bloomExactFalsePositive(bits, keys, hashes);
          expect(exact).toBeGreaterThanOrEqual(bloomFalsePositive(bits, keys, hashes) - 1e-12);
          expect(exact).toBeLessThanOrEqual(1 + 1e-12);
          expect(bloomExactFalsePositive(bits, keys + 1, hashes)).toBeGreaterThanOrEqual(exact - 1e-12);
          expect(bloomExpectedFill(bits, keys + 1, hashes)).toBeGreaterThanOrEqual(
            bloomExpectedFill(bits, keys, hashes),
          );
          // With one hash a false positive is just a set bit.
          expect(bloomExactFalsePositive(bits, keys, 1)).toBeCloseTo(bloomExpectedFill(bits, keys, 1), 12);
        },
      ),
      { numRuns: 300 },
    );
    expect(Math.abs(bloomExactFalsePositive(2000, 200, 7) / bloomFalsePositive(2000, 200, 7) - 1)).toBeLessThan(0.005);
  });

  it('refuses what it does not cover', () => {
    for (const form of [bloomFalsePositive, bloomExactFalsePositive, bloomExpectedFill]) {
      expect(() => form(0, 1, 1)).toThrow(RangeError);
      expect(() => form(8, -1, 1)).toThrow(RangeError);
      expect(() => form(8, 1, 0)).toThrow(RangeError);
      expect(() => form(8.5, 1, 1)).toThrow(RangeError);
      expect(form(8, 0, 2)).toBe(0);
      expect(form(1, 0, 2)).toBe(0);
    }
    expect(() => bloomExactFalsePositive(1_000_000, 100_000, 7)).toThrow('too many');
    expect(() => bloomBits(0, 0.1)).toThrow(RangeError);
    expect(() => bloomBits(10, 0)).toThrow(RangeError);
    expect(() => bloomBits(10, 1.5)).toThrow(RangeError);
    expect(() => bloomHashes(0, 1)).toThrow(RangeError);
  });
});
