/** Keys by the time at which they expire: a binary heap. Entries that no longer hold are left in and skipped by the owner. */
export class ExpiryHeap {
  private times = new Float64Array(256);
  private keys = new Int32Array(256);
  private size = 0;

  /** The earliest time; Infinity when empty. */
  get firstUs(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : this.times[0];
  }

  /** How many are in it, those that no longer hold included. */
  get length(): number {
    return this.size;
  }

  /** Adds a key. */
  push(atUs: number, key: number): void {
    if (this.size === this.times.length) this.grow();
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (this.before(parent, atUs, key)) break;
      this.times[hole] = this.times[parent];
      this.keys[hole] = this.keys[parent];
      hole = parent;
    }
    this.times[hole] = atUs;
    this.keys[hole] = key;
  }

  /** Removes the earliest and returns its key. */
  pop(): number {
    const first = this.keys[0];
    const last = --this.size;
    const atUs = this.times[last];
    const key = this.keys[last];
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= last) break;
      if (child + 1 < last && this.before(child + 1, this.times[child], this.keys[child])) child++;
      if (!this.before(child, atUs, key)) break;
      this.times[hole] = this.times[child];
      this.keys[hole] = this.keys[child];
      hole = child;
    }
    this.times[hole] = atUs;
    this.keys[hole] = key;
    return first;
  }

  clear(): void {
    this.size = 0;
  }

  private before(index: number, atUs: number, key: number): boolean {
    return this.times[index] < atUs || (this.times[index] === atUs && this.keys[index] < key);
  }

  private grow(): void {
    const times = new Float64Array(this.times.length * 2);
    const keys = new Int32Array(this.times.length * 2);
    times.set(this.times);
    keys.set(this.keys);
    this.times = times;
    this.keys = keys;
  }
}
