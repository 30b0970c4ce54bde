import { cells, residents } from './cells.ts';
import type { InsideList, Insides } from './Insides.ts';
import { KeyLinks, KeyList } from './KeyList.ts';
import { END_NODES, linkBehind, moveLast, takeLast, unlink } from './nodes.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { grownBytes, largestId } from './room.ts';

/** Where an id stands; 0 for nowhere. */
const T1 = 1;
const T2 = 2;
const B1 = 3;
const B2 = 4;

/** A list of keys whose values are gone. */
function ghosts(id: string, title: string, list: KeyList): InsideList {
  return {
    id,
    title,
    kind: 'ghost',
    cells: cells(list.fromFront(Infinity)),
    firstIs: 'newest',
    limit: null,
    hand: null,
  };
}

/**
 * Adaptive replacement cache, as in Fig. 4 of the paper: t1 holds what was asked for once lately, t2 what was asked for again, b1
 * and b2 remember whom each of them lost. A request for a ghost of b1 says that t1 was too small and raises its target `p`, one for
 * a ghost of b2 lowers it.
 *
 * Where implementations differ: `p` and the ratio of the ghost lists are real numbers (integer division moves the hit ratio by up
 * to 1.2 points); the ratio is taken while the ghost asked for still counts; at |t1| = p the victim comes from t1 only if the
 * newcomer is a ghost of b2; the oldest of b2 is forgotten only where |t1| + |b1| < c and all four lists hold 2c. All of it happens
 * once for a newcomer, however often `evict` is called for it, and also if there is room and nobody need go.
 */
class Arc implements Policy {
  private readonly context: PolicyContext;
  private readonly links = new KeyLinks();
  private readonly t1 = new KeyList(this.links);
  private readonly t2 = new KeyList(this.links);
  private readonly b1 = new KeyList(this.links);
  private readonly b2 = new KeyList(this.links);
  private capacity: number;
  private places = new Uint8Array(0);
  /** The target size of t1: a real number in [0, capacity]. */
  private p = 0;
  /** The newcomer that the ghost lists have already learnt from; −1 when there is none. */
  private learntFrom = -1;

  constructor(context: PolicyContext) {
    this.context = context;
    this.capacity = context.capacityEntries;
  }

  touch(id: number): void {
    if (this.places[id] === T2) {
      this.t2.moveToFront(id);
      return;
    }
    this.t1.remove(id);
    this.t2.pushFront(id);
    this.places[id] = T2;
  }

  insert(id: number): void {
    this.fit(id);
    if (this.learntFrom !== id) this.learn(id);
    this.learntFrom = -1;
    const place = this.places[id];
    if (place === 0) {
      this.t1.pushFront(id);
      this.places[id] = T1;
      return;
    }
    if (place === B1) this.b1.remove(id);
    else this.b2.remove(id);
    this.t2.pushFront(id);
    this.places[id] = T2;
  }

  remove(id: number): void {
    if (this.places[id] === T1) this.t1.remove(id);
    else this.t2.remove(id);
    this.places[id] = 0;
  }

  evict(newcomer: number): number {
    if (newcomer < 0) {
      const victim = this.replace(false);
      this.trim();
      return victim;
    }
    this.fit(newcomer);
    if (this.learntFrom !== newcomer) this.learn(newcomer);
    const place = this.places[newcomer];
    if (place !== 0 || this.t1.size < this.capacity) return this.replace(place === B2);
    // t1 alone fills the cache: no ghost of it is kept.
    const victim = this.t1.popBack();
    this.places[victim] = 0;
    return victim;
  }

  clear(): void {
    for (const list of [this.t1, this.t2, this.b1, this.b2]) list.clear();
    this.places.fill(0);
    this.p = 0;
    this.learntFrom = -1;
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
    this.p = Math.min(this.p, capacityEntries);
    this.trim();
  }

  /** None: whether t1 or t2 loses one depends on who comes. */
  order(): number[] {
    return [];
  }

