import { grown } from './room.ts';

/** A gap that somebody left in the queue. */
export const GAP = -1;

/**
 * Ids in the order of their arrival, in one array: whoever leaves, leaves a gap, and the gaps are closed whenever the array is full.
 * Every step takes constant time in the long run. A loop may work on `slots`, `end` and `cursor` itself, if it calls `closeUp` where
 * the array is full, writes them and `size` back, and says `moved()` in the end.
 */
export class ArrivalQueue {
  /** Oldest first, from 0 to `end`; the last one is never a gap. */
  slots = new Int32Array(0);
  end = 0;
  /** How many ids are in the queue. */
  size = 0;
  /** A place that its owner works from; below `end`, or 0. Closing gaps takes it along. */
  cursor = 0;
  private places = new Int32Array(0);
  private arePlacesKnown = true;

  /** Puts an id that is not in the queue at its end. */
  push(id: number): void {
    if (this.end === this.slots.length) this.closeUp();
    if (id >= this.places.length) this.places = grown(this.places, id, 0);
    this.places[id] = this.end;
    this.slots[this.end++] = id;
    this.size++;
  }

  /** Takes out an id that is in the queue. */
  remove(id: number): void {
    if (!this.arePlacesKnown) this.findPlaces();
    this.vacate(this.places[id]);
  }

  /** Takes out whoever stands at `place`. A cursor with nobody at it or behind it goes back to 0. */
  vacate(place: number): void {
    this.slots[place] = GAP;
    this.size--;
    while (this.end > 0 && this.slots[this.end - 1] === GAP) this.end--;
    if (this.cursor >= this.end) this.cursor = 0;
  }

  /** Empties the queue. */
  clear(): void {
    this.end = 0;
    this.size = 0;
    this.cursor = 0;
  }

  /** Closes the gaps; where there are too few of them, makes the array longer. Afterwards it has room. */
  closeUp(): void {
    const { slots, cursor, end } = this;
    let to = 0;
    for (let place = 0; place < end; place++) {
      if (place === cursor) this.cursor = to;
      if (slots[place] !== GAP) slots[to++] = slots[place];
    }
    if (cursor >= end) this.cursor = to;
    this.end = to;
    if (3 * to >= slots.length) this.slots = grown(slots, 3 * to, GAP);
    this.arePlacesKnown = false;
  }

  /** Somebody else put ids into the array: where they stand is to be found out when it is asked for. */
  moved(): void {
    this.arePlacesKnown = false;
  }

  /** Everybody, oldest first, from `place` to the end. */
  ids(place = 0): number[] {
    return Array.from(this.slots.subarray(place, this.end)).filter((id) => id !== GAP);
  }

  /** Everybody in the order in which the cursor comes to them, if it goes to the end and then starts again. */
  fromCursor(): number[] {
    const onward = this.ids(this.cursor);
    return [...onward, ...this.ids().slice(0, this.size - onward.length)];
  }

  private findPlaces(): void {
    for (let place = 0; place < this.end; place++) {
      const id = this.slots[place];
      if (id === GAP) continue;
      if (id >= this.places.length) this.places = grown(this.places, id, 0);
      this.places[id] = place;
    }
    this.arePlacesKnown = true;
  }
}
