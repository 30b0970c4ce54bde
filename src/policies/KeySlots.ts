import { grown } from './room.ts';

/** Nobody. */
const NONE = -1;

/**
 * The resident keys in slots, each with a number: first those that may be evicted, then the others. When a slot becomes free the last of
 * its part moves into it. What belongs to a slot lies together, and that of all slots near, so that a look at any few of many keys
 * is cheap.
 */
export class KeySlots {
  /** How many keys there are. */
  size = 0;
  /** How many of them may be evicted: slots 0 … candidates − 1. */
  candidates = 0;
  /** By slot s: the id of its key at 2s, the number of that key at 2s + 1. */
  records = new Int32Array(0);
  /** The slot of each key, by id; −1 where it is not resident. */
  slots = new Int32Array(0);

  /** Makes room for ids up to this one. */
  fit(id: number): void {
    if (id >= this.slots.length) this.slots = grown(this.slots, id, NONE);
  }

  /** The id in a slot below `size`. */
  at(slot: number): number {
    return this.records[slot << 1];
  }

  /** The number of the key in a slot below `size`. */
  valueAt(slot: number): number {
    return this.records[(slot << 1) + 1];
  }

  /** Gives the key in a slot below `size` another number. */
  setValueAt(slot: number, value: number): void {
    this.records[(slot << 1) + 1] = value;
  }

  /** Whether an id is there and may be evicted. */
  isCandidate(id: number): boolean {
    const slot = this.slots[id];
    return slot !== NONE && slot < this.candidates;
  }

  /** Adds an id that is not there. */
  add(id: number, value: number, isCandidate: boolean): void {
    this.fit(id);
    const last = (this.size << 1) + 1;
    if (last >= this.records.length) this.records = grown(this.records, last, 0);
    this.put(this.size++, id, value);
    if (isCandidate) this.follow(id, true);
  }

  /** Takes out an id that is there. */
  remove(id: number): void {
    let slot = this.slots[id];
    this.slots[id] = NONE;
    if (slot < this.candidates) {
      // The last candidate closes the gap among them, which leaves one at their end.
      const border = --this.candidates;
      if (slot !== border) this.put(slot, this.at(border), this.valueAt(border));
      slot = border;
    }
    const last = --this.size;
    if (slot !== last) this.put(slot, this.at(last), this.valueAt(last));
  }

  /** Sees to it that an id that is there may be evicted, or may not. */
  follow(id: number, isCandidate: boolean): void {
    const slot = this.slots[id];
    if (slot < this.candidates === isCandidate) return;
    const border = isCandidate ? this.candidates++ : --this.candidates;
    if (slot === border) return;
    const [other, otherValue, value] = [this.at(border), this.valueAt(border), this.valueAt(slot)];
    this.put(border, id, value);
    this.put(slot, other, otherValue);
  }

  clear(): void {
    for (let slot = 0; slot < this.size; slot++) this.slots[this.at(slot)] = NONE;
    this.size = 0;
    this.candidates = 0;
  }

  private put(slot: number, id: number, value: number): void {
    this.records[slot << 1] = id;
    this.records[(slot << 1) + 1] = value;
    this.slots[id] = slot;
  }
}
