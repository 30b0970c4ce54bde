import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from './Stream.ts';

/** Pearson's chi-square against equal shares. */
function chiSquare(counts: Float64Array | number[]): number {
  let total = 0;
  for (const count of counts) total += count;
  const expected = total / counts.length;
  let sum = 0;
  for (const count of counts) sum += ((count - expected) * (count - expected)) / expected;
  return sum;
}

/** Mean k and variance 2k of chi-square, so 5 standard deviations either side. */
function expectUniform(counts: Float64Array | number[]): void {
  const freedom = counts.length - 1;
  expect(Math.abs(chiSquare(counts) - freedom)).toBeLessThan(5 * Math.sqrt(2 * freedom));
}

function take(seed: number, name: string, count = 8): number[] {
  const stream = new Stream(seed, name);
  return Array.from({ length: count }, () => stream.nextInt32());
}

describe('Stream', () => {
  it('repeats itself for the same seed and name', () => {
    expect(take(42, 'arrivals')).toEqual(take(42, 'arrivals'));
  });

  it('has the same draws as ever', () => {
    expect(take(42, 'arrivals', 4)).toEqual([1779044029, -242152256, 846488268, -1106258400]);
  });

  it('shares no draw with a stream of another seed or name, however near', () => {
    const names = ['a', 'b', 'c', 'aa', 'cache-1', 'cache-2', 'cache-10', ''];
    const seen = new Set<number>();
    for (const name of names) for (let seed = 0; seed < 50; seed++) for (const draw of take(seed, name)) seen.add(draw);
    // 3,200 draws of 32 bits: 1.2e-3 equal pairs expected by chance.
    expect(seen.size).toBeGreaterThan(names.length * 50 * 8 - 3);
  });

  it('is not shifted by other streams that draw in between', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.string(), { maxLength: 5 }), fc.nat(20), (seed, others, gap) => {
        const alone = take(seed, 'the one');
        const stream = new Stream(seed, 'the one');
        const neighbours = others.map((name) => new Stream(seed, `other ${name}`));
        const together = alone.map(() => {
          for (const neighbour of neighbours) for (let i = 0; i < gap; i++) neighbour.uniform();
          return stream.nextInt32();
        });
        expect(together).toEqual(alone);
      }),
      { numRuns: 200 },
    );
  });

  it('is uniform across neighbouring seeds at the first draw', () => {
    const counts = new Float64Array(64);
    for (let seed = 0; seed < 64000; seed++) counts[Math.floor(new Stream(seed, 'x').uniform() * 64)]++;
    expectUniform(counts);
  });

  it('is uniform in each byte and in consecutive pairs', () => {
    const stream = new Stream(1, 'bytes');
    const bytes = [0, 8, 16, 24].map(() => new Float64Array(256));
    const pairs = new Float64Array(1024);
    let last = 0;
    for (let i = 0; i < 400000; i++) {
      const word = stream.nextInt32();
      for (let b = 0; b < 4; b++) bytes[b][(word >>> (8 * b)) & 255]++;
      const upper = word >>> 27;
      pairs[last * 32 + upper]++;
      last = upper;
    }
    for (const counts of bytes) expectUniform(counts);
    expectUniform(pairs);
  });

  it('draws uniform numbers with 53 bits in [0, 1) and in (0, 1]', () => {
    const stream = new Stream(3, 'u');
    const twin = new Stream(3, 'u');
    let sum = 0;
    const ones = new Float64Array(53);
    let sound = 0;
    for (let i = 0; i < 100000; i++) {
      const u = stream.uniform();
      if (u >= 0 && u < 1 && Number.isInteger(u * 2 ** 53) && twin.uniformOpen() === u + 2 ** -53) sound++;
      sum += u;
      for (let bit = 0; bit < 53; bit++) ones[bit] += Math.floor(u * 2 ** (53 - bit)) % 2;
    }
    expect(sound).toBe(100000);
    expect(Math.abs(sum / 100000 - 0.5)).toBeLessThan((5 * Math.sqrt(1 / 12)) / Math.sqrt(100000));
    for (const count of ones) expect(Math.abs(count - 50000)).toBeLessThan(5 * Math.sqrt(25000));
  });

  it.each([1, 2, 3, 7, 10, 64, 1000, 2 ** 31 - 1, 2 ** 31])('draws integers below %i without bias', (n) => {
    const stream = new Stream(5, `below ${n}`);
    const bins = Math.min(n, 100);
    const counts = new Float64Array(bins);
    let sound = 0;
    for (let i = 0; i < 100000; i++) {
      const drawn = stream.below(n);
      if (Number.isInteger(drawn) && drawn >= 0 && drawn < n) sound++;
      counts[n > 100 ? Math.floor((drawn / n) * bins) : drawn]++;
    }
    expect(sound).toBe(100000);
    if (n > 1) expectUniform(counts);
  });

  it('has no bias where the range divides 2^32 worst', () => {
    // 3 · 2^29 does not divide 2^32: keeping the surplus would make every third value come up half as often again.
    const stream = new Stream(6, 'surplus');
    const counts = new Float64Array(3);
    for (let i = 0; i < 90000; i++) counts[stream.below(3 * 2 ** 29) % 3]++;
    expectUniform(counts);
    expect(stream.drawCount).toBeGreaterThan(90000);
  });

  it('counts its draws', () => {
    const stream = new Stream(1, 'count');
    expect(stream.drawCount).toBe(0);
    stream.nextInt32();
    expect(stream.drawCount).toBe(1);
    stream.uniform();
    stream.uniformOpen();
    expect(stream.drawCount).toBe(5);
    stream.below(8);
    expect(stream.drawCount).toBe(6);
  });
});
