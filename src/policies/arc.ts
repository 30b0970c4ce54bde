import { cells, residents } from './cells.ts';
import type { InsideList, Insides } from './Insides.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { grown, largestId } from './room.ts';

/** The lists, by number. Being odd tells T2 from T1 and B2 from B1, being above T2 ghosts from residents. */
const [T1, T2, B1, B2] = [0, 1, 2, 3];
/** In no list. */
const NOWHERE = -1;

/** Records before those of the ids: number 0 is nobody's, then come the ends of the four lists. */
const END_RECORDS = 5;

/** A list of keys whose values are gone. */
function ghosts(id: string, title: string, ids: readonly number[]): InsideList {
  return {
    id,
    title,
    kind: 'ghost',
    cells: cells(ids),
    firstIs: 'newest',
    limit: null,
    hand: null,
  };
}

/** Takes the record at `node` out of its list; its own link stays as it was. */
function unlink(nodes: Int32Array, node: number): void {
  const link = nodes[node];
  const previous = nodes[node + 1];
  nodes[previous] = link;
  nodes[(link >> 2) + 1] = previous;
}

/** Puts the record at `node`, which is in no list, at the front of one. */
function linkFirst(nodes: Int32Array, list: number, node: number): void {
  const end = (list + 1) << 1;
  const link = nodes[end];
  nodes[node] = link;
  nodes[node + 1] = end;
  nodes[(link >> 2) + 1] = node;
  nodes[end] = (node << 2) | list;
}

