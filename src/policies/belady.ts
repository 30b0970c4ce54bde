import type { InsideCell, Insides } from './Insides.ts';
import { KeyList } from './KeyList.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { PositionSet } from './PositionSet.ts';
import { largestId } from './room.ts';

/** For each request the position of the next one for the same id; the number of requests where there is none. */
function nextUses(future: Uint32Array, idCount: number): Int32Array<ArrayBuffer> {
  const none = future.length;
  const next = new Int32Array(none);
  const seen = new Int32Array(idCount).fill(none);
  for (let at = none - 1; at >= 0; at--) {
    next[at] = seen[future[at]];
    seen[future[at]] = at;
  }
  return next;
}

/**
 * Belady's MIN: evicts whoever is asked for again latest, those never asked for again first (of these the one used longest ago,
 * which changes no hit). The newcomer always comes in, as in the ARC paper's MIN; a bound that may turn newcomers away hits a
 * little more often.
 *
 * It knows the future: every `touch` and every `insert` is the next request of `context.future`, in order, and whoever calls out of
 * step gets a RangeError. `clear` forgets the entries but not the place in the future; a replay may start over after it.
 */
class Belady implements Policy {
  private readonly context: PolicyContext;
  private readonly future: Uint32Array;
  private readonly next: Int32Array;
  /** For each id the position of its next request, −1 while it is not resident. */
  private readonly nextOf: Int32Array;
  /** Next requests of all residents that have one: `future` says whose each is. */
  private readonly waited: PositionSet;
  /** Residents that are never asked for again, the last used at the front. */
  private readonly done = new KeyList();
  private capacity: number;
  private size = 0;
  /** Requests made so far. */
  private position = 0;

  constructor(context: PolicyContext) {
    if (!context.future) throw new RangeError('belady needs to know the requests to come, and nobody told it');
    this.context = context;
    this.future = context.future;
    this.capacity = context.capacityEntries;
    const idCount = largestId(this.future, 0, this.future.length) + 1;
    this.next = nextUses(this.future, idCount);
    this.nextOf = new Int32Array(idCount).fill(-1);
    this.waited = new PositionSet(this.future.length);
  }

  touch(id: number): void {
    this.check(id);
    this.waited.delete(this.position);
    this.wait(id);
  }

  insert(id: number): void {
    this.check(id);
    this.size++;
    this.wait(id);
  }

  remove(id: number): void {
    const next = this.nextOf[id];
    if (next === this.future.length) this.done.remove(id);
    else this.waited.delete(next);
    this.nextOf[id] = -1;
    this.size--;
  }

  evict(): number {
    const victim = this.done.size > 0 ? this.done.back : this.latest();
    if (victim >= 0) this.remove(victim);
    return victim;
  }

  clear(): void {
    this.waited.clear();
    this.done.clear();
    this.nextOf.fill(-1);
    this.size = 0;
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
  }

  order(limit: number): number[] {
    const ids = this.done.fromBack(limit);
    const looked: number[] = [];
    while (ids.length < limit && this.waited.largest() >= 0) {
      looked.push(this.waited.largest());
      ids.push(this.latest());
      this.waited.delete(this.waited.largest());
    }
    for (const position of looked) this.waited.add(position);
    return ids;
  }

  replay(ids: Uint32Array, from: number, to: number): number {
    if (this.size === 0) this.position = from;
    if (from !== this.position) throw new RangeError(`belady stands at request ${this.position}, not at ${from}`);
    const { nextOf } = this;
    let hits = 0;
    for (let at = from; at < to; at++) {
      const id = ids[at];
      if (nextOf[id] >= 0) {
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
    const { nextOf } = this;
    const none = this.future.length;
    const cells = this.order(Infinity).map(
      (id): InsideCell => ({
        id,
        marks: nextOf[id] === none ? [] : [{ name: 'next', value: nextOf[id] - this.position + 1 }],
      }),
    );
    return {
      lists: [
        { id: 'next', title: 'By next request', kind: 'resident', cells, firstIs: 'victim', limit: null, hand: null },
      ],
      gauges: [{ id: 'position', title: 'Requests made', value: this.position, most: none }],
      grids: [],
    };
  }

  /** Throws unless `id` is what the future says comes now. */
  private check(id: number): void {
    const wanted = this.future[this.position];
    if (wanted !== id) throw new RangeError(`belady was told request ${this.position} is for ${wanted}, not for ${id}`);
  }

  /** Notes when the id of this request is asked for again, and goes on to the next request. */
  private wait(id: number): void {
    const next = this.next[this.position++];
    this.nextOf[id] = next;
    if (next === this.future.length) this.done.pushFront(id);
    else this.waited.add(next);
  }

  /** The resident whose next request comes latest; −1 where none has one. */
  private latest(): number {
    const position = this.waited.largest();
    return position < 0 ? position : this.future[position];
  }
}

/** Registry line of Belady's MIN. */
export const belady: PolicyEntry = {
  id: 'belady',
  title: 'Belady’s MIN',
  summary: 'Evicts the entry that is asked for again latest: needs to know the future, and no policy can beat it.',
  source: 'Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2), 1966',
  offline: true,
  create: (context) => new Belady(context),
};
