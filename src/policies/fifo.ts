import { ArrivalQueue, GAP } from './ArrivalQueue.ts';
import { cells, residents } from './cells.ts';
import type { Insides } from './Insides.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { grownBytes, largestId } from './room.ts';

/** First in, first out: a queue in the order of arrival, whose cursor stands before the oldest. A hit changes nothing. */
class Fifo implements Policy {
  private readonly context: PolicyContext;
  private readonly queue = new ArrivalQueue();
  private capacity: number;
  private resident = new Uint8Array(0);

  constructor(context: PolicyContext) {
    this.context = context;
    this.capacity = context.capacityEntries;
  }

  touch(): void {}

  insert(id: number): void {
    if (id >= this.resident.length) this.resident = grownBytes(this.resident, id);
    this.resident[id] = 1;
    this.queue.push(id);
  }

  remove(id: number): void {
    this.resident[id] = 0;
    this.queue.remove(id);
  }

  evict(): number {
    const { queue } = this;
    if (queue.size === 0) return -1;
    while (queue.slots[queue.cursor] === GAP) queue.cursor++;
    const victim = queue.slots[queue.cursor];
    queue.vacate(queue.cursor);
    this.resident[victim] = 0;
    return victim;
  }

  clear(): void {
    this.resident.fill(0);
    this.queue.clear();
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
  }

  order(limit: number): number[] {
    return this.queue.ids(this.queue.cursor).slice(0, limit);
  }

  replay(ids: Uint32Array, from: number, to: number): number {
    const most = largestId(ids, from, to);
    if (most >= this.resident.length) this.resident = grownBytes(this.resident, most);
    const { queue, resident, capacity } = this;
    while (queue.size > capacity) this.evict();
    let { slots, end, cursor, size } = queue;
    let hits = 0;
    for (let at = from; at < to; at++) {
      const id = ids[at];
      if (resident[id] !== 0) {
        hits++;
        continue;
      }
      if (size < capacity) size++;
      else {
        while (slots[cursor] === GAP) cursor++;
        resident[slots[cursor]] = 0;
        slots[cursor++] = GAP;
      }
      if (end === slots.length) {
        [queue.end, queue.cursor] = [end, cursor];
        queue.closeUp();
        ({ slots, end, cursor } = queue);
      }
      slots[end++] = id;
      resident[id] = 1;
    }
    [queue.end, queue.cursor, queue.size] = [end, cursor, size];
    queue.moved();
    this.context.clock.nowUs += (to - from) * this.context.requestIntervalUs;
    return hits;
  }

  inspect(): Insides {
    const list = residents('fifo', 'FIFO queue', 'newest', cells(this.queue.ids().reverse()));
    return { lists: [list], gauges: [], grids: [] };
  }
}

/** Registry line of FIFO. */
export const fifo: PolicyEntry = {
  id: 'fifo',
  title: 'FIFO',
  summary: 'Evicts the entry that came in first, however often it has been used since: cheap, and blind to popularity.',
  source: 'Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2), 1966',
  create: (context) => new Fifo(context),
};
