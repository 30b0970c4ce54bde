import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bloomExactFalsePositive, bloomExpectedFill, bloomFalsePositive } from '../theory/bloom.ts';
import { BloomFilter } from './BloomFilter.ts';
import { bloomSize } from './bloomPlaces.ts';

function filled(keys: number, falsePositives: number, seed: number, held = keys): BloomFilter {
  const filter = new BloomFilter(bloomSize(keys, falsePositives), seed);
  for (let key = 0; key < held; key++) filter.add(key);
  return filter;
}

/** Share of `count` keys that were never added and pass. */
function passing(filter: BloomFilter, from: number, count: number): number {
  let passed = 0;
  for (let key = from; key < from + count; key++) if (filter.mayHold(key)) passed++;
  return passed / count;
}

describe('bloomSize', () => {
  it('is what the tables say: 9.585 bits a key and 7 hashes for 1 %, 14.38 and 10 for 0.1 %', () => {
    expect(bloomSize(1_000_000, 0.01)).toEqual({ bits: 9_585_059, hashes: 7 });
    expect(bloomSize(10_000, 0.001)).toEqual({ bits: 143_776, hashes: 10 });
  });

  it('is nothing for no keys, and for a filter that may always be wrong', () => {
    expect(bloomSize(0, 0.01)).toEqual({ bits: 0, hashes: 0 });
    expect(bloomSize(1000, 1)).toEqual({ bits: 0, hashes: 0 });
  });
});

describe('BloomFilter', () => {
  it('never denies a key that it was given, whatever its size', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4_000_000), { maxLength: 300 }),
        fc.nat(200),
        fc.double({ min: 0.000001, max: 1, noNaN: true }),
        fc.nat(),
        (keys, expected, falsePositives, seed) => {
          const filter = new BloomFilter(bloomSize(expected, falsePositives), seed);
          for (const key of keys) filter.add(key);
          expect(keys.filter((key) => !filter.mayHold(key))).toEqual([]);
          expect(filter.ones).toBeLessThanOrEqual(Math.min(filter.bits, filter.hashes * keys.length));
        },
      ),
    );
  });

  it('passes the share of missing keys that its theory says', () => {
    const filter = filled(20_000, 0.01, 7);
    const theory = bloomFalsePositive(filter.bits, 20_000, filter.hashes);
    const asked = 400_000;
    expect(theory).toBeCloseTo(0.01, 3);
    expect(Math.abs(passing(filter, 1_000_000, asked) - theory)).toBeLessThan(5 * Math.sqrt((theory * 0.99) / asked));
  });

  it('passes the exact share when it is small, over many filters', () => {
    // Its two hashes are no k independent ones: for k = 2 they are, up to 1/m.
    const size = { bits: 211, hashes: 2 };
    const asked = 400;
    let passed = 0;
    for (let seed = 0; seed < 600; seed++) {
      const filter = new BloomFilter(size, seed);
      for (let key = 0; key < 40; key++) filter.add(key);
      passed += passing(filter, 1000, asked) * asked;
    }
    const theory = bloomExactFalsePositive(size.bits, 40, size.hashes);
    // Missing keys of one filter share its fill, whose own deviation adds to the binomial one: three times that is ample.
    const deviation = 3 * Math.sqrt((theory * (1 - theory)) / (600 * asked));
    expect(Math.abs(passed / 600 / asked - theory)).toBeLessThan(5 * deviation);
  });

  it('fills as expected, half of it when it holds what it was made for, and saturates beyond', () => {
    for (const times of [0.5, 1, 2, 5]) {
      const filter = filled(5000, 0.01, 3, 5000 * times);
      const fill = bloomExpectedFill(filter.bits, 5000 * times, filter.hashes);
      expect(Math.abs(filter.fill - fill)).toBeLessThan(5 * Math.sqrt((fill * (1 - fill)) / filter.bits));
    }
    expect(filled(5000, 0.01, 3).fill).toBeCloseTo(0.5, 1);
    const saturated = filled(5000, 0.01, 3, 50_000);
    expect(saturated.fill).toBeGreaterThan(0.99);
    expect(passing(saturated, 1_000_000, 1000)).toBeGreaterThan(0.97);
  });

  it('lets everything pass without bits', () => {
    const filter = filled(0, 0.01, 1, 100);
    expect([filter.bits, filter.fill, filter.mayHold(12_345)]).toEqual([0, 0, true]);
    expect(filter.occupancy(10)).toEqual([]);
  });

  it('shows how full its slices are: weighted by their bits, they add up to what is set', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 100 }), (bits, cells) => {
        const filter = new BloomFilter({ bits, hashes: 3 }, 5);
        for (let key = 0; key < bits / 4; key++) filter.add(key);
        const shares = filter.occupancy(cells);
        const words = Math.ceil(bits / 32);
        expect(shares).toHaveLength(Math.min(cells, words));
        const sum = shares.reduce((ones, share, cell) => {
          const from = 32 * Math.floor((cell * words) / shares.length);
          const to = Math.min(bits, 32 * Math.floor(((cell + 1) * words) / shares.length));
          return ones + share * (to - from);
        }, 0);
        expect(sum).toBeCloseTo(filter.ones, 6);
      }),
    );
  });
});
