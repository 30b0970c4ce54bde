import type { InsideCell, Insides } from './Insides.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { grown, grownBytes, largestId } from './room.ts';

/** What is known of an id: not there, there, there and used since the hand last passed. */
const UNUSED = 1;
const USED = 2;

/** An empty frame. */
const NOBODY = -1;

/**
 * CLOCK with one reference bit: frames in a circle and a hand. A hit sets the bit of its frame; an eviction turns the hand, which
 * clears the bits that it passes, to the first frame whose bit is clear, and moves it one further. The victim is sought before the
 * newcomer is there; the newcomer takes the frame of the victim with its bit clear. A frame that a deletion left empty is passed
 * over, and taken by a newcomer before any other (the last left one first).
 */
class Clock implements Policy {
  private readonly context: PolicyContext;
  private capacity: number;
  private states = new Uint8Array(0);
  /** The frame of each resident id, but for those that a replay put there. */
  private places = new Int32Array(0);
  private arePlacesKnown = true;
  private frames = new Int32Array(0);
  private frameCount = 0;
  /** Empty frames, the last left one on top. */
  private empty: number[] = [];
  private hand = 0;

  constructor(context: PolicyContext) {
    this.context = context;
    this.capacity = context.capacityEntries;
  }

  touch(id: number): void {
    this.states[id] = USED;
  }

  insert(id: number): void {
    this.fit(id);
    const frame = this.empty.pop() ?? this.frameCount++;
    if (frame >= this.frames.length) this.frames = grown(this.frames, frame, NOBODY);
    this.frames[frame] = id;
    this.places[id] = frame;
    this.states[id] = UNUSED;
  }

  remove(id: number): void {
    if (!this.arePlacesKnown) this.findPlaces();
    this.vacate(this.places[id], id);
  }

  evict(): number {
    if (this.size === 0) return -1;
    for (;;) {
      const frame = this.hand;
      const id = this.frames[frame];
      this.hand = frame + 1 === this.frameCount ? 0 : frame + 1;
      if (id === NOBODY) continue;
      if (this.states[id] === UNUSED) {
        this.vacate(frame, id);
        return id;
      }
      this.states[id] = UNUSED;
    }
  }

  clear(): void {
    this.states.fill(0);
    this.frameCount = 0;
    this.empty = [];
    this.hand = 0;
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
  }

  order(limit: number): number[] {
    const circle = this.fromHand();
    const unused = circle.filter((id) => this.states[id] === UNUSED);
    const used = circle.filter((id) => this.states[id] === USED);
    return [...unused, ...used].slice(0, limit);
  }

  replay(ids: Uint32Array, from: number, to: number): number {
    const { capacity } = this;
    this.fit(largestId(ids, from, to));
    while (this.size > capacity) this.evict();
    let at = from;
    let hits = 0;
    // Until every frame is taken, step by step.
    for (; at < to && (this.size < capacity || this.empty.length > 0); at++) {
      const id = ids[at];
      if (this.states[id] === 0) {
        if (this.size >= capacity) this.evict();
        this.insert(id);
        continue;
      }
      hits++;
      this.touch(id);
    }
    hits += this.turn(ids, at, to);
    this.context.clock.nowUs += (to - from) * this.context.requestIntervalUs;
    return hits;
  }

  inspect(): Insides {
    const ids = this.taken();
    const cells = ids.map(
      (id): InsideCell => ({ id, marks: [{ name: 'used', value: this.states[id] === USED ? 1 : 0 }] }),
    );
    const atHand = this.fromHand()[0];
    const hand = atHand === undefined ? null : ids.indexOf(atHand);
    return {
      lists: [{ id: 'clock', title: 'Clock', kind: 'resident', cells, firstIs: 'slot', limit: null, hand }],
      gauges: [],
      grids: [],
    };
  }

  private get size(): number {
    return this.frameCount - this.empty.length;
  }

  /** A replay while every frame is taken: newcomers only ever take the frames of victims. */
  private turn(ids: Uint32Array, from: number, to: number): number {
    const { states, frames, frameCount } = this;
    let { hand } = this;
    let hits = 0;
    for (let at = from; at < to; at++) {
      const id = ids[at];
      if (states[id] !== 0) {
        hits++;
        states[id] = USED;
        continue;
      }
      let victim = frames[hand];
      while (states[victim] === USED) {
        states[victim] = UNUSED;
        if (++hand === frameCount) hand = 0;
        victim = frames[hand];
      }
      states[victim] = 0;
      states[id] = UNUSED;
      frames[hand] = id;
      if (++hand === frameCount) hand = 0;
    }
    this.hand = hand;
    if (to > from) this.arePlacesKnown = false;
    return hits;
  }

  private fit(id: number): void {
    if (id < this.states.length) return;
    this.states = grownBytes(this.states, id);
    this.places = grown(this.places, id, 0);
  }

  private vacate(frame: number, id: number): void {
    this.frames[frame] = NOBODY;
    this.states[id] = 0;
    this.empty.push(frame);
  }

  private findPlaces(): void {
    for (let frame = 0; frame < this.frameCount; frame++) {
      if (this.frames[frame] !== NOBODY) this.places[this.frames[frame]] = frame;
    }
    this.arePlacesKnown = true;
  }

  private taken(): number[] {
    return Array.from(this.frames.subarray(0, this.frameCount)).filter((id) => id !== NOBODY);
  }

  /** Everybody in the order in which the hand comes to them. */
  private fromHand(): number[] {
    const frames = Array.from(this.frames.subarray(0, this.frameCount));
    return [...frames.slice(this.hand), ...frames.slice(0, this.hand)].filter((id) => id !== NOBODY);
  }
}

/** Registry line of CLOCK. */
export const clock: PolicyEntry = {
  id: 'clock',
  title: 'CLOCK',
  summary:
    'Gives every entry that was used since the hand last came by a second chance: nearly LRU, and a hit costs one bit.',
  source: 'Corbató, "A paging experiment with the Multics system", MIT Project MAC report MAC-M-384, 1968',
  create: (context) => new Clock(context),
};
