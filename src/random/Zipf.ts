import { pow } from './math.ts';
import type { Stream } from './Stream.ts';

/** Probabilities are kept in units of 2^−32. */
const WORD = 4294967296;

/**
 * Zipf's weights: rank r (from 1) weighs r^−exponent, in place r − 1. `count` is an integer of at least 1, `exponent` at least 0;
 * 0 makes all ranks equal. Not normalised. Throws a RangeError on anything else.
 */
export function zipfWeights(count: number, exponent: number): Float64Array {
  if (!(Number.isInteger(count) && count >= 1))
    throw new RangeError(`a Zipf law needs a whole count of ranks, not ${count}`);
  if (!(exponent >= 0 && exponent < Infinity))
    throw new RangeError(`a Zipf law needs an exponent from 0, not ${exponent}`);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) weights[i] = pow(i + 1, -exponent);
  return weights;
}

/**
 * Draws an index with probability proportional to its weight in constant time.
 * Sources: Walker, "An efficient method for generating discrete random variables with general distributions", ACM TOMS 1977;
 * built in linear time after Vose, IEEE Trans. Software Eng. 1991. Thresholds have 32 bits, so a probability is off by at most
 * 2^−32 / n a column.
 */
export class AliasTable {
  /** Chance, in units of 2^−32, that a column gives its own index; a column that always does has itself as alias. */
  private readonly thresholds: Uint32Array;
  private readonly aliases: Int32Array;

  /** `weights` are finite, not negative, not all zero, and from 1 to 2^31 in number; throws a RangeError otherwise. */
  constructor(weights: Float64Array) {
    const count = weights.length;
    let total = 0;
    for (const weight of weights) {
      if (!(weight >= 0)) throw new RangeError(`a weight must be a number from 0, not ${weight}`);
      total += weight;
    }
    if (!(total > 0 && total < Infinity))
      throw new RangeError(`weights must have a positive, finite sum, not ${total}`);
    this.thresholds = new Uint32Array(count);
    this.aliases = new Int32Array(count);
    this.build(Float64Array.from(weights, (weight) => (weight / total) * count));
  }

  /** Pairs every column short of 1 with one that has some to spare. `shares` sum to their number, and are used up. */
  private build(shares: Float64Array): void {
    const count = shares.length;
    // Short columns are stacked from the left, the others from the right.
    const stacks = new Int32Array(count);
    let shortCount = 0;
    let longStart = count;
    for (let i = 0; i < count; i++) {
      this.aliases[i] = i;
      if (shares[i] < 1) stacks[shortCount++] = i;
      else stacks[--longStart] = i;
    }
    while (shortCount > 0 && longStart < count) {
      const short = stacks[--shortCount];
      const long = stacks[longStart];
      this.thresholds[short] = Math.min(WORD - 1, Math.floor(shares[short] * WORD + 0.5));
      this.aliases[short] = long;
      shares[long] -= 1 - shares[short];
      if (shares[long] < 1) {
        longStart++;
        stacks[shortCount++] = long;
      }
    }
    // What is left over has a share of 1 but for rounding, and keeps itself as alias.
  }

  /** An index in [0, number of weights). Two draws of the stream, seldom more. */
  sample(stream: Stream): number {
    const column = stream.below(this.thresholds.length);
    return stream.nextInt32() >>> 0 < this.thresholds[column] ? column : this.aliases[column];
  }
}
