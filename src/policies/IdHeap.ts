import { grown } from './room.ts';

/** Not in the heap. */
const NONE = -1;

/** Ids ordered by a number of each: adding, taking out any one and finding the least take a number of steps logarithmic in the size. */
export class IdHeap {
  /** How many ids are in the heap. */
  size = 0;
  /** A binary heap: the children of place i stand at 2i + 1 and 2i + 2. */
  private ids = new Int32Array(0);
  private places = new Int32Array(0);
  private readonly keyOf: (id: number) => number;

  /** `keyOf` must give the same number for an id as long as it is in the heap, and no two ids the same. */
  constructor(keyOf: (id: number) => number) {
    this.keyOf = keyOf;
  }

  /** Adds an id that is not in the heap. */
  add(id: number): void {
    if (this.size >= this.ids.length) this.ids = grown(this.ids, this.size, NONE);
    if (id >= this.places.length) this.places = grown(this.places, id, NONE);
    this.rise(this.size++, id);
  }

  /** Takes out an id that is in the heap. */
  remove(id: number): void {
    const place = this.places[id];
    const last = this.ids[--this.size];
    if (last === id) return;
    const above = (place - 1) >> 1;
    if (place > 0 && this.keyOf(last) < this.keyOf(this.ids[above])) this.rise(place, last);
    else this.sink(place, last);
  }

  /** The id of the least number; −1 when the heap is empty. */
  least(): number {
    return this.size === 0 ? NONE : this.ids[0];
  }

  /** All ids, the least number first. */
  sorted(): number[] {
    return Array.from(this.ids.subarray(0, this.size)).sort((a, b) => this.keyOf(a) - this.keyOf(b));
  }

  /** Empties the heap. */
  clear(): void {
    this.size = 0;
  }

  private put(place: number, id: number): void {
    this.ids[place] = id;
    this.places[id] = place;
  }

  private rise(from: number, id: number): void {
    const key = this.keyOf(id);
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (this.keyOf(this.ids[above]) <= key) break;
      this.put(place, this.ids[above]);
      place = above;
    }
    this.put(place, id);
  }

  private sink(from: number, id: number): void {
    const key = this.keyOf(id);
    let place = from;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= this.size) break;
      if (below + 1 < this.size && this.keyOf(this.ids[below + 1]) < this.keyOf(this.ids[below])) below++;
      if (this.keyOf(this.ids[below]) >= key) break;
      this.put(place, this.ids[below]);
      place = below;
    }
    this.put(place, id);
  }
}
