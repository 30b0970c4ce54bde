import { IdHeap } from './IdHeap.ts';
import type { InsideCell, InsideList, Insides } from './Insides.ts';
import { KeyLinks, KeyList } from './KeyList.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { grownBytes, largestId } from './room.ts';

/** The correlated reference period in requests, as a share of the capacity. */
const PERIOD_SHARE = 0.25;

/** Where an id stands; 0 for nowhere. */
const [RECENT, ONCE, TWICE, HISTORY] = [1, 2, 3, 4];

/** A copy of `times` in which `index` has its place, of twice its length at least. */
function grownTimes(times: Float64Array, index: number): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(Math.max(1024, 2 * times.length, index + 1));
  copy.set(times);
  return copy;
}

/**
 * LRU-2, after Fig. 2.1 of the paper: evicts the entry whose last use but one is longest ago; whoever was used only once comes before
 * all others (of these the least recently used). Time is counted in requests.
 *
 * What the name leaves open: uses within the *correlated period*, floor(capacity / 4) requests, of the last one count as one use with
 * it, and nobody is evicted so soon after a use unless all are as fresh (then the least recently used goes); the ARC paper tried
 * 0.01 to 0.9 capacities for each cache and printed the best, which no cache can do. The *history* of the evicted is kept for as
 * many keys as the cache has entries, the earliest evicted forgotten first: who comes back in time has two uses at once.
 */
class Lru2 implements Policy {
  private readonly context: PolicyContext;
  private readonly links = new KeyLinks();
  /** Used within the correlated period, the last used at the front; some whose period is over may not have left yet. */
  private readonly recent = new KeyList(this.links);
  /** Used once, the last used at the front. */
  private readonly once = new KeyList(this.links);
  /** Used more than once, by the last use but one. */
  private readonly twice = new IdHeap((id) => this.seconds[id]);
  /** Evicted keys, the latest at the front. */
  private readonly history = new KeyList(this.links);
  private capacity: number;
  private period: number;
  private requests = 0;
  private places = new Uint8Array(0);
  /** For each id: when it was last used, when the last run of correlated uses began, when the run before that one ended (0: never). */
  private lasts = new Float64Array(0);
  private starts = new Float64Array(0);
  private seconds = new Float64Array(0);

  constructor(context: PolicyContext) {
    this.context = context;
    this.capacity = context.capacityEntries;
    this.period = Math.floor(PERIOD_SHARE * this.capacity);
  }

  touch(id: number): void {
    const now = ++this.requests;
    const isNewRun = now - this.lasts[id] > this.period;
    if (this.places[id] === RECENT) this.recent.moveToFront(id);
    else {
      this.leave(id);
      this.recent.pushFront(id);
      this.places[id] = RECENT;
    }
    if (isNewRun) {
      this.seconds[id] = this.lasts[id];
      this.starts[id] = now;
    }
    this.lasts[id] = now;
  }

  insert(id: number): void {
    this.fit(id);
    const now = ++this.requests;
    const isKnown = this.places[id] === HISTORY;
    if (isKnown) this.history.remove(id);
    this.seconds[id] = isKnown ? this.starts[id] : 0;
    this.starts[id] = now;
    this.lasts[id] = now;
    this.places[id] = RECENT;
    this.recent.pushFront(id);
  }

  remove(id: number): void {
    this.leave(id);
    this.places[id] = 0;
  }

  evict(newcomer: number): number {
    let spared = 0;
    if (newcomer >= 0) {
      this.fit(newcomer);
      if (this.places[newcomer] === HISTORY) {
        // It is about to come back, so its history must not be forgotten now.
        this.history.moveToFront(newcomer);
        spared = 1;
      }
    }
    this.settle(this.requests + 1);
    let victim = this.once.back;
    if (victim < 0) victim = this.twice.least();
    if (victim < 0) victim = this.recent.back;
    if (victim < 0) return victim;
    this.leave(victim);
    this.history.pushFront(victim);
    this.places[victim] = HISTORY;
    this.trim(spared);
    return victim;
  }

  clear(): void {
    for (const list of [this.recent, this.once, this.history]) list.clear();
    this.twice.clear();
    this.places.fill(0);
    this.requests = 0;
  }

