const FREE = -1;
/** Versions a key can have, for one number that names both. */
const versionsApart = 2_147_483_648;

/** How an entry is kept. Times in µs. */
export interface EntryLife {
  /** When its time to live ends; Infinity without one. */
  expiresUs: number;
  /** When it is gone: later, where entries are kept past their time. */
  goneUs: number;
  /** The version in its key; −1 for the entry of the key itself. */
  at: number;
  /** It holds the version to look under, not a value. */
  pointer: boolean;
}

/** The number under which the entry of a key, or of a key at a version, lies here. */
function placeOf(key: number, at: number): number {
  return at < 0 ? key : (key + 1) * versionsApart + at;
}

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
  /** When it goes; later than `expiresUs` where entries are kept past their time. */
  goneUs = new Float64Array(64);
  /** The version in the key of an entry at a version; −1 for entries of a key itself. */
  at = new Int32Array(64);
  /** 1 where the entry says under which version to look. */
  pointer = new Uint8Array(64);
  /** When it was last found by a look-up; `storedUs` before the first. */
  lastReadUs = new Float64Array(64);
  /** Latest committed version of every key that was written. */
  truth = new Map<number, number>();
  private slots = new Map<number, number>();
  /** Versions under which entries of a key lie. */
  private versionsOf = new Map<number, Set<number>>();
  /** Free slots below `slotCount` as a binary heap, lowest first. */
  private free: number[] = [];

  /** The slot of a key, or of a key at a version; −1 when it is not held. */
  slotOf(key: number, at = FREE): number {
    return this.slots.get(placeOf(key, at)) ?? FREE;
  }

  /** Stores; over an entry still there, its slot and its count of reads stay. */
  set(key: number, version: number, storedUs: number, { expiresUs, goneUs, at, pointer }: EntryLife): void {
    let slot = this.slotOf(key, at);
    if (slot < 0) {
      slot = this.take();
      this.slots.set(placeOf(key, at), slot);
      this.key[slot] = key;
      this.at[slot] = at;
      this.reads[slot] = 0;
      this.entries++;
      if (at >= 0) this.versionsOf.set(key, (this.versionsOf.get(key) ?? new Set()).add(at));
    }
    this.version[slot] = version;
    this.storedUs[slot] = storedUs;
    this.expiresUs[slot] = expiresUs;
    this.goneUs[slot] = goneUs;
    this.pointer[slot] = pointer ? 1 : 0;
    this.lastReadUs[slot] = storedUs;
  }

  /** A look-up found the key. */
  touch(key: number, atUs: number, at = FREE): void {
    const slot = this.slotOf(key, at);
    if (slot < 0) return;
    this.reads[slot]++;
    this.lastReadUs[slot] = atUs;
  }

  /** The key, or the key at a version, is gone. */
  remove(key: number, at = FREE): void {
    const slot = this.slotOf(key, at);
    if (slot < 0) return;
    this.slots.delete(placeOf(key, at));
    if (at >= 0) {
      const versions = this.versionsOf.get(key);
      versions?.delete(at);
      if (versions?.size === 0) this.versionsOf.delete(key);
    }
    this.key[slot] = FREE;
    this.entries--;
    this.release(slot);
  }

  /**
   * An entry has left by itself, and its row says which version its key carried (−1 for none). A store that was under way while
   * keys began to carry versions may have been put elsewhere: then it is the one that there is.
   */
  leave(key: number, at: number): void {
    const [other] = this.versionsOf.get(key) ?? [];
    this.remove(key, this.slotOf(key, at) >= 0 || other === undefined ? at : other);
  }

  /** Everything is gone. */
  clear(): void {
    this.slots.clear();
    this.versionsOf.clear();
    this.key.fill(FREE, 0, this.slotCount);
    this.free = [];
    this.slotCount = 0;
    this.entries = 0;
  }

  /** How many entries there are; where rows are missing, without those whose time must be over by now. */
  held(): number {
    if (this.exact) return this.entries;
    let count = 0;
    for (let slot = 0; slot < this.slotCount; slot++) if (this.key[slot] >= 0 && this.goneUs[slot] > this.atUs) count++;
    return count;
  }

  /** The database holds a newer version than the entry in this slot. */
  isStale(slot: number): boolean {
    return (this.truth.get(this.key[slot]) ?? 0) > this.version[slot];
  }

  /** It is past its time to live, and kept only for those who take such. */
  isOverdue(slot: number): boolean {
    return this.goneUs[slot] > this.expiresUs[slot] && this.expiresUs[slot] <= this.atUs;
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
    next.goneUs = this.goneUs.slice(0, length);
    next.at = this.at.slice(0, length);
    next.pointer = this.pointer.slice(0, length);
    for (const [key, versions] of this.versionsOf) next.versionsOf.set(key, new Set(versions));
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
    this.goneUs = grown(new Float64Array(length), this.goneUs);
    this.at = grown(new Int32Array(length), this.at);
    this.pointer = grown(new Uint8Array(length), this.pointer);
  }
}
