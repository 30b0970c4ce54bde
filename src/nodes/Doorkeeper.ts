/**
 * Remembers which keys have been asked for. Its memory is bounded by two generations: when the younger one is full, it
 * becomes the elder, and the elder is forgotten.
 * @source Einziger, Friedman, Manes, "TinyLFU: A Highly Efficient Cache Admission Policy", ACM TOS 13 (2017), §3.4.2; there
 * it is a Bloom filter, here it makes no mistakes.
 */
export class Doorkeeper {
  private young = new Set<number>();
  private old = new Set<number>();

  /** Whether the key was seen lately; from now on it was. A generation holds `perGeneration` keys, at least 1. */
  knows(key: number, perGeneration: number): boolean {
    const known = this.young.has(key) || this.old.has(key);
    if (!this.young.has(key)) {
      if (this.young.size >= perGeneration) {
        this.old = this.young;
        this.young = new Set();
      }
      this.young.add(key);
    }
    return known;
  }

  /** Keys remembered, those of both generations counted twice. */
  get size(): number {
    return this.young.size + this.old.size;
  }

  /** Everything is forgotten. */
  forget(): void {
    this.young = new Set();
    this.old = new Set();
  }
}
