import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mix3, mix4, murmur3Bytes, murmur3Text } from './murmur3.ts';

/** Little-endian bytes of 32-bit words. */
function bytesOf(...words: number[]): number[] {
  return words.flatMap((word) => [word & 255, (word >>> 8) & 255, (word >>> 16) & 255, word >>> 24]);
}

describe('murmur3', () => {
  // Vectors published for MurmurHash3_x86_32 (Ian Boyd's collection; they agree with the reference C++).
  it.each([
    [[], 0, 0],
    [[], 1, 0x514e28b7],
    [[], 0xffffffff, 0x81f16f39],
    [[0xff, 0xff, 0xff, 0xff], 0, 0x76293b50],
    [[0x21, 0x43, 0x65, 0x87], 0, 0xf55b516b],
    [[0x21, 0x43, 0x65, 0x87], 0x5082edee, 0x2362f9de],
    [[0x21, 0x43, 0x65], 0, 0x7e4a8634],
    [[0x21, 0x43], 0, 0xa0f7b07a],
    [[0x21], 0, 0x72661cf4],
    [[0, 0, 0, 0], 0, 0x2362f9de],
    [[0, 0, 0], 0, 0x85f0b427],
    [[0, 0], 0, 0x30f4c306],
    [[0], 0, 0x514e28b7],
  ])('gives the published hash of bytes %j under seed %i', (bytes, seed, hash) => {
    expect(murmur3Bytes(bytes, seed)).toBe(hash);
  });

  it.each([
    ['aaaa', 0x5a97808a],
    ['aaa', 0x283e0130],
    ['aa', 0x5d211726],
    ['a', 0x7fa09ea6],
    ['abcd', 0xf0478627],
    ['abc', 0xc84a62dd],
    ['ab', 0x74875592],
    ['Hello, world!', 0x24884cba],
    ['ππππππππ', 0xd58063c1],
    ['The quick brown fox jumps over the lazy dog', 0x2fa826cd],
  ])('gives the published hash of the text %j', (text, hash) => {
    expect(murmur3Text(text, 0x9747b28c)).toBe(hash);
  });

  it('hashes text as its UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer(), (text, seed) => {
        expect(murmur3Text(text, seed)).toBe(murmur3Bytes(new TextEncoder().encode(text), seed));
      }),
      { numRuns: 1000 },
    );
  });

  it('hashes words as their little-endian bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 5, maxLength: 5 }), ([seed, a, b, c, d]) => {
        expect(mix3(seed, a, b, c)).toBe(murmur3Bytes(bytesOf(a, b, c), seed));
        expect(mix4(seed, a, b, c, d)).toBe(murmur3Bytes(bytesOf(a, b, c, d), seed));
      }),
      { numRuns: 1000 },
    );
  });

  it('flips each output bit about half the time when one input bit flips', () => {
    const flips = new Float64Array(32);
    let trials = 0;
    for (let i = 0; i < 500; i++) {
      for (let bit = 0; bit < 32; bit++) {
        const change = mix3(7, i, 3, i * 5) ^ mix3(7, i, 3, (i * 5) ^ (1 << bit));
        for (let out = 0; out < 32; out++) flips[out] += (change >>> out) & 1;
        trials++;
      }
    }
    const sd = Math.sqrt(trials) / 2;
    for (const count of flips) expect(Math.abs(count - trials / 2)).toBeLessThan(5 * sd);
  });
});