  resize(capacityEntries: number): void {
    // Whose period is over by now stays settled, also where the new one is longer.
    this.settle(this.requests + 1);
    this.capacity = capacityEntries;
    this.period = Math.floor(PERIOD_SHARE * capacityEntries);
    this.trim(0);
  }

  order(limit: number): number[] {
    const late = this.recent.fromBack(Infinity);
    const over = late.filter((id) => this.requests + 1 - this.lasts[id] > this.period);
    const twice = [...this.twice.sorted(), ...over.filter((id) => this.seconds[id] > 0)];
    twice.sort((a, b) => this.seconds[a] - this.seconds[b]);
    const once = [...this.once.fromBack(limit), ...over.filter((id) => this.seconds[id] === 0)];
    return [...once, ...twice, ...late.slice(over.length)].slice(0, limit);
  }

  replay(ids: Uint32Array, from: number, to: number): number {
    this.fit(largestId(ids, from, to));
    const { places, recent, once, twice } = this;
    let hits = 0;
    for (let at = from; at < to; at++) {
      const id = ids[at];
      const place = places[id];
      if (place !== 0 && place !== HISTORY) {
        hits++;
        this.touch(id);
        continue;
      }
      while (recent.size + once.size + twice.size >= this.capacity) this.evict(id);
      this.insert(id);
    }
    this.context.clock.nowUs += (to - from) * this.context.requestIntervalUs;
    return hits;
  }

  inspect(): Insides {
    this.settle(this.requests + 1);
    const list = (
      id: string,
      title: string,
      kind: InsideList['kind'],
      firstIs: InsideList['firstIs'],
      ids: number[],
    ): InsideList => {
      const shown = ids.map((member): InsideCell => {
        const marks = [{ name: 'last', value: this.lasts[member] }];
        if (this.seconds[member] > 0) marks.push({ name: 'second', value: this.seconds[member] });
        return { id: member, marks };
      });
      return { id, title, kind, cells: shown, firstIs, limit: kind === 'ghost' ? this.capacity : null, hand: null };
    };
    return {
      lists: [
        list('recent', 'Within the correlated period', 'resident', 'newest', this.recent.fromFront(Infinity)),
        list('once', 'Used once', 'resident', 'victim', this.once.fromBack(Infinity)),
        list('twice', 'By last use but one', 'resident', 'victim', this.twice.sorted()),
        list('history', 'History', 'ghost', 'newest', this.history.fromFront(Infinity)),
      ],
      gauges: [
        { id: 'now', title: 'Requests', value: this.requests, most: null },
        { id: 'period', title: 'Correlated period', value: this.period, most: null },
      ],
      grids: [],
    };
  }

  private fit(id: number): void {
    if (id >= this.places.length) this.places = grownBytes(this.places, id);
    if (id < this.lasts.length) return;
    this.lasts = grownTimes(this.lasts, id);
    this.starts = grownTimes(this.starts, id);
    this.seconds = grownTimes(this.seconds, id);
  }

  /** Takes a resident out of wherever it stands. */
  private leave(id: number): void {
    const place = this.places[id];
    if (place === RECENT) this.recent.remove(id);
    else if (place === ONCE) this.once.remove(id);
    else this.twice.remove(id);
  }

  /** Moves on those whose correlated period is over at request number `now`. */
  private settle(now: number): void {
    const { recent, lasts, period } = this;
    for (let id = recent.back; id >= 0 && now - lasts[id] > period; id = recent.back) {
      recent.remove(id);
      const isTwice = this.seconds[id] > 0;
      this.places[id] = isTwice ? TWICE : ONCE;
      if (isTwice) this.twice.add(id);
      else this.once.pushFront(id);
    }
  }

  /** Forgets the earliest evicted above the bound, but for `spared`. */
  private trim(spared: number): void {
    while (this.history.size > this.capacity + spared) this.places[this.history.popBack()] = 0;
  }
}

/** Registry line of LRU-2. */
export const lruK: PolicyEntry = {
  id: 'lru-2',
  title: 'LRU-2',
  summary: 'Evicts the entry whose last use but one is longest ago, so that a single visit does not count for much.',
  source:
    'O’Neil, O’Neil and Weikum, "The LRU-K page replacement algorithm for database disk buffering", ACM SIGMOD 1993',
  create: (context) => new Lru2(context),
};
