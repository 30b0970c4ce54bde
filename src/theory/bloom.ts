import { log, pow } from '../random/math.ts';
import { checkWhole } from './domain.ts';
import { expm1, log1p } from './expm1.ts';

/** Occupancy updates the exact form is willing to make, a few tenths of a second of work. */
const STEPS_MAX = 100_000_000;

function checkFilter(bits: number, keys: number, hashes: number): void {
  checkWhole('bits of a filter', bits, 1);
  checkWhole('keys of a filter', keys, 0);
  checkWhole('hashes of a filter', hashes, 1);
}

/**
 * Bits for n keys at a false-positive probability p with the best number of hashes: m = −n·ln p/(ln 2)², rounded up, at
 * least 1. `keys` whole ≥ 1, `falsePositive` in 0..1 without 0; throws a RangeError otherwise.
 * Source: A. Broder, M. Mitzenmacher, Network Applications of Bloom Filters: A Survey, Internet Mathematics 1(4), 2004;
 * the filter: B. Bloom, CACM 13(7), 1970.
 */
export function bloomBits(keys: number, falsePositive: number): number {
  checkWhole('keys of a filter', keys, 1);
  if (!(falsePositive > 0 && falsePositive <= 1))
    throw new RangeError(`false positives must be a share above 0, not ${falsePositive}`);
  return Math.max(1, Math.ceil((-keys * log(falsePositive)) / (Math.LN2 * Math.LN2)));
}

/**
 * The number of hashes with the fewest false positives for m bits and n keys: (m/n)·ln 2, of the two whole numbers
 * beside it the better by {@link bloomFalsePositive}, at least 1. `bits`, `keys` whole ≥ 1; throws a RangeError
 * otherwise. Source: Broder and Mitzenmacher 2004.
 */
export function bloomHashes(bits: number, keys: number): number {
  checkWhole('bits of a filter', bits, 1);
  checkWhole('keys of a filter', keys, 1);
  const fewer = Math.floor((bits / keys) * Math.LN2);
  if (fewer < 1) return 1;
  // By logarithms: with many bits a key both probabilities may underflow.
  const weight = (hashes: number): number => hashes * log(-expm1((-hashes * keys) / bits));
  return weight(fewer + 1) < weight(fewer) ? fewer + 1 : fewer;
}

/**
 * False-positive probability as it is usually given: (1−e^{−kn/m})^k. Slightly too low, the more so the smaller the
 * filter, since it takes the bits for independent. `bits`, `hashes` whole ≥ 1, `keys` whole ≥ 0; throws a RangeError
 * otherwise. Source: Broder and Mitzenmacher 2004; the error: P. Bose et al., On the false-positive rate of Bloom
 * filters, Information Processing Letters 108(4), 2008.
 */
export function bloomFalsePositive(bits: number, keys: number, hashes: number): number {
  checkFilter(bits, keys, hashes);
  return pow(-expm1((-hashes * keys) / bits), hashes);
}

/**
 * False-positive probability without approximation: Σᵢ P(i bits set)·(i/m)^k, the number of set bits followed throw by
 * throw. The k hashes of a key are independent and uniform over all m bits, so two may fall on one bit. `bits`,
 * `hashes` whole ≥ 1, `keys` whole ≥ 0; throws a RangeError otherwise, and where k·n·min(m, k·n) exceeds 1e8 updates.
 * Source: Bose et al. 2008; K. Christensen, A. Roginsky, M. Jimeno, A new analysis of the false positive rate of a
 * Bloom filter, Information Processing Letters 110(21), 2010.
 */
export function bloomExactFalsePositive(bits: number, keys: number, hashes: number): number {
  checkFilter(bits, keys, hashes);
  const throws = keys * hashes;
  const most = Math.min(bits, throws);
  if (throws * most > STEPS_MAX) throw new RangeError(`${throws} throws at ${bits} bits are too many to count out`);
  const set = new Float64Array(most + 1);
  set[0] = 1;
  for (let thrown = 1; thrown <= throws; thrown++) {
    for (let i = Math.min(thrown, most); i >= 0; i--) {
      const entering = i > 0 ? (set[i - 1] * (bits - i + 1)) / bits : 0;
      set[i] = (set[i] * i) / bits + entering;
    }
  }
  let positive = 0;
  for (let i = 1; i <= most; i++) positive += set[i] * pow(i / bits, hashes);
  return positive;
}

/**
 * Expected share of bits set after n keys: 1−(1−1/m)^{kn}. `bits`, `hashes` whole ≥ 1, `keys` whole ≥ 0; throws a
 * RangeError otherwise. Source: Broder and Mitzenmacher 2004.
 */
export function bloomExpectedFill(bits: number, keys: number, hashes: number): number {
  checkFilter(bits, keys, hashes);
  if (bits === 1) return keys > 0 ? 1 : 0;
  return -expm1(keys * hashes * log1p(-1 / bits));
}
