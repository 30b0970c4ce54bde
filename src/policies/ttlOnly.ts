import { cells, residents } from './cells.ts';
import type { Insides } from './Insides.ts';
import { KeyList } from './KeyList.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { grownBytes, largestId } from './room.ts';

/** Never evicts: a full cache takes nothing new until something expires or is deleted. */
class TtlOnly implements Policy {
  private readonly context: PolicyContext;
  /** Who is there, newest first: only to be shown. */
  private readonly list = new KeyList();
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
    this.list.pushFront(id);
  }

  remove(id: number): void {
    this.resident[id] = 0;
    this.list.remove(id);
  }

  evict(): number {
    return -1;
  }

  clear(): void {
    this.resident.fill(0);
    this.list.clear();
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
  }

  order(): number[] {
    return [];
  }

  replay(ids: Uint32Array, from: number, to: number): number {
    const most = largestId(ids, from, to);
    if (most >= this.resident.length) this.resident = grownBytes(this.resident, most);
    const { resident } = this;
    let hits = 0;
    for (let at = from; at < to; at++) {
      const id = ids[at];
      if (resident[id] === 1) hits++;
      else if (this.list.size < this.capacity) this.insert(id);
    }
    this.context.clock.nowUs += (to - from) * this.context.requestIntervalUs;
    return hits;
  }

  inspect(): Insides {
    const list = residents('entries', 'Entries', 'newest', cells(this.list.fromFront(Infinity)));
    return { lists: [list], gauges: [], grids: [] };
  }
}

/** Registry line of the cache that leaves only by expiry. */
export const ttlOnly: PolicyEntry = {
  id: 'ttl-only',
  title: 'TTL only',
  summary: 'Evicts nothing: entries leave when they expire, and while the cache is full newcomers are refused.',
  source: 'Redis documentation, "Key eviction", maxmemory-policy noeviction',
  create: (context) => new TtlOnly(context),
};
