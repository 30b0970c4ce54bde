import { cells, residents } from './cells.ts';
import type { Insides } from './Insides.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { grown, grownBytes, largestId } from './room.ts';

/**
 * Any entry, each as likely: a dense array of slots, and for each id its place there. The last id fills the gap that one leaves,
 * so which id stands where is part of what a draw means.
 */
class RandomPolicy implements Policy {
  private readonly context: PolicyContext;
  private capacity: number;
  private resident = new Uint8Array(0);
  private slots = new Int32Array(0);
  private places = new Int32Array(0);
  private size = 0;

  constructor(context: PolicyContext) {
    this.context = context;
    this.capacity = context.capacityEntries;
  }

  touch(): void {}

  insert(id: number): void {
    this.fit(id);
    if (this.size >= this.slots.length) this.slots = grown(this.slots, this.size, 0);
    this.resident[id] = 1;
    this.places[id] = this.size;
    this.slots[this.size++] = id;
  }

  remove(id: number): void {
    const place = this.places[id];
    const last = this.slots[--this.size];
    this.slots[place] = last;
    this.places[last] = place;
    this.resident[id] = 0;
  }

  evict(): number {
    if (this.size === 0) return -1;
    const victim = this.slots[this.context.below(this.size)];
    this.remove(victim);
    return victim;
  }

  clear(): void {
    this.resident.fill(0);
    this.size = 0;
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
  }

  order(): number[] {
    return [];
  }

  replay(ids: Uint32Array, from: number, to: number): number {
    this.fit(largestId(ids, from, to));
    const { resident } = this;
    let hits = 0;
    for (let at = from; at < to; at++) {
      const id = ids[at];
      if (resident[id] === 1) {
        hits++;
        continue;
      }
      while (this.size >= this.capacity) this.evict();
      this.insert(id);
    }
    this.context.clock.nowUs += (to - from) * this.context.requestIntervalUs;
    return hits;
  }

  inspect(): Insides {
    const list = residents('slots', 'Slots', 'slot', cells(Array.from(this.slots.subarray(0, this.size))));
    return { lists: [list], gauges: [], grids: [] };
  }

  private fit(id: number): void {
    if (id < this.resident.length) return;
    this.resident = grownBytes(this.resident, id);
    this.places = grown(this.places, id, 0);
  }
}

/** Registry line of random eviction. */
export const random: PolicyEntry = {
  id: 'random',
  title: 'Random',
  summary: 'Evicts any entry, each as likely: keeps no order at all, and never meets its own worst case twice.',
  source: 'Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2), 1966',
  create: (context) => new RandomPolicy(context),
};