  // The steps of touch, learn, replace and insert by hand, over constants and local numbers: calls would nearly double the time.
  replay(ids: Uint32Array, from: number, to: number): number {
    this.prepare(largestId(ids, from, to));
    const { places, capacity } = this;
    const { nodes } = this.links;
    const first = END_NODES;
    const [t1End, t2End, b1End, b2End] = [this.t1.end, this.t2.end, this.b1.end, this.b2.end];
    let [t1, t2, b1, b2] = [this.t1.size, this.t2.size, this.b1.size, this.b2.size];
    let { p } = this;
    let hits = 0;
    for (let at = from; at < to; at++) {
      const id = ids[at];
      const node = (id + first) << 1;
      const place = places[id];
      if (place === T2) {
        hits++;
        if (nodes[node + 1] === t2End) continue;
        unlink(nodes, node);
        linkBehind(nodes, t2End, node);
        continue;
      }
      let end = t2End;
      if (place === T1) {
        hits++;
        t1--;
        t2++;
        places[id] = T2;
      } else {
        let forgetful = 0;
        if (place === B1) p = Math.min(capacity, p + Math.max(1, b2 / b1));
        else if (place === B2) p = Math.max(0, p - Math.max(1, b1 / b2));
        else if (t1 + b1 >= capacity) forgetful = b1 > 0 ? b1End : 0;
        else if (b2 > 0 && t1 + b1 + t2 + b2 >= 2 * capacity) forgetful = b2End;
        if (forgetful !== 0) {
          if (forgetful === b1End) b1--;
          else b2--;
          places[takeLast(nodes, forgetful)] = 0;
        }
        if (t1 + t2 === capacity) {
          if (place === 0 && t1 === capacity) {
            places[takeLast(nodes, t1End)] = 0;
            t1--;
          } else if (t2 === 0 || (t1 > 0 && (t1 > p || (place === B2 && t1 === p)))) {
            places[moveLast(nodes, t1End, b1End)] = B1;
            t1--;
            b1++;
          } else {
            places[moveLast(nodes, t2End, b2End)] = B2;
            t2--;
            b2++;
          }
        }
        if (place === 0) {
          t1++;
          end = t1End;
        } else {
          t2++;
          if (place === B1) b1--;
          else b2--;
        }
        places[id] = place === 0 ? T1 : T2;
      }
      if (place !== 0) unlink(nodes, node);
      linkBehind(nodes, end, node);
    }
    [this.t1.size, this.t2.size, this.b1.size, this.b2.size] = [t1, t2, b1, b2];
    this.p = p;
    this.context.clock.nowUs += (to - from) * this.context.requestIntervalUs;
    return hits;
  }

  inspect(): Insides {
    return {
      lists: [
        residents('t1', 'T1, seen once', 'newest', cells(this.t1.fromFront(Infinity))),
        residents('t2', 'T2, seen again', 'newest', cells(this.t2.fromFront(Infinity))),
        ghosts('b1', 'B1, ghosts of T1', this.b1),
        ghosts('b2', 'B2, ghosts of T2', this.b2),
      ],
      gauges: [{ id: 'p', title: 'Target size of T1', value: this.p, most: this.capacity }],
      grids: [],
    };
  }

  /** Makes room for all ids of a replay, and starts it with no more residents than there may be. */
  private prepare(most: number): void {
    this.fit(most);
    this.links.fit(most);
    while (this.t1.size + this.t2.size > this.capacity) this.evict(-1);
    this.learntFrom = -1;
  }

  private fit(id: number): void {
    if (id >= this.places.length) this.places = grownBytes(this.places, id);
  }

  /** Moves the target where the newcomer is a ghost; else makes sure that the ghost lists will hold no more than they may. */
  private learn(newcomer: number): void {
    this.learntFrom = newcomer;
    const { t1, t2, b1, b2, capacity } = this;
    const place = this.places[newcomer];
    if (place === B1) this.p = Math.min(capacity, this.p + Math.max(1, b2.size / b1.size));
    else if (place === B2) this.p = Math.max(0, this.p - Math.max(1, b1.size / b2.size));
    else if (t1.size + b1.size >= capacity) {
      if (b1.size > 0) this.places[b1.popBack()] = 0;
    } else if (b2.size > 0 && t1.size + b1.size + t2.size + b2.size >= 2 * capacity) {
      this.places[b2.popBack()] = 0;
    }
  }

  /** REPLACE of the paper: the oldest of t1 or of t2 becomes a ghost. Returns it; −1 when both are empty. */
  private replace(forGhostOfT2: boolean): number {
    const { t1, t2, p } = this;
    const surplus = t1.size > p || (forGhostOfT2 && t1.size === p);
    const fromT1 = t2.size === 0 || (surplus && t1.size > 0);
    const victim = fromT1 ? t1.popBack() : t2.popBack();
    if (victim < 0) return victim;
    (fromT1 ? this.b1 : this.b2).pushFront(victim);
    this.places[victim] = fromT1 ? B1 : B2;
    return victim;
  }

  /** Forgets the oldest ghosts until |t1| + |b1| ≤ c and all lists together hold 2c at most. */
  private trim(): void {
    const { t1, t2, b1, b2, capacity } = this;
    while (b1.size > 0 && t1.size + b1.size > capacity) this.places[b1.popBack()] = 0;
    while (b2.size > 0 && t1.size + b1.size + t2.size + b2.size > 2 * capacity) this.places[b2.popBack()] = 0;
  }
}

/** Registry line of ARC. */
export const arc: PolicyEntry = {
  id: 'arc',
  title: 'ARC',
  summary:
    'Divides itself between what was used lately and what is used often, and learns the division from its own mistakes.',
  source: 'Megiddo and Modha, "ARC: a self-tuning, low overhead replacement cache", USENIX FAST 2003',
  create: (context) => new Arc(context),
};
