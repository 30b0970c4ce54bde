import { hashPlace } from './hashPlace.ts';
import { grown } from './room.ts';

/** Nobody. */
const NONE = -1;

/**
 * The resident keys in slots, each with a number: first those that may be evicted, then the others. Who stands beside whom among
 * those that may be evicted is chance, as in a hash table: a newcomer takes the slot of the one that left last, else one by its
 * hash, and who stood there goes to the end. What belongs to a slot lies together, and that of all slots near, so that a look at
 * a few neighbours of many keys is cheap.
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
  /** The slot of the last candidate that left, until somebody takes it. */
  private vacated = NONE;

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
    if (isCandidate) this.admit(this.size - 1);
  }

  /** Takes out an id that is there. */
  remove(id: number): void {
    let slot = this.slots[id];
    if (slot < this.candidates) slot = this.dismiss(slot);
    this.slots[id] = NONE;
    this.move(--this.size, slot);
  }

  /** Takes out the key of a slot, one that may be evicted, and adds an id that is not there, at one go. */
  replace(slot: number, id: number, value: number, isCandidate: boolean): void {
    const gone = this.at(slot);
    if (!isCandidate) {
      this.remove(gone);
      this.add(id, value, false);
      return;
    }
    this.fit(id);
    this.slots[gone] = NONE;
    this.put(slot, id, value);
    this.vacated = NONE;
  }

  /** Sees to it that an id that is there may be evicted, or may not. */
  follow(id: number, isCandidate: boolean): void {
    const slot = this.slots[id];
    if (slot < this.candidates === isCandidate) return;
    if (isCandidate) this.admit(slot);
    else this.dismiss(slot);
  }

  /** Gives the key of a slot a place among those that may be evicted. */
  private admit(slot: number): void {
    const [id, value] = [this.at(slot), this.valueAt(slot)];
    const border = this.candidates++;
    this.move(border, slot);
    const place = this.vacated === NONE ? hashPlace(id, border + 1) : this.vacated;
    this.vacated = NONE;
    this.move(place, border);
    this.put(place, id, value);
  }

  /** Takes the key of a slot from those that may be evicted, of whom the last takes its slot. @returns its new slot */
  private dismiss(slot: number): number {
    const [id, value] = [this.at(slot), this.valueAt(slot)];
    const border = --this.candidates;
    this.move(border, slot);
    this.put(border, id, value);
    this.vacated = slot;
    return border;
  }

  private move(from: number, to: number): void {
    if (from !== to) this.put(to, this.at(from), this.valueAt(from));
  }

  clear(): void {
    for (let slot = 0; slot < this.size; slot++) this.slots[this.at(slot)] = NONE;
    this.size = 0;
    this.candidates = 0;
    this.vacated = NONE;
  }

  private put(slot: number, id: number, value: number): void {
    this.records[slot << 1] = id;
    this.records[(slot << 1) + 1] = value;
    this.slots[id] = slot;
  }
}
