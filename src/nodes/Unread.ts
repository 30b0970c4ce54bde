/**
 * The entries of one cache that a refresh in the background stored and nobody has read since. One that is replaced or gone
 * while it is here was loaded in vain.
 */
export class Unread {
  private readonly keys = new Set<number>();
  private readonly wasted: (count: number) => void;

  /** `wasted` is told how many were loaded in vain, whenever some were. */
  constructor(wasted: (count: number) => void) {
    this.wasted = wasted;
  }

  /** How many there are. */
  get size(): number {
    return this.keys.size;
  }

  /** An entry was stored, over another or not. */
  stored(key: number, byRefresh: boolean): void {
    this.gone(key);
    if (byRefresh) this.keys.add(key);
  }

  /** A look-up found the entry. */
  read(key: number): void {
    this.keys.delete(key);
  }

  /** The entry has left, whyever. */
  gone(key: number): void {
    if (this.keys.size > 0 && this.keys.delete(key)) this.wasted(1);
  }

  /** All have left at once. */
  clear(): void {
    if (this.keys.size > 0) this.wasted(this.keys.size);
    this.keys.clear();
  }
}
