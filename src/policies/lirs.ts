import { cells, residents } from './cells.ts';
import type { InsideCell, Insides } from './Insides.ts';
import { KeyLinks, KeyList } from './KeyList.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { grownBytes, largestId } from './room.ts';

/** Share of the cache that low inter-reference recency may fill. */
const LIR_SHARE = 0.99;

/** Keys remembered without their values, as a multiple of the capacity. */
const NON_RESIDENT_FACTOR = 2;

/** What an id is: LIR (on the stack), resident HIR on the stack or off it, non-resident HIR (on the stack); 0 for unknown. */
const [LIR, HIR_STACKED, HIR, GONE] = [1, 2, 3, 4];

/**
 * Low inter-reference recency set. The stack keeps the order of use of LIR entries, which stay, and of those HIR entries, resident
 * or not, that were used after the oldest LIR entry; the queue holds the resident HIR entries, and its end is the next victim. Who
 * is used while on the stack has a short distance between two uses: it becomes LIR, and the LIR entry at the bottom goes to the queue.
 *
 * Where implementations differ: LIR entries fill floor(0.99 × capacity), so at least one place is left for the queue and a cache of
 * one entry has no LIR; at most twice the capacity of non-resident keys, the earliest evicted forgotten first; a HIR entry used
 * again while at the top of the stack stays HIR. Every newcomer goes on the stack, also while the cache still fills. Places of the LIR
 * share that deletions leave empty are filled by the next newcomers, without demotion.
 */
class Lirs implements Policy {
  private readonly context: PolicyContext;
  private readonly stack = new KeyList();
  private readonly queueLinks = new KeyLinks();
  private readonly queue = new KeyList(this.queueLinks);
  /** Non-resident keys, the latest evicted at the front. Shares links with the queue: nobody is in both. */
  private readonly gone = new KeyList(this.queueLinks);
  private capacity: number;
  private lirCount = 0;
  private kinds = new Uint8Array(0);

  constructor(context: PolicyContext) {
    this.context = context;
    this.capacity = context.capacityEntries;
  }

  touch(id: number): void {
    const kind = this.kinds[id];
    if (kind === LIR) {
      const wasBottom = this.stack.back === id;
      this.stack.moveToFront(id);
      if (wasBottom) this.prune(0);
      return;
    }
    if (kind === HIR) {
      this.stack.pushFront(id);
      this.queue.moveToFront(id);
      this.kinds[id] = HIR_STACKED;
      return;
    }
    if (this.stack.front === id) {
      this.queue.moveToFront(id);
      return;
    }
    this.queue.remove(id);
    this.stack.moveToFront(id);
    this.promote(id);
  }

  insert(id: number): void {
    this.fit(id);
    const wasGone = this.kinds[id] === GONE;
    if (wasGone) {
      this.gone.remove(id);
      this.stack.moveToFront(id);
    }
    if (wasGone || this.lirCount < this.lirMost()) {
      if (!wasGone) this.stack.pushFront(id);
      this.promote(id);
      return;
    }
    this.queue.pushFront(id);
    this.stack.pushFront(id);
    this.kinds[id] = HIR_STACKED;
  }

  remove(id: number): void {
    const kind = this.kinds[id];
    this.kinds[id] = 0;
    if (kind !== HIR) this.stack.remove(id);
    if (kind === LIR) this.lirCount--;
    else this.queue.remove(id);
    this.prune(0);
  }

  evict(newcomer: number): number {
    let spared = 0;
    if (newcomer >= 0) {
      this.fit(newcomer);
      if (this.kinds[newcomer] === GONE) {
        // It is about to come back: it counts no longer as non-resident, and must not be forgotten now.
        this.gone.moveToFront(newcomer);
        spared = 1;
      }
    }
    const victim = this.queue.popBack();
    if (victim < 0) return this.evictLir();
    if (this.kinds[victim] === HIR_STACKED) {
      this.kinds[victim] = GONE;
      this.gone.pushFront(victim);
    } else this.kinds[victim] = 0;
    this.prune(spared);
    return victim;
  }

  clear(): void {
    for (const list of [this.stack, this.queue, this.gone]) list.clear();
    this.kinds.fill(0);
    this.lirCount = 0;
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
    while (this.lirCount > this.lirMost()) this.demote();
    this.prune(0);
  }

