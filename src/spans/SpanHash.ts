import type { Columns } from './columns.ts';

const C1 = 0xcc9e2d51 | 0;
const C2 = 0x1b873593;
const C3 = 0xe6546b64 | 0;
/** Sets the words of the second lane apart from those of the first. */
const APART = 0x5bd1e995;
/** 2^−32: a time is cut into two words. */
const HIGH = 2.3283064365386963e-10;

/** The words of the row under way: six times of two words, six integers, six bytes three to a word. */
const words = new Int32Array(20);

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
    for (let index = from; index < table.length; index++) {
      encode(table, index);
      this.addWords();
      if (++this.rows % 1000 === 0 && this.checkpoints.length < 10_000) this.checkpoints.push(this.digest());
    }
  }

  /** The hash so far: 16 hexadecimal digits. */
  digest(): string {
    return finished(this.a, this.rows) + finished(this.b, this.rows);
  }

  private addWords(): void {
    let a = this.a;
    let b = this.b;
    for (let index = 0; index < words.length; index++) {
      const word = words[index];
      a = lane(a, word);
      b = lane(b, word ^ APART);
    }
    this.a = a;
    this.b = b;
  }
}

/** Column by column, because a loop over names looks every column up again for every row. */
function encode(table: Columns, row: number): void {
  time(0, table.start[row]);
  time(2, table.sent[row]);
  time(4, table.arrive[row]);
  time(6, table.service[row]);
  time(8, table.leave[row]);
  time(10, table.end[row]);
  words[12] = table.request[row];
  words[13] = table.id[row];
  words[14] = table.parent[row];
  words[15] = table.key[row];
  words[16] = table.version[row];
  words[17] = table.detail[row];
  words[18] = (table.op[row] << 16) | (table.outcome[row] << 8) | table.cause[row];
  words[19] = (table.flags[row] << 16) | (table.node[row] << 8) | table.from[row];
}

function time(at: number, us: number): void {
  const came = us < Number.POSITIVE_INFINITY;
  words[at] = came ? us | 0 : -1;
  words[at + 1] = came ? (us * HIGH) | 0 : -1;
}
