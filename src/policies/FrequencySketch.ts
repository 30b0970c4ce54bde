/** Counters stop here: four bits. */
const COUNTER_MOST = 15;

/** Rows, each with a hash function of its own. */
const ROWS = 4;

/** Additions between two halvings, for each 64-bit word of the table. */
const ADDITIONS_A_WORD = 10;

/** 32-bit words that a row has in a block, at most: two rows share one, which then has the 64 bytes that memory hands over at once. */
const ROW_WORDS_MOST = 8;

/** Multipliers that make two more hashes of a hash: the fractional parts of the square roots of 2 and 3, made odd. */
const PICK = 0x6a09e667;
const OTHER = 0xbb67ae85 | 0;

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
 * The first two rows lie in blocks of 64 bytes, half of each block theirs, and so do the other two: an id has a block in either
 * half of the table, and two counters in each. So memory is asked twice and not four times, at no loss: with all four in one block, as
 * in Caffeine, W-TinyLFU has a tenth of a point fewer hits on the trace OLTP.
 *
 * Sources: Cormode and Muthukrishnan, "An improved data stream summary: the count-min sketch and its applications", 2005;
 * Einziger, Friedman and Manes, "TinyLFU: a highly efficient cache admission policy", ACM Transactions on Storage 13(4), 2017;
 * blocks: Putze, Sanders and Singler, "Cache-, hash- and space-efficient Bloom filters", Journal of Experimental Algorithmics 14, 2009.
 */
export class FrequencySketch {
  /** Additions after which all is halved. */
  readonly period: number;
  /** Additions since then; after a halving, what is left of those before. */
  additions = 0;
  /** Eight counters a word; in each block first the words of one row, then those of the other. */
  private readonly table: Int32Array<ArrayBuffer>;
  /** Where the blocks of the last two rows begin. */
  private readonly half: number;
  /** The last block of either half, by number. */
  private readonly lastBlock: number;
  private readonly blockShift: number;
  private readonly rowWords: number;

  /** `capacityEntries`: how many entries the cache holds, at least 1. */
  constructor(capacityEntries: number) {
    const words = 1 << (32 - Math.clz32(Math.max(2, capacityEntries) - 1));
    this.period = ADDITIONS_A_WORD * words;
    this.table = new Int32Array(2 * words);
    this.half = words;
    this.rowWords = Math.min(ROW_WORDS_MOST, words / 2);
    this.blockShift = 32 - Math.clz32(this.rowWords);
    this.lastBlock = (words >>> this.blockShift) - 1;
  }

  /** Counts one request for `id`. */
  add(id: number): void {
    const { table, rowWords, lastBlock, blockShift } = this;
    const hash = spread(id);
    const pick = Math.imul(hash, PICK);
    const lastWord = rowWords - 1;
    const early = (hash & lastBlock) << blockShift;
    const late = this.half + (((Math.imul(hash, OTHER) >>> 8) & lastBlock) << blockShift);
    // Six bits of the pick for each row, from its top: three for the word, three for the counter. Written out: over an array of
    // shifts it takes twice the time.
    const added =
      raise(table, early + ((pick >>> 29) & lastWord), (pick >>> 24) & 28) +
      raise(table, early + rowWords + ((pick >>> 23) & lastWord), (pick >>> 18) & 28) +
      raise(table, late + ((pick >>> 17) & lastWord), (pick >>> 12) & 28) +
      raise(table, late + rowWords + ((pick >>> 11) & lastWord), (pick >>> 6) & 28);
    if (added > 0 && ++this.additions >= this.period) this.halve();
  }

  /** How often `id` was counted, 0 to 15: never too low since the last halving, now and then too high. */
  frequency(id: number): number {
    const { table, rowWords, lastBlock, blockShift } = this;
    const hash = spread(id);
    const pick = Math.imul(hash, PICK);
    const lastWord = rowWords - 1;
    const early = (hash & lastBlock) << blockShift;
    const late = this.half + (((Math.imul(hash, OTHER) >>> 8) & lastBlock) << blockShift);
    const count0 = read(table, early + ((pick >>> 29) & lastWord), (pick >>> 24) & 28);
    const count1 = read(table, early + rowWords + ((pick >>> 23) & lastWord), (pick >>> 18) & 28);
    const count2 = read(table, late + ((pick >>> 17) & lastWord), (pick >>> 12) & 28);
    const count3 = read(table, late + rowWords + ((pick >>> 11) & lastWord), (pick >>> 6) & 28);
    const [least, leastLate] = [count0 < count1 ? count0 : count1, count2 < count3 ? count2 : count3];
    return least < leastLate ? least : leastLate;
  }

  /** Forgets everything. */
  clear(): void {
    this.table.fill(0);
    this.additions = 0;
  }

  /** Every counter, row by row. For display. */
  rows(): number[][] {
    const { table, half, rowWords, blockShift } = this;
    return Array.from({ length: ROWS }, (_, row) => {
      const first = (row >> 1) * half + (row & 1) * rowWords;
      return Array.from({ length: 4 * half }, (__, counter) => {
        const word = counter >>> 3;
        const block = Math.floor(word / rowWords);
        return read(table, first + (block << blockShift) + (word % rowWords), (counter & 7) << 2);
      });
    });
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

/** The counter that stands so many bits up in a word. */
function read(table: Int32Array, word: number, offset: number): number {
  return (table[word] >>> offset) & COUNTER_MOST;
}

/** Adds one to a counter unless it is full; returns 1 or 0. */
function raise(table: Int32Array, at: number, offset: number): number {
  const word = table[at];
  if (((word >>> offset) & COUNTER_MOST) === COUNTER_MOST) return 0;
  table[at] = (word + (1 << offset)) | 0;
  return 1;
}
