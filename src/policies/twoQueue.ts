import { cells } from './cells.ts';
import type { Insides } from './Insides.ts';
import { KeyLinks, KeyList } from './KeyList.ts';
import { END_NODES, linkBehind, moveLast, takeLast, unlink } from './nodes.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { grownBytes, largestId } from './room.ts';

/** Where an id is; 0 is nowhere. */
const A1IN = 1;
const AM = 2;
const A1OUT = 3;

/**
 * 2Q in its full version. Newcomers join the FIFO queue A1in, in which a hit does nothing; whoever leaves it is remembered in A1out,
 * keys only; a newcomer that is remembered there goes to the LRU list Am. A victim is taken from A1in while that holds more than
 * Kin, else from Am (which leaves no memory); from A1in too where Am is empty. Kin is a quarter of the capacity, Kout half of it,
 * rounded down, at least one each; what is remembered takes no room of the cache. A newcomer leaves A1out before room is made for
 * it, so its own return displaces no other memory.
 */
class TwoQueue implements Policy {
  private readonly context: PolicyContext;
  private readonly links = new KeyLinks();
  private readonly a1in = new KeyList(this.links);
  private readonly a1out = new KeyList(this.links);
  private readonly am = new KeyList(this.links);
  private capacity = 1;
  private kin = 1;
  private kout = 1;
  private states = new Uint8Array(0);
  /** Who was remembered when room was made for it, and has not come in yet. */
  private awaited = -1;

  constructor(context: PolicyContext) {
    this.context = context;
    this.resize(context.capacityEntries);
  }

  touch(id: number): void {
    if (this.states[id] === AM) this.am.moveToFront(id);
  }

  insert(id: number): void {
    if (id >= this.states.length) this.states = grownBytes(this.states, id);
    this.recall(id);
    if (this.awaited === id) {
      this.am.pushFront(id);
      this.states[id] = AM;
    } else {
      this.a1in.pushFront(id);
      this.states[id] = A1IN;
    }
    this.awaited = -1;
  }

  remove(id: number): void {
    if (this.states[id] === AM) this.am.remove(id);
    else this.a1in.remove(id);
    this.states[id] = 0;
  }

  evict(newcomer: number): number {
    this.recall(newcomer);
    if (this.a1in.size <= this.kin && this.am.size > 0) {
      const victim = this.am.popBack();
      this.states[victim] = 0;
      return victim;
    }
    const victim = this.a1in.popBack();
    if (victim < 0) return victim;
    this.a1out.pushFront(victim);
    this.states[victim] = A1OUT;
    this.forget();
    return victim;
  }

  clear(): void {
    for (const list of [this.a1in, this.a1out, this.am]) list.clear();
    this.states.fill(0);
    this.awaited = -1;
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
    this.kin = Math.max(1, Math.floor(capacityEntries / 4));
    this.kout = Math.max(1, Math.floor(capacityEntries / 2));
    this.forget();
  }

  order(limit: number): number[] {
    const surplus = Math.max(0, this.a1in.size - this.kin);
    const fresh = this.a1in.fromBack(Infinity);
    return [...fresh.slice(0, surplus), ...this.am.fromBack(Infinity), ...fresh.slice(surplus)].slice(0, limit);
  }

  replay(ids: Uint32Array, from: number, to: number): number {
    const most = largestId(ids, from, to);
    this.links.fit(most);
    if (most >= this.states.length) this.states = grownBytes(this.states, most);
    while (this.a1in.size + this.am.size > this.capacity) this.evict(-1);
    const { states, capacity, kin, kout } = this;
    const { nodes } = this.links;
    const [a1in, a1out, am, first] = [this.a1in.end, this.a1out.end, this.am.end, END_NODES];
    let [fresh, remembered, old] = [this.a1in.size, this.a1out.size, this.am.size];
    let hits = 0;
    for (let at = from; at < to; at++) {
      const id = ids[at];
      const state = states[id];
      if (state === A1IN) {
        hits++;
        continue;
      }
      const node = (id + first) << 1;
      if (state !== 0) unlink(nodes, node);
      if (state === AM) {
        hits++;
        linkBehind(nodes, am, node);
        continue;
      }
      if (state === A1OUT) remembered--;
      if (fresh + old === capacity) {
        if (fresh <= kin && old > 0) {
          states[takeLast(nodes, am)] = 0;
          old--;
        } else {
          states[moveLast(nodes, a1in, a1out)] = A1OUT;
          fresh--;
          if (remembered < kout) remembered++;
          else states[takeLast(nodes, a1out)] = 0;
        }
      }
      if (state === A1OUT) {
        old++;
        states[id] = AM;
        linkBehind(nodes, am, node);
      } else {
        fresh++;
        states[id] = A1IN;
        linkBehind(nodes, a1in, node);
      }
    }
    [this.a1in.size, this.a1out.size, this.am.size] = [fresh, remembered, old];
    this.awaited = -1;
    this.context.clock.nowUs += (to - from) * this.context.requestIntervalUs;
    return hits;
  }

  inspect(): Insides {
    const shown = (id: string, title: string, kind: 'resident' | 'ghost', list: KeyList, limit: number | null) =>
      ({ id, title, kind, cells: cells(list.fromFront(Infinity)), firstIs: 'newest', limit, hand: null }) as const;
    return {
      lists: [
        shown('a1in', 'A1in', 'resident', this.a1in, this.kin),
        shown('am', 'Am', 'resident', this.am, null),
        shown('a1out', 'A1out', 'ghost', this.a1out, this.kout),
      ],
      gauges: [],
      grids: [],
    };
  }

  /** Takes a newcomer that is remembered out of A1out. */
  private recall(newcomer: number): void {
    if (newcomer < 0 || newcomer >= this.states.length || this.states[newcomer] !== A1OUT) return;
    this.a1out.remove(newcomer);
    this.states[newcomer] = 0;
    this.awaited = newcomer;
  }

  private forget(): void {
    while (this.a1out.size > this.kout) this.states[this.a1out.popBack()] = 0;
  }
}

/** Registry line of 2Q. */
export const twoQueue: PolicyEntry = {
  id: '2q',
  title: '2Q',
  summary:
    'Lets newcomers queue, and takes only those into its LRU list who are asked for again after they have left the queue.',
  source:
    'Johnson and Shasha, "2Q: a low overhead high performance buffer management replacement algorithm", VLDB 1994',
  create: (context) => new TwoQueue(context),
};
