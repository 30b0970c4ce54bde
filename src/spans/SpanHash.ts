import type { Columns } from './columns.ts';

const C1 = 0xcc9e2d51 | 0;
const C2 = 0x1b873593;
const C3 = 0xe6546b64 | 0;
/** Sets the words of the second lane apart from those of the first. */
const APART = 0x5bd1e995;
/** 2^−32: a time is cut into two words. */
const HIGH = 2.3283064365386963e-10;

/** Words of a row: six times of two words, six integers, six bytes three to a word. */
const rowWords = 20;
/** Rows that are cut into words at a time: column by column, which is half the work of row by row. */
const batchRows = 64;
const words = new Int32Array(rowWords * batchRows);

function lane(hash: number, word: number): number {
  let k = Math.imul(word, C1);
  k = (k << 15) | (k >>> 17);
  const h = hash ^ Math.imul(k, C2);
  return (Math.imul((h << 13) | (h >>> 19), 5) + C3) | 0;
}

function finished(hash: number, length: number): string {
  let h = hash ^ length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, '0');
}

/**
 * A 64-bit hash of closed rows in order of closing: two lanes of murmur3 (x86, 32 bit) over a canonical encoding (each
 * time as its low and high 32 bits, −1 −1 where it never came). Same scenario, seed and acts give the same hash on every
 * engine and for every slicing; every 1,000 rows a checkpoint, so that a mismatch names the first bad block.
 */
export class SpanHash {
  rows = 0;
  /** Hash after each 1,000 rows. */
  readonly checkpoints: string[] = [];
  private a = 0x9747b28c | 0;
  private b = 0x2f0b4c47;

  /** Adds the rows of `table` from index `from` on. */
  add(table: Columns, from: number): void {
    for (let first = from; first < table.length; first += batchRows) {
      const count = Math.min(batchRows, table.length - first);
      encode(table, first, count);
      for (let row = 0; row < count; row++) {
        this.addWords(row * rowWords);
        if (++this.rows % 1000 === 0 && this.checkpoints.length < 10_000) this.checkpoints.push(this.digest());
      }
    }
  }

  /** The hash so far: 16 hexadecimal digits. */
  digest(): string {
    return finished(this.a, this.rows) + finished(this.b, this.rows);
  }

  private addWords(from: number): void {
    let a = this.a;
    let b = this.b;
    for (let index = from; index < from + rowWords; index++) {
      const word = words[index];
      a = lane(a, word);
      b = lane(b, word ^ APART);
    }
    this.a = a;
    this.b = b;
  }
}

function encode(table: Columns, first: number, count: number): void {
  encodeTimes(0, table.start, first, count);
  encodeTimes(2, table.sent, first, count);
  encodeTimes(4, table.arrive, first, count);
  encodeTimes(6, table.service, first, count);
  encodeTimes(8, table.leave, first, count);
  encodeTimes(10, table.end, first, count);
  encodeIntegers(12, table.request, first, count);
  encodeIntegers(13, table.id, first, count);
  encodeIntegers(14, table.parent, first, count);
  encodeIntegers(15, table.key, first, count);
  encodeIntegers(16, table.version, first, count);
  encodeIntegers(17, table.detail, first, count);
  encodeBytes(18, table.op, table.outcome, table.cause, first, count);
  encodeBytes(19, table.flags, table.node, table.from, first, count);
}

function encodeTimes(at: number, column: Float64Array, first: number, count: number): void {
  for (let row = 0; row < count; row++) {
    const us = column[first + row];
    const came = us < Number.POSITIVE_INFINITY;
    words[row * rowWords + at] = came ? us | 0 : -1;
    words[row * rowWords + at + 1] = came ? (us * HIGH) | 0 : -1;
  }
}

function encodeIntegers(at: number, column: Int32Array, first: number, count: number): void {
  for (let row = 0; row < count; row++) words[row * rowWords + at] = column[first + row];
}

function encodeBytes(at: number, a: Uint8Array, b: Uint8Array, c: Uint8Array, first: number, count: number): void {
  for (let row = 0; row < count; row++) {
    words[row * rowWords + at] = (a[first + row] << 16) | (b[first + row] << 8) | c[first + row];
  }
}
