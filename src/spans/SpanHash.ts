import { byteColumns, type Columns, intColumns, timeColumns } from './columns.ts';

const C1 = 0xcc9e2d51 | 0;
const C2 = 0x1b873593;

function lane(hash: number, word: number): number {
  let k = Math.imul(word, C1);
  k = (k << 15) | (k >>> 17);
  const h = hash ^ Math.imul(k, C2);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
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
      this.addRow(table, index);
      if (++this.rows % 1000 === 0 && this.checkpoints.length < 10_000) this.checkpoints.push(this.digest());
    }
  }

  /** The hash so far: 16 hexadecimal digits. */
  digest(): string {
    return finished(this.a, this.rows) + finished(this.b, this.rows);
  }

  private word(word: number): void {
    this.a = lane(this.a, word);
    this.b = lane(this.b, word ^ 0x5bd1e995);
  }

  private addRow(table: Columns, index: number): void {
    for (const name of timeColumns) {
      const time = table[name][index];
      const came = time < Number.POSITIVE_INFINITY;
      this.word(came ? time | 0 : -1);
      this.word(came ? (time / 4294967296) | 0 : -1);
    }
    for (const name of intColumns) this.word(table[name][index]);
    let packed = 0;
    for (let column = 0; column < byteColumns.length; column++) {
      packed = (packed << 8) | table[byteColumns[column]][index];
      if (column % 3 === 2) {
        this.word(packed);
        packed = 0;
      }
    }
  }
}