/** Takes the oldest record out of a list that has one, and returns where it begins; its own link stays as it was. */
function unlinkLast(nodes: Int32Array, list: number): number {
  const end = (list + 1) << 1;
  const last = nodes[end + 1];
  const previous = nodes[last + 1];
  nodes[previous] = nodes[last];
  nodes[end + 1] = previous;
  return last;
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
 *
 * All records lie in one array, 8 bytes each, and are named by where they begin: the end of list n at `(n + 1) << 1`, an id at
 * `(id + END_RECORDS) << 1`. A list is a ring through its end. First in a record stands its link, 0 where the id is in no list:
 * the next record (towards the oldest) `<< 2`, and the number of the list, so that one look at one place tells where an id stands
 * and who follows it; then the previous record. An unlinked neighbour takes the link over as it is, list and all. Ids
 * stay below 2^28 − 5.
 */
class Arc implements Policy {
  private readonly context: PolicyContext;
  private capacity: number;
  private nodes = new Int32Array(0);
  /** How many are in each list. */
  private readonly sizes = [0, 0, 0, 0];
  /** The target size of t1: a real number in [0, capacity]. */
  private p = 0;
  /** The newcomer that the ghost lists have already learnt from; −1 when there is none. */
  private learntFrom = -1;
  /** Only there so that what was fetched ahead counts as used. */
  fetched = 0;

  constructor(context: PolicyContext) {
    this.context = context;
    this.capacity = context.capacityEntries;
    this.clear();
  }

  touch(id: number): void {
    this.take(id);
    this.push(T2, id);
  }

  insert(id: number): void {
    this.fit(id);
    if (this.learntFrom !== id) this.learn(id);
    this.learntFrom = -1;
    if (this.place(id) === NOWHERE) {
      this.push(T1, id);
      return;
    }
    this.take(id);
    this.push(T2, id);
  }

  remove(id: number): void {
    this.take(id);
  }

  evict(newcomer: number): number {
    if (newcomer < 0) {
      const victim = this.replace(false);
      this.trim();
      return victim;
    }
    this.fit(newcomer);
    if (this.learntFrom !== newcomer) this.learn(newcomer);
    const place = this.place(newcomer);
    if (place !== NOWHERE || this.sizes[T1] < this.capacity) return this.replace(place === B2);
    // t1 alone fills the cache: no ghost of it is kept.
    return this.pop(T1);
  }

  clear(): void {
    this.fit(0);
    this.nodes.fill(0);
    for (const list of [T1, T2, B1, B2]) {
      const end = (list + 1) << 1;
      this.nodes[end] = (end << 2) | list;
      this.nodes[end + 1] = end;
    }
    this.sizes.fill(0);
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

  // The steps of touch, learn, replace and insert by hand: calls would nearly double the time. Which of two lists gives somebody up
  // is 0 or 1, added to the number of the first of them: so both cases are the same steps. The numbers that stand above are written
  // out again, 0 for t1 and 1 for t2, inside the loop: V8 compiles it while it runs, and then knows no value of what was declared
  // before, which costs a tenth.
  replay(ids: Uint32Array, from: number, to: number): number {
    this.prepare(largestId(ids, from, to));
    const { nodes, sizes, capacity } = this;
    let t1 = sizes[T1];
    let b1 = sizes[B1];
    let b2 = sizes[B2];
    let { p } = this;
    let hits = 0;
    let fetched = 0;
    let size = t1 + sizes[T2];
    for (let at = from; at < to; at++) {
      const endRecords = 5;
      const firstGhosts = 2;
      const ahead = 8;
      const node = (ids[at] + endRecords) << 1;
      if (at + ahead < to) fetched ^= nodes[(ids[at + ahead] + endRecords) << 1];
      const link = nodes[node];
      if (link !== 0) unlink(nodes, node);
      let list = 1;
      if (link !== 0 && (link & firstGhosts) === 0) {
        hits++;
        t1 -= (link & 1) ^ 1;
      } else {
        // t1 gives somebody up if it has more than this.
        let most = Math.floor(p);
        if (link === 0) {
          list = 0;
          const fromB2 = Number(t1 + b1 < capacity);
          if (t1 < capacity && (fromB2 === 0 || size + b1 + b2 >= 2 * capacity)) {
            nodes[unlinkLast(nodes, firstGhosts + fromB2)] = 0;
            b1 -= fromB2 ^ 1;
            b2 -= fromB2;
          }
        } else if ((link & 1) === 0) {
          p = Math.min(capacity, p + Math.max(1, b2 / b1));
          b1--;
          most = Math.floor(p);
        } else {
          p = Math.max(0, p - Math.max(1, b1 / b2));
          b2--;
          most = Math.max(0, Math.ceil(p) - 1);
        }
        if (size < capacity) size++;
        else {
          const fromT2 = size === t1 ? 0 : Number(t1 <= most);
          const last = unlinkLast(nodes, fromT2);
          if (link === 0 && t1 === capacity) nodes[last] = 0;
          else {
            linkFirst(nodes, firstGhosts + fromT2, last);
            b1 += fromT2 ^ 1;
            b2 += fromT2;
          }
          t1 -= fromT2 ^ 1;
        }
        t1 += list ^ 1;
      }
      linkFirst(nodes, list, node);
    }
    [sizes[T1], sizes[T2], sizes[B1], sizes[B2]] = [t1, size - t1, b1, b2];
    this.p = p;
    this.fetched = fetched;
    this.context.clock.nowUs += (to - from) * this.context.requestIntervalUs;
    return hits;
  }

  inspect(): Insides {
    return {
      lists: [
        residents('t1', 'T1, seen once', 'newest', cells(this.idsOf(T1))),
        residents('t2', 'T2, seen again', 'newest', cells(this.idsOf(T2))),
        ghosts('b1', 'B1, ghosts of T1', this.idsOf(B1)),
        ghosts('b2', 'B2, ghosts of T2', this.idsOf(B2)),
      ],
      gauges: [{ id: 'p', title: 'Target size of T1', value: this.p, most: this.capacity }],
      grids: [],
    };
  }

  /** Makes room for all ids of a replay, and starts it with no more residents than there may be. */
  private prepare(most: number): void {
    this.fit(most);
    while (this.sizes[T1] + this.sizes[T2] > this.capacity) this.evict(-1);
    this.learntFrom = -1;
  }

  private fit(id: number): void {
    const last = ((id + END_RECORDS) << 1) + 1;
    if (last >= this.nodes.length) this.nodes = grown(this.nodes, last, 0);
  }

  /** Moves the target where the newcomer is a ghost; else makes sure that the ghost lists will hold no more than they may. */
  private learn(newcomer: number): void {
    this.learntFrom = newcomer;
    const { capacity } = this;
    const [t1, t2, b1, b2] = this.sizes;
    const place = this.place(newcomer);
    if (place === B1) this.p = Math.min(capacity, this.p + Math.max(1, b2 / b1));
    else if (place === B2) this.p = Math.max(0, this.p - Math.max(1, b1 / b2));
    else if (t1 + b1 >= capacity) this.pop(B1);
    else if (t1 + b1 + t2 + b2 >= 2 * capacity) this.pop(B2);
  }

  /** REPLACE of the paper: the oldest of t1 or of t2 becomes a ghost. Returns it; −1 when both are empty. */
  private replace(forGhostOfT2: boolean): number {
    const { p } = this;
    const [t1, t2] = this.sizes;
    const surplus = t1 > p || (forGhostOfT2 && t1 === p);
    const fromT1 = t2 === 0 || (surplus && t1 > 0);
    const victim = this.pop(fromT1 ? T1 : T2);
    if (victim >= 0) this.push(fromT1 ? B1 : B2, victim);
    return victim;
  }

  /** Forgets the oldest ghosts until |t1| + |b1| ≤ c and all lists together hold 2c at most. */
  private trim(): void {
    const { sizes, capacity } = this;
    while (sizes[B1] > 0 && sizes[T1] + sizes[B1] > capacity) this.pop(B1);
    while (sizes[B2] > 0 && sizes[T1] + sizes[B1] + sizes[T2] + sizes[B2] > 2 * capacity) this.pop(B2);
  }

  /** The list that an id is in. */
  private place(id: number): number {
    const link = this.nodes[(id + END_RECORDS) << 1];
    return link === 0 ? NOWHERE : link & 3;
  }

  /** Takes an id out of the list it is in. */
  private take(id: number): void {
    const { nodes, sizes } = this;
    const node = (id + END_RECORDS) << 1;
    unlink(nodes, node);
    sizes[nodes[node] & 3]--;
    nodes[node] = 0;
  }

  /** Puts an id that is in no list at the front of one. */
  private push(list: number, id: number): void {
    linkFirst(this.nodes, list, (id + END_RECORDS) << 1);
    this.sizes[list]++;
  }

  /** Takes the oldest out of a list and returns it; −1 when the list is empty. */
  private pop(list: number): number {
    if (this.sizes[list] === 0) return -1;
    const id = (this.nodes[((list + 1) << 1) + 1] >> 1) - END_RECORDS;
    this.take(id);
    return id;
  }

  /** Who is in a list, newest first. */
  private idsOf(list: number): number[] {
    const ids: number[] = [];
    const end = (list + 1) << 1;
    for (let node = this.nodes[end] >> 2; node !== end; node = this.nodes[node] >> 2)
      ids.push((node >> 1) - END_RECORDS);
    return ids;
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
