import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { mix3, murmur3Text } from './murmur3.ts';

/** Outputs thrown away after seeding. */
const SKIPPED_DRAWS = 16;

/**
 * A named stream of pseudo-random numbers: xoroshiro128+ (Blackman and Vigna 2018), keyed by the run's seed and the name of the
 * component that draws. Every component has a stream of its own, so adding one never shifts the draws of another.
 * The lowest bits of this generator are its weakest, so every method here takes its bits from the top.
 */
export class Stream {
  /** How many 32-bit outputs have been taken so far. */
  drawCount = 0;
  private readonly generator;

  /** `seed` is an integer (taken modulo 2^32); `name` is the component's own name, unique within the run. */
  constructor(seed: number, name: string) {
    // The library's own seeding leaves half of the state constant; four hashed words fill all of it.
    const key = murmur3Text(name, seed);
    const again = murmur3Text(name, ~seed);
    const state = [mix3(seed, key, again, 1), mix3(seed, key, again, 2), mix3(seed, key, again, 3), 1 | key];
    this.generator = xoroshiro128plusFromState(state.map((word) => word | 0));
    for (let i = 0; i < SKIPPED_DRAWS; i++) this.generator.next();
  }

  /** The next 32 bits, as a signed integer. */
  nextInt32(): number {
    this.drawCount++;
    return this.generator.next();
  }

  /** A multiple of 2^−53 in [0, 1). Two draws. */
  uniform(): number {
    const high = this.nextInt32() >>> 5;
    return (high * 67108864 + (this.nextInt32() >>> 6)) / 9007199254740992;
  }

  /** A multiple of 2^−53 in (0, 1], safe to take the logarithm of. Two draws. */
  uniformOpen(): number {
    return this.uniform() + 1 / 9007199254740992;
  }

  /**
   * An unbiased integer in [0, n), for an integer n in 1..2^31. One draw, seldom more.
   * Source: Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 2019 (multiply, keep the high word, reject).
   */
  below(n: number): number {
    for (;;) {
      const word = this.nextInt32() >>> 0;
      const low = Math.imul(word, n) >>> 0;
      // Only a low word under n can be one of the surplus 2^32 mod n, so the division is almost never paid for.
      if (low >= n || low >= 4294967296 % n) {
        // The product fits into 53 bits, and a power of two divides it exactly.
        if (n <= 2097152) return Math.floor((word * n) / 4294967296);
        const upper = (word >>> 16) * n + Math.floor(((word & 0xffff) * n) / 65536);
        return Math.floor(upper / 65536);
      }
    }
  }
}
