/** Counters stop here: four bits. */
const COUNTER_MOST = 15;

/** Rows, each with a hash function of its own. */
const ROWS = 4;

/** Additions between two halvings, for each 64-bit word of the table. */
const ADDITIONS_A_WORD = 10;

/** A multiplier for each row: the fractional parts of the square roots of 2, 3, 5 and 7, made odd. */
const [BY_0, BY_1, BY_2, BY_3] = [0x6a09e667, 0xbb67ae85 | 0, 0x3c6ef373, 0xa54ff539 | 0];

/** Spreads the bits of an id over a whole word, one to one. Source: Mueller, "Prospecting for hash functions", 2018 (lowbias32). */
function spread(id: number): number {
  let hash = Math.imul(id ^ (id >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return hash ^ (hash >>> 16);
}

/** How many bits of a word are set. */
function bitCount(word: number): number {
  let count = word - ((word >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * How often each id was asked for lately, roughly, in eight bytes for each entry of the cache: a count-min sketch of four rows of
 * four-bit counters. An id has one counter in each row and its frequency is the least of them, so others who share some of its
 * counters can only raise it. As many 64-bit words as the next power of two of the capacity, at least two; after ten additions for each word
 * (an addition that finds all four counters full does not count) every counter is halved, so that old fame fades.
 *
 * Sources: Cormode and Muthukrishnan, "An improved data stream summary: the count-min sketch and its applications", 2005;
 * Einziger, Friedman and Manes, "TinyLFU: a highly efficient cache admission policy", ACM Transactions on Storage 13(4), 2017.
 */
export class FrequencySketch {
  /** Additions after which all is halved. */
  readonly period: number;
  /** Additions since then; after a halving, what is left of those before. */
  additions = 0;
  /** Eight counters a word, row after row. */
  private readonly table: Int32Array<ArrayBuffer>;
  private readonly wordsInRow: number;
  /** Shift that leaves as many bits of a hash as a row has counters to name. */
  private readonly shift: number;

  /** `capacityEntries`: how many entries the cache holds, at least 1. */
  constructor(capacityEntries: number) {
    const words = 1 << (32 - Math.clz32(Math.max(2, capacityEntries) - 1));
    this.period = ADDITIONS_A_WORD * words;
    this.table = new Int32Array(2 * words);
    this.wordsInRow = this.table.length / ROWS;
    this.shift = Math.clz32(8 * this.wordsInRow) + 1;
  }

  /** Counts one request for `id`. */
  add(id: number): void {
    const { shift, wordsInRow } = this;
    const hash = spread(id);
    // Written out: over an array of multipliers it takes twice the time.
    const added =
      this.raise(0, Math.imul(hash, BY_0) >>> shift) +
      this.raise(wordsInRow, Math.imul(hash, BY_1) >>> shift) +
      this.raise(2 * wordsInRow, Math.imul(hash, BY_2) >>> shift) +
      this.raise(3 * wordsInRow, Math.imul(hash, BY_3) >>> shift);
    if (added > 0 && ++this.additions >= this.period) this.halve();
  }

  /** How often `id` was counted, 0 to 15: never too low since the last halving, now and then too high. */
  frequency(id: number): number {
    const { shift, wordsInRow } = this;
    const hash = spread(id);
    const count0 = this.read(0, Math.imul(hash, BY_0) >>> shift);
    const count1 = this.read(wordsInRow, Math.imul(hash, BY_1) >>> shift);
    const count2 = this.read(2 * wordsInRow, Math.imul(hash, BY_2) >>> shift);
    const count3 = this.read(3 * wordsInRow, Math.imul(hash, BY_3) >>> shift);
    const [early, late] = [count0 < count1 ? count0 : count1, count2 < count3 ? count2 : count3];
    return early < late ? early : late;
  }

  /** Forgets everything. */
  clear(): void {
    this.table.fill(0);
    this.additions = 0;
  }

  /** Every counter, row by row. For display. */
  rows(): number[][] {
    return Array.from({ length: ROWS }, (_, row) =>
      Array.from({ length: 8 * this.wordsInRow }, (__, counter) => {
        const word = this.table[row * this.wordsInRow + (counter >>> 3)];
        return (word >>> ((counter & 7) << 2)) & COUNTER_MOST;
      }),
    );
  }

  private read(row: number, counter: number): number {
    return (this.table[row + (counter >>> 3)] >>> ((counter & 7) << 2)) & COUNTER_MOST;
  }

  /** Adds one to a counter unless it is full; returns 1 or 0. */
  private raise(row: number, counter: number): number {
    const { table } = this;
    const at = row + (counter >>> 3);
    const offset = (counter & 7) << 2;
    const word = table[at];
    if (((word >>> offset) & COUNTER_MOST) === COUNTER_MOST) return 0;
    table[at] = (word + (1 << offset)) | 0;
    return 1;
  }

  /** Halves every counter, rounding down; the additions thrown away by rounding are taken off before they are halved too. */
  private halve(): void {
    const { table } = this;
    let odd = 0;
    for (let word = 0; word < table.length; word++) {
      odd += bitCount(table[word] & 0x11111111);
      table[word] = (table[word] >>> 1) & 0x77777777;
    }
    this.additions = (this.additions - (odd >>> 2)) >>> 1;
  }
}
