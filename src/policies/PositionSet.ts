/**
 * A set of integers below a bound that knows its largest: a bit for each integer, above it a bit for each word that is not empty,
 * and so on up to one word. Adding and deleting take a step a level, finding the largest too: four levels for a million integers.
 */
export class PositionSet {
  /** The bits themselves first, the single word last. */
  private readonly levels: Int32Array<ArrayBuffer>[] = [];

  /** For integers in [0, bound). */
  constructor(bound: number) {
    let words = bound;
    do {
      words = Math.max(1, Math.ceil(words / 32));
      this.levels.push(new Int32Array(words));
    } while (words > 1);
  }

  /** Adds an integer; may be there already. */
  add(position: number): void {
    let at = position;
    for (const level of this.levels) {
      const before = level[at >>> 5];
      level[at >>> 5] = before | (1 << (at & 31));
      if (before !== 0) return;
      at >>>= 5;
    }
  }

  /** Takes out an integer; may be out already. */
  delete(position: number): void {
    let at = position;
    for (const level of this.levels) {
      level[at >>> 5] &= ~(1 << (at & 31));
      if (level[at >>> 5] !== 0) return;
      at >>>= 5;
    }
  }

  /** The largest integer; −1 when the set is empty. */
  largest(): number {
    let at = 0;
    for (let height = this.levels.length - 1; height >= 0; height--) {
      const word = this.levels[height][at];
      if (word === 0) return -1;
      at = 32 * at + 31 - Math.clz32(word);
    }
    return at;
  }

  /** Takes everything out. */
  clear(): void {
    for (const level of this.levels) level.fill(0);
  }
}
