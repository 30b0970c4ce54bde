import { log } from '../random/math.ts';
import { mix3 } from '../random/murmur3.ts';

/** Size of a Bloom filter: its bits, and how many of them each key sets. */
export interface BloomSize {
  bits: number;
  hashes: number;
}

/**
 * The size at which `keys` keys give the wanted share of false positives: m = −n ln p / (ln 2)² bits and k = m/n ln 2
 * hashes. No keys, or a share of 1, need no bits at all; such a filter lets everything pass.
 * @source Broder, Mitzenmacher, "Network Applications of Bloom Filters: A Survey", Internet Mathematics 1 (2004), §2.
 */
export function bloomSize(keys: number, falsePositives: number): BloomSize {
  const bits = Math.ceil((keys * log(1 / falsePositives)) / (Math.LN2 * Math.LN2));
  return { bits, hashes: bits === 0 ? 0 : Math.max(1, Math.round((bits / keys) * Math.LN2)) };
}

/**
 * The first place of a key among `bits` bits, at least 1; the others follow by steps of {@link bloomStep}, modulo the bits.
 * @source Kirsch, Mitzenmacher, "Less Hashing, Same Performance: Building a Better Bloom Filter", ESA 2006.
 */
export function bloomStart(key: number, bits: number, seed: number): number {
  return mix3(seed, key, 1, 0) % bits;
}

/** From one place of a key to the next. Never zero, or all places of a key would be one. */
export function bloomStep(key: number, bits: number, seed: number): number {
  return bits < 2 ? 0 : 1 + (mix3(seed, key, 2, 0) % (bits - 1));
}
