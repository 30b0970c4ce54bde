import { cells } from './cells.ts';
import type { Insides } from './Insides.ts';
import { KeyLinks, KeyList } from './KeyList.ts';
import { END_NODES, linkBehind, moveLast, takeLast, unlink } from './nodes.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { grownBytes, largestId } from './room.ts';

/** Where an id is; 0 is nowhere. */
const PROBATION = 1;
const PROTECTED = 2;

/**
 * Segmented LRU with two segments: newcomers come to the front of the probationary one; any hit there moves the entry to the front
 * of the protected one, which holds ⌊4/5⌋ of the capacity, and whoever it has no more room for goes back to the front of probation.
 * Victims are taken from the back of probation; from the back of the protected segment only when nobody is on probation, which
 * needs deletions or a byte limit. With a capacity of one nothing can be protected, and it is LRU.
 */
class Slru implements Policy {
  private readonly context: PolicyContext;
  private readonly links = new KeyLinks();
  private readonly probation = new KeyList(this.links);
  private readonly protected = new KeyList(this.links);
  private capacity = 1;
  private protectedLimit = 0;
  private states = new Uint8Array(0);

  constructor(context: PolicyContext) {
    this.context = context;
    this.resize(context.capacityEntries);
  }

  touch(id: number): void {
    if (this.states[id] === PROTECTED) {
      this.protected.moveToFront(id);
      return;
    }
    this.probation.remove(id);
    this.protected.pushFront(id);
    this.states[id] = PROTECTED;
    this.demote();
  }

  insert(id: number): void {
    if (id >= this.states.length) this.states = grownBytes(this.states, id);
    this.probation.pushFront(id);
    this.states[id] = PROBATION;
  }

  remove(id: number): void {
    if (this.states[id] === PROTECTED) this.protected.remove(id);
    else this.probation.remove(id);
    this.states[id] = 0;
  }

  evict(): number {
    const victim = this.probation.size > 0 ? this.probation.popBack() : this.protected.popBack();
    if (victim >= 0) this.states[victim] = 0;
    return victim;
  }

  clear(): void {
    this.probation.clear();
    this.protected.clear();
    this.states.fill(0);
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
    this.protectedLimit = Math.floor((capacityEntries * 4) / 5);
    this.demote();
  }

  order(limit: number): number[] {
    const onProbation = this.probation.fromBack(limit);
    return [...onProbation, ...this.protected.fromBack(limit - onProbation.length)];
  }

  replay(ids: Uint32Array, from: number, to: number): number {
    const most = largestId(ids, from, to);
    this.links.fit(most);
    if (most >= this.states.length) this.states = grownBytes(this.states, most);
    while (this.size > this.capacity) this.evict();
    const { states, capacity, protectedLimit } = this;
    const { nodes } = this.links;
    const [probation, segment, first] = [this.probation.end, this.protected.end, END_NODES];
    let { size } = this;
    let guarded = this.protected.size;
    let hits = 0;
    for (let at = from; at < to; at++) {
      const id = ids[at];
      const node = (id + first) << 1;
      const state = states[id];
      if (state !== 0) {
        hits++;
        unlink(nodes, node);
        linkBehind(nodes, segment, node);
        if (state === PROTECTED) continue;
        states[id] = PROTECTED;
        if (guarded < protectedLimit) guarded++;
        else states[moveLast(nodes, segment, probation)] = PROBATION;
        continue;
      }
      if (size < capacity) size++;
      else states[takeLast(nodes, probation)] = 0;
      states[id] = PROBATION;
      linkBehind(nodes, probation, node);
    }
    this.protected.size = guarded;
    this.probation.size = size - guarded;
    this.context.clock.nowUs += (to - from) * this.context.requestIntervalUs;
    return hits;
  }

  inspect(): Insides {
    return {
      lists: [
        {
          id: 'probation',
          title: 'Probation',
          kind: 'resident',
          cells: cells(this.probation.fromFront(Infinity)),
          firstIs: 'newest',
          limit: null,
          hand: null,
        },
        {
          id: 'protected',
          title: 'Protected',
          kind: 'resident',
          cells: cells(this.protected.fromFront(Infinity)),
          firstIs: 'newest',
          limit: this.protectedLimit,
          hand: null,
        },
      ],
      gauges: [],
      grids: [],
    };
  }

  private get size(): number {
    return this.probation.size + this.protected.size;
  }

  /** Sends whoever the protected segment has no room for back to probation. */
  private demote(): void {
    while (this.protected.size > this.protectedLimit) {
      const id = this.protected.popBack();
      this.probation.pushFront(id);
      this.states[id] = PROBATION;
    }
  }
}

/** Registry line of SLRU. */
export const slru: PolicyEntry = {
  id: 'slru',
  title: 'SLRU',
  summary:
    'LRU in two segments: whoever is used a second time is protected, and one-hit wonders only ever displace each other.',
  source:
    'Karedla, Love and Wherry, "Caching strategies to improve disk system performance", IEEE Computer 27(3), 1994',
  create: (context) => new Slru(context),
};