  order(limit: number): number[] {
    const ids = this.queue.fromBack(limit);
    for (let id = this.stack.back; id >= 0 && ids.length < limit; id = this.stack.previous(id)) {
      if (this.kinds[id] === LIR) ids.push(id);
    }
    return ids;
  }

  replay(ids: Uint32Array, from: number, to: number): number {
    this.fit(largestId(ids, from, to));
    const { kinds } = this;
    let hits = 0;
    for (let at = from; at < to; at++) {
      const id = ids[at];
      const kind = kinds[id];
      if (kind !== 0 && kind !== GONE) {
        hits++;
        this.touch(id);
        continue;
      }
      while (this.lirCount + this.queue.size >= this.capacity) this.evict(id);
      this.insert(id);
    }
    this.context.clock.nowUs += (to - from) * this.context.requestIntervalUs;
    return hits;
  }

  inspect(): Insides {
    const { kinds } = this;
    const all = this.stack.fromFront(Infinity);
    const stacked = (id: number): InsideCell => ({
      id,
      marks: [
        { name: 'lir', value: kinds[id] === LIR ? 1 : 0 },
        { name: 'resident', value: kinds[id] === GONE ? 0 : 1 },
      ],
    });
    const low = all.filter((id) => kinds[id] === LIR);
    const place = { limit: null, hand: null } as const;
    return {
      lists: [
        { id: 'stack', title: 'Stack S', kind: 'pool', cells: all.map(stacked), firstIs: 'newest', ...place },
        { ...residents('lir', 'LIR entries', 'newest', cells(low)), limit: this.lirMost() },
        residents('queue', 'Queue Q', 'victim', cells(this.queue.fromBack(Infinity))),
      ],
      gauges: [
        {
          id: 'non-resident',
          title: 'Non-resident keys',
          value: this.gone.size,
          most: NON_RESIDENT_FACTOR * this.capacity,
        },
      ],
      grids: [],
    };
  }

  private fit(id: number): void {
    if (id >= this.kinds.length) this.kinds = grownBytes(this.kinds, id);
  }

  private lirMost(): number {
    return Math.floor(LIR_SHARE * this.capacity);
  }

  /** Makes an id at the top of the stack LIR; whoever is then too much goes from the bottom to the queue. */
  private promote(id: number): void {
    this.kinds[id] = LIR;
    this.lirCount++;
    if (this.lirCount > this.lirMost()) this.demote();
    this.prune(0);
  }

  /** The LIR entry at the bottom of the stack becomes the newest of the queue. */
  private demote(): void {
    this.prune(0);
    const bottom = this.stack.popBack();
    this.kinds[bottom] = HIR;
    this.lirCount--;
    this.queue.pushFront(bottom);
  }

  /** With an empty queue, the LIR entry at the bottom goes. */
  private evictLir(): number {
    const victim = this.stack.popBack();
    if (victim < 0) return victim;
    this.kinds[victim] = 0;
    this.lirCount--;
    this.prune(0);
    return victim;
  }

  /** Takes HIR entries off the bottom of the stack until it is LIR, then forgets the keys above the bound, but for `spared`. */
  private prune(spared: number): void {
    const { stack, gone, kinds } = this;
    for (let bottom = stack.back; bottom >= 0 && kinds[bottom] !== LIR; bottom = stack.back) {
      stack.remove(bottom);
      if (kinds[bottom] === GONE) {
        gone.remove(bottom);
        kinds[bottom] = 0;
      } else kinds[bottom] = HIR;
    }
    while (gone.size > NON_RESIDENT_FACTOR * this.capacity + spared) {
      const forgotten = gone.popBack();
      stack.remove(forgotten);
      kinds[forgotten] = 0;
    }
  }
}

/** Registry line of LIRS. */
export const lirs: PolicyEntry = {
  id: 'lirs',
  title: 'LIRS',
  summary:
    'Ranks entries by the distance between their last two uses: a loop a little longer than the cache still hits.',
  source:
    'Jiang and Zhang, "LIRS: an efficient low inter-reference recency set replacement policy", ACM SIGMETRICS 2002',
  create: (context) => new Lirs(context),
};
