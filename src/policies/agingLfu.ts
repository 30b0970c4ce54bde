import type { InsideCell, Insides } from './Insides.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { grown, grownBytes, largestId } from './room.ts';

/** No id. */
const NONE = -1;

/** Ranks the ring has room for at first; a power of two. */
const RANKS_FIRST = 1024;

/**
 * LFU with dynamic ageing (LFUDA): the rank of an entry is its count since it came in plus the age of the cache at its last use, the
 * lowest rank is evicted (ties: least recently used), and the age becomes the rank of whoever was evicted last. So an old star
 * that nobody asks for any more stands still while the ranks of the others rise past it. Chosen over halving all counts now and
 * then because it has no period to tune and is what Squid's `heap LFUDA` does with objects of one size.
 *
 * Constant time, spread over requests, instead of the usual heap: one list for each rank, in a ring that starts at the age. An
 * eviction seeks the first list that is not empty, and the age rises by each rank it passes; the age can never rise by more than
 * the count of the victim, so no more ranks are passed than there were requests. Eight bytes for each count up to the highest.
 */
class AgingLfu implements Policy {
  private readonly context: PolicyContext;
  private capacity: number;
  private resident = new Uint8Array(0);
  private counts = new Int32Array(0);
  private ranks = new Int32Array(0);
  /** At id << 1 the id behind it in the list of its rank, after that the one before it. */
  private links = new Int32Array(0);
  /** First (least recently used) and last id of each rank; the rank's lowest bits say where. */
  private firsts = new Int32Array(RANKS_FIRST).fill(NONE);
  private lasts = new Int32Array(RANKS_FIRST).fill(NONE);
  private size = 0;
  private age = 0;
  private highestCount = 0;

  constructor(context: PolicyContext) {
    this.context = context;
    this.capacity = context.capacityEntries;
  }

  touch(id: number): void {
    this.unlink(id);
    const count = this.counts[id] + 1;
    this.counts[id] = count;
    if (count > this.highestCount) this.raise(count);
    this.link(id, this.age + count);
  }

  insert(id: number): void {
    this.fit(id);
    this.resident[id] = 1;
    this.size++;
    this.counts[id] = 1;
    this.highestCount = Math.max(1, this.highestCount);
    this.link(id, this.age + 1);
  }

  remove(id: number): void {
    this.unlink(id);
    this.resident[id] = 0;
    this.size--;
  }

  evict(): number {
    if (this.size === 0) return NONE;
    const mask = this.firsts.length - 1;
    while (this.firsts[this.age & mask] === NONE) this.age++;
    const victim = this.firsts[this.age & mask];
    this.remove(victim);
    return victim;
  }

  clear(): void {
    this.resident.fill(0);
    this.firsts.fill(NONE);
    this.lasts.fill(NONE);
    this.size = 0;
    this.age = 0;
    this.highestCount = 0;
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
  }

  order(limit: number): number[] {
    const ids: number[] = [];
    const wanted = Math.min(limit, this.size);
    const mask = this.firsts.length - 1;
    for (let rank = this.age; ids.length < wanted; rank++) {
      for (let id = this.firsts[rank & mask]; id !== NONE && ids.length < wanted; id = this.links[id << 1])
        ids.push(id);
    }
    return ids;
  }

  replay(ids: Uint32Array, from: number, to: number): number {
    this.fit(largestId(ids, from, to));
    const { resident } = this;
    let hits = 0;
    for (let at = from; at < to; at++) {
      const id = ids[at];
      if (resident[id] === 1) {
        hits++;
        this.touch(id);
        continue;
      }
      while (this.size >= this.capacity) this.evict();
      this.insert(id);
    }
    this.context.clock.nowUs += (to - from) * this.context.requestIntervalUs;
    return hits;
  }

  inspect(): Insides {
    const cells = this.order(Infinity).map(
      (id): InsideCell => ({
        id,
        marks: [
          { name: 'count', value: this.counts[id] },
          { name: 'rank', value: this.ranks[id] },
        ],
      }),
    );
    return {
      lists: [{ id: 'ranks', title: 'By rank', kind: 'resident', cells, firstIs: 'victim', limit: null, hand: null }],
      gauges: [{ id: 'age', title: 'Age', value: this.age, most: null }],
      grids: [],
    };
  }

  private fit(id: number): void {
    if (id >= this.resident.length) this.resident = grownBytes(this.resident, id);
    if (id < this.counts.length) return;
    this.counts = grown(this.counts, id, 0);
    this.ranks = grown(this.ranks, id, 0);
    // Not by what the id asks for: all three must have a place for the same ids.
    this.links = grown(this.links, 2 * this.counts.length - 1, NONE);
  }

  /** A count higher than any before: all ranks from the age to the age plus this one need lists of their own. */
  private raise(count: number): void {
    this.highestCount = count;
    const length = this.firsts.length;
    if (count < length) return;
    const [firsts, lasts] = [this.firsts, this.lasts];
    this.firsts = new Int32Array(2 * length).fill(NONE);
    this.lasts = new Int32Array(2 * length).fill(NONE);
    for (let rank = this.age; rank < this.age + length; rank++) {
      this.firsts[rank & (2 * length - 1)] = firsts[rank & (length - 1)];
      this.lasts[rank & (2 * length - 1)] = lasts[rank & (length - 1)];
    }
  }

  /** Puts an id that is in no list at the end of the list of `rank`. */
  private link(id: number, rank: number): void {
    const { links } = this;
    const slot = rank & (this.firsts.length - 1);
    const last = this.lasts[slot];
    this.ranks[id] = rank;
    links[id << 1] = NONE;
    links[(id << 1) + 1] = last;
    if (last === NONE) this.firsts[slot] = id;
    else links[last << 1] = id;
    this.lasts[slot] = id;
  }

  /** Takes an id out of the list of its rank. */
  private unlink(id: number): void {
    const { links } = this;
    const slot = this.ranks[id] & (this.firsts.length - 1);
    const after = links[id << 1];
    const before = links[(id << 1) + 1];
    if (before === NONE) this.firsts[slot] = after;
    else links[before << 1] = after;
    if (after === NONE) this.lasts[slot] = before;
    else links[(after << 1) + 1] = before;
  }
}

/** Registry line of ageing LFU. */
export const agingLfu: PolicyEntry = {
  id: 'lfu-aging',
  title: 'LFU with ageing',
  summary: 'LFU in which newcomers start from the rank of the last victim (LFUDA): the stars of yesterday fade.',
  source:
    'Arlitt, Cherkasova, Dilley, Friedrich and Jin, "Evaluating content management techniques for web proxy caches", 1999',
  create: (context) => new AgingLfu(context),
};
