import { type BloomSize, bloomStart, bloomStep } from './bloomPlaces.ts';

/**
 * A set that may answer yes for a key it was never given, and never no for one that it was. Keys cannot be taken out.
 * Its k places come from two hashes, h₁ + i·h₂.
 * @source Bloom, "Space/Time Trade-offs in Hash Coding with Allowable Errors", CACM 13 (1970); Kirsch, Mitzenmacher,
 * "Less Hashing, Same Performance: Building a Better Bloom Filter", ESA 2006.
 */
export class BloomFilter {
  /** Number of bits (m) and of places a key (k). */
  readonly bits: number;
  readonly hashes: number;
  /** Bits that are set. */
  ones = 0;
  private readonly words: Uint32Array;
  private readonly seed: number;

  constructor({ bits, hashes }: BloomSize, seed: number) {
    this.bits = bits;
    this.hashes = hashes;
    this.words = new Uint32Array(Math.ceil(bits / 32));
    this.seed = seed;
  }

  /** Share of the bits that are set; 0 where there are none. */
  get fill(): number {
    return this.bits === 0 ? 0 : this.ones / this.bits;
  }

  /** Puts a key in. */
  add(key: number): void {
    const step = bloomStep(key, this.bits, this.seed);
    let place = bloomStart(key, this.bits, this.seed);
    for (let hash = 0; hash < this.hashes; hash++) {
      const word = place >>> 5;
      const bit = 1 << (place & 31);
      if ((this.words[word] & bit) === 0) {
        this.words[word] |= bit;
        this.ones++;
      }
      place = (place + step) % this.bits;
    }
  }

  /** False where the key certainly was never added. */
  mayHold(key: number): boolean {
    const step = bloomStep(key, this.bits, this.seed);
    let place = bloomStart(key, this.bits, this.seed);
    for (let hash = 0; hash < this.hashes; hash++) {
      if ((this.words[place >>> 5] & (1 << (place & 31))) === 0) return false;
      place = (place + step) % this.bits;
    }
    return true;
  }

  /** Share of set bits in each of at most `cells` slices of the filter, from the first bit to the last: for drawing. */
  occupancy(cells: number): number[] {
    const count = Math.min(cells, this.words.length);
    return Array.from({ length: count }, (_, cell) => {
      const from = Math.floor((cell * this.words.length) / count);
      const to = Math.floor(((cell + 1) * this.words.length) / count);
      let ones = 0;
      for (let word = from; word < to; word++) ones += onesIn(this.words[word]);
      return ones / (Math.min(32 * to, this.bits) - 32 * from);
    });
  }
}

function onesIn(word: number): number {
  let ones = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) ones++;
  return ones;
}
