import { ArrivalQueue, GAP } from './ArrivalQueue.ts';
import type { InsideCell, Insides } from './Insides.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { grownBytes, largestId } from './room.ts';

/** What is known of an id: not there, there, there and visited since the hand last passed. */
const UNVISITED = 1;
const VISITED = 2;

/**
 * SIEVE: a queue in the order of arrival and a hand that moves from the oldest (tail) to the newest (head). A hit sets the visited
 * bit; an eviction moves the hand over visited entries, clearing them, to the first that is not, which leaves. Survivors keep their
 * places, the hand stays where it was, and starts again from the tail once it is past the head. Newcomers come in at the head, not
 * visited. Before the hand first starts anew, nobody behind it has been used less than twice, so until then SIEVE evicts whom LFU
 * would.
 */
class Sieve implements Policy {
  private readonly context: PolicyContext;
  private capacity: number;
  private states = new Uint8Array(0);
  /** From tail to head; its cursor is the hand, which at 0 starts from the tail. */
  private readonly queue = new ArrivalQueue();

  constructor(context: PolicyContext) {
    this.context = context;
    this.capacity = context.capacityEntries;
  }

  touch(id: number): void {
    this.states[id] = VISITED;
  }

  insert(id: number): void {
    if (id >= this.states.length) this.states = grownBytes(this.states, id);
    this.queue.push(id);
    this.states[id] = UNVISITED;
  }

  remove(id: number): void {
    this.states[id] = 0;
    this.queue.remove(id);
  }

  evict(): number {
    const { queue, states } = this;
    if (queue.size === 0) return -1;
    for (; ; queue.cursor++) {
      if (queue.cursor === queue.end) queue.cursor = 0;
      const id = queue.slots[queue.cursor];
      if (id === GAP) continue;
      if (states[id] === UNVISITED) {
        states[id] = 0;
        queue.vacate(queue.cursor);
        return id;
      }
      states[id] = UNVISITED;
    }
  }

  clear(): void {
    this.states.fill(0);
    this.queue.clear();
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
  }

  order(limit: number): number[] {
    const onward = this.queue.fromCursor();
    const unvisited = onward.filter((id) => this.states[id] === UNVISITED);
    const visited = onward.filter((id) => this.states[id] === VISITED);
    return [...unvisited, ...visited].slice(0, limit);
  }

  replay(ids: Uint32Array, from: number, to: number): number {
    const most = largestId(ids, from, to);
    if (most >= this.states.length) this.states = grownBytes(this.states, most);
    const { queue, states, capacity } = this;
    while (queue.size > capacity) this.evict();
    let { slots, end, cursor, size } = queue;
    let hits = 0;
    for (let at = from; at < to; at++) {
      const id = ids[at];
      if (states[id] !== 0) {
        hits++;
        states[id] = VISITED;
        continue;
      }
      if (size < capacity) size++;
      else {
        for (; ; cursor++) {
          if (cursor === end) cursor = 0;
          const seen = slots[cursor];
          if (seen === GAP) continue;
          if (states[seen] === UNVISITED) {
            states[seen] = 0;
            break;
          }
          states[seen] = UNVISITED;
        }
        slots[cursor++] = GAP;
        // Past the newest: it starts again from the tail, whoever comes in now.
        if (cursor === end) cursor = 0;
      }
      if (end === slots.length) {
        [queue.end, queue.cursor] = [end, cursor];
        queue.closeUp();
        ({ slots, end, cursor } = queue);
      }
      slots[end++] = id;
      states[id] = UNVISITED;
    }
    [queue.end, queue.cursor, queue.size] = [end, cursor, size];
    queue.moved();
    this.context.clock.nowUs += (to - from) * this.context.requestIntervalUs;
    return hits;
  }

  inspect(): Insides {
    const cells = this.queue
      .ids()
      .reverse()
      .map((id): InsideCell => ({ id, marks: [{ name: 'visited', value: this.states[id] === VISITED ? 1 : 0 }] }));
    const hand = cells.length === 0 ? null : this.queue.ids(this.queue.cursor).length - 1;
    return {
      lists: [{ id: 'sieve', title: 'SIEVE queue', kind: 'resident', cells, firstIs: 'newest', limit: null, hand }],
      gauges: [],
      grids: [],
    };
  }
}

/** Registry line of SIEVE. */
export const sieve: PolicyEntry = {
  id: 'sieve',
  title: 'SIEVE',
  summary:
    'Sifts out what was not used since the hand last came by, and leaves the rest where it is: simple, and hard to beat.',
  source: 'Zhang, Yang, Yue, Vigfusson and Rashmi, "SIEVE is simpler than LRU", USENIX NSDI 2024',
  create: (context) => new Sieve(context),
};
