const FREE = -1;

/**
 * Entries of one cache in slots: a newcomer takes the lowest free slot and keeps it while it lives. Columns by slot; a
 * free slot has key −1. Times in µs.
 */
export class ContentsState {
  /** The moment this is the state of; everything up to and including it has been applied. */
  atUs = -1;
  /** False where rows that were needed had been thinned away. */
  exact = true;
  entries = 0;
  /** Slots ever used: columns are to be read up to here. */
  slotCount = 0;
  key = new Int32Array(64);
  version = new Int32Array(64);
  reads = new Int32Array(64);
  storedUs = new Float64Array(64);
  /** Infinity without a TTL. */
  expiresUs = new Float64Array(64);
  /** When it was last found by a look-up; `storedUs` before the first. */
  lastReadUs = new Float64Array(64);
  /** Latest committed version of every key that was written. */
  truth = new Map<number, number>();
  private slots = new Map<number, number>();
  /** Free slots below `slotCount` as a binary heap, lowest first. */
  private free: number[] = [];

  /** The slot of a key; −1 when it is not held. */
  slotOf(key: number): number {
    return this.slots.get(key) ?? FREE;
  }

  /** Stores; over an entry still there, its slot and its count of reads stay. */
  set(key: number, version: number, storedUs: number, expiresUs: number): void {
    let slot = this.slotOf(key);
    if (slot < 0) {
      slot = this.take();
      this.slots.set(key, slot);
      this.key[slot] = key;
      this.reads[slot] = 0;
      this.entries++;
    }
    this.version[slot] = version;
    this.storedUs[slot] = storedUs;
    this.expiresUs[slot] = expiresUs;
    this.lastReadUs[slot] = storedUs;
  }

  /** A look-up found the key. */
  touch(key: number, atUs: number): void {
    const slot = this.slotOf(key);
    if (slot < 0) return;
    this.reads[slot]++;
    this.lastReadUs[slot] = atUs;
  }

  /** The key is gone. */
  remove(key: number): void {
    const slot = this.slotOf(key);
    if (slot < 0) return;
    this.slots.delete(key);
    this.key[slot] = FREE;
    this.entries--;
    this.release(slot);
  }

  /** Everything is gone. */
  clear(): void {
    this.slots.clear();
    this.key.fill(FREE, 0, this.slotCount);
    this.free = [];
    this.slotCount = 0;
    this.entries = 0;
  }

  /** The database holds a newer version than the entry in this slot. */
  isStale(slot: number): boolean {
    return (this.truth.get(this.key[slot]) ?? 0) > this.version[slot];
  }

  /** An independent state with the same contents. */
  copy(): ContentsState {
    const next = new ContentsState();
    const length = Math.max(64, this.slotCount);
    next.atUs = this.atUs;
    next.exact = this.exact;
    next.entries = this.entries;
    next.slotCount = this.slotCount;
    next.key = this.key.slice(0, length);
    next.version = this.version.slice(0, length);
    next.reads = this.reads.slice(0, length);
    next.storedUs = this.storedUs.slice(0, length);
    next.expiresUs = this.expiresUs.slice(0, length);
    next.lastReadUs = this.lastReadUs.slice(0, length);
    next.truth = new Map(this.truth);
    next.slots = new Map(this.slots);
    next.free = this.free.slice();
    return next;
  }

  private take(): number {
    const { free } = this;
    if (free.length === 0) {
      if (this.slotCount === this.key.length) this.grow();
      return this.slotCount++;
    }
    const lowest = free[0];
    const last = free.pop() as number;
    let hole = 0;
    while (free.length > 0) {
      let child = 2 * hole + 1;
      if (child + 1 < free.length && free[child + 1] < free[child]) child++;
      if (child >= free.length || last <= free[child]) break;
      free[hole] = free[child];
      hole = child;
    }
    if (free.length > 0) free[hole] = last;
    return lowest;
  }

  private release(slot: number): void {
    const { free } = this;
    let hole = free.push(slot) - 1;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (free[parent] <= slot) break;
      free[hole] = free[parent];
      hole = parent;
    }
    free[hole] = slot;
  }

  private grow(): void {
    const length = this.key.length * 2;
    const grown = <A extends { set(source: A): void }>(next: A, old: A): A => {
      next.set(old);
      return next;
    };
    this.key = grown(new Int32Array(length), this.key);
    this.version = grown(new Int32Array(length), this.version);
    this.reads = grown(new Int32Array(length), this.reads);
    this.storedUs = grown(new Float64Array(length), this.storedUs);
    this.expiresUs = grown(new Float64Array(length), this.expiresUs);
    this.lastReadUs = grown(new Float64Array(length), this.lastReadUs);
  }
}
