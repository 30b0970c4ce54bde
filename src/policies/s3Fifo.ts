import { cells } from './cells.ts';
import type { InsideList, Insides } from './Insides.ts';
import { KeyLinks, KeyList } from './KeyList.ts';
import { END_NODES, linkBehind, moveLast, takeLast, unlink } from './nodes.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { grownBytes, largestId } from './room.ts';

/** Where an id is, the two lowest bits of its state; 0 is nowhere. */
const SMALL = 1;
const MAIN = 2;
const GHOST = 3;

/** Its frequency stands in the bits above, from 0 to 3. */
const ONCE = 4;
const MOST = 3 * ONCE;

/** Frequency from which an entry moves from the small queue to the main one. */
const MOVES_FROM = 2 * ONCE;

/**
 * S3-FIFO: three FIFO queues. Newcomers join the small one (a tenth of the capacity), or the main one (the rest) if the ghost queue
 * (keys only, nine tenths of the capacity in entries) remembers them. A hit raises a frequency that stops at 3. Where the main
 * queue holds more than its share or the small one is empty, a victim is taken from the main queue: whoever has a frequency comes
 * round again with one less. Else from the small queue: whoever has a frequency of 2 or more moves to the main queue with 0, the
 * first other leaves and is remembered as a ghost; if all have moved, the main queue gives the victim. This is the reading of the
 * paper's Algorithm 1 with the threshold of its text. Shares are rounded down, the small queue and the ghosts are one at least. A
 * newcomer leaves the ghosts before room is made for it.
 */
class S3Fifo implements Policy {
  private readonly context: PolicyContext;
  private readonly links = new KeyLinks();
  private readonly small = new KeyList(this.links);
  private readonly main = new KeyList(this.links);
  private readonly ghosts = new KeyList(this.links);
  private capacity = 1;
  private smallLimit = 1;
  private mainLimit = 0;
  private ghostLimit = 1;
  private states = new Uint8Array(0);
  /** Who was a ghost when room was made for it, and has not come in yet. */
  private awaited = -1;

  constructor(context: PolicyContext) {
    this.context = context;
    this.resize(context.capacityEntries);
  }

  touch(id: number): void {
    if (this.states[id] < MOST) this.states[id] += ONCE;
  }

  insert(id: number): void {
    if (id >= this.states.length) this.states = grownBytes(this.states, id);
    this.recall(id);
    if (this.awaited === id) {
      this.main.pushFront(id);
      this.states[id] = MAIN;
    } else {
      this.small.pushFront(id);
      this.states[id] = SMALL;
    }
    this.awaited = -1;
  }

  remove(id: number): void {
    if ((this.states[id] & 3) === MAIN) this.main.remove(id);
    else this.small.remove(id);
    this.states[id] = 0;
  }

  evict(newcomer: number): number {
    this.recall(newcomer);
    if (this.main.size <= this.mainLimit) {
      while (this.small.size > 0) {
        const id = this.small.popBack();
        if (this.states[id] < MOVES_FROM) {
          this.remember(id);
          return id;
        }
        this.main.pushFront(id);
        this.states[id] = MAIN;
      }
    }
    return this.evictMain();
  }

  clear(): void {
    for (const list of [this.small, this.main, this.ghosts]) list.clear();
    this.states.fill(0);
    this.awaited = -1;
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
    this.smallLimit = Math.max(1, Math.floor(capacityEntries / 10));
    this.mainLimit = capacityEntries - this.smallLimit;
    this.ghostLimit = Math.max(1, Math.floor((capacityEntries * 9) / 10));
    this.forget();
  }

  order(limit: number): number[] {
    // From copies of the queues, oldest first.
    const small = this.small.fromBack(Infinity);
    const main = this.main.fromBack(Infinity);
    const frequencies = new Map([...small, ...main].map((id) => [id, this.states[id] >> 2]));
    const order: number[] = [];
    while (order.length < limit && small.length + main.length > 0) {
      order.push(takeVictim(small, main, main.length <= this.mainLimit, frequencies));
    }
    return order;
  }

  replay(ids: Uint32Array, from: number, to: number): number {
    const most = largestId(ids, from, to);
    this.links.fit(most);
    if (most >= this.states.length) this.states = grownBytes(this.states, most);
    while (this.small.size + this.main.size > this.capacity) this.evict(-1);
    const { states, capacity, mainLimit, ghostLimit } = this;
    const { nodes } = this.links;
    const [small, main, ghosts, first] = [this.small.end, this.main.end, this.ghosts.end, END_NODES];
    let [inSmall, inMain, remembered] = [this.small.size, this.main.size, this.ghosts.size];
    let hits = 0;
    for (let at = from; at < to; at++) {
      const id = ids[at];
      const state = states[id];
      if (state !== 0 && state !== GHOST) {
        hits++;
        if (state < MOST) states[id] = state + ONCE;
        continue;
      }
      const node = (id + first) << 1;
      if (state === GHOST) {
        unlink(nodes, node);
        remembered--;
      }
      if (inSmall + inMain === capacity) {
        let isFull = true;
        if (inMain <= mainLimit) {
          while (isFull && inSmall > 0) {
            const oldest = (nodes[small + 1] >> 1) - first;
            isFull = states[oldest] >= MOVES_FROM;
            inSmall--;
            if (isFull) {
              moveLast(nodes, small, main);
              inMain++;
              states[oldest] = MAIN;
            } else {
              moveLast(nodes, small, ghosts);
              states[oldest] = GHOST;
              if (remembered < ghostLimit) remembered++;
              else states[takeLast(nodes, ghosts)] = 0;
            }
          }
        }
        if (isFull) {
          let oldest = (nodes[main + 1] >> 1) - first;
          for (; states[oldest] >= ONCE; oldest = (nodes[main + 1] >> 1) - first) {
            states[oldest] -= ONCE;
            moveLast(nodes, main, main);
          }
          states[takeLast(nodes, main)] = 0;
          inMain--;
        }
      }
      if (state === GHOST) {
        inMain++;
        states[id] = MAIN;
        linkBehind(nodes, main, node);
      } else {
        inSmall++;
        states[id] = SMALL;
        linkBehind(nodes, small, node);
      }
    }
    [this.small.size, this.main.size, this.ghosts.size] = [inSmall, inMain, remembered];
    this.awaited = -1;
    this.context.clock.nowUs += (to - from) * this.context.requestIntervalUs;
    return hits;
  }

  inspect(): Insides {
    const shown = (id: string, title: string, list: KeyList, limit: number): InsideList => ({
      id,
      title,
      kind: 'resident',
      cells: list
        .fromFront(Infinity)
        .map((key) => ({ id: key, marks: [{ name: 'frequency', value: this.states[key] >> 2 }] })),
      firstIs: 'newest',
      limit,
      hand: null,
    });
    return {
      lists: [
        shown('small', 'Small queue S', this.small, this.smallLimit),
        shown('main', 'Main queue M', this.main, this.mainLimit),
        {
          id: 'ghost',
          title: 'Ghost queue G',
          kind: 'ghost',
          cells: cells(this.ghosts.fromFront(Infinity)),
          firstIs: 'newest',
          limit: this.ghostLimit,
          hand: null,
        },
      ],
      gauges: [],
      grids: [],
    };
  }

  /** The oldest of the main queue that has no frequency left; −1 when there is nobody. */
  private evictMain(): number {
    if (this.main.size === 0) return -1;
    for (;;) {
      const id = this.main.back;
      if (this.states[id] < ONCE) {
        this.main.remove(id);
        this.states[id] = 0;
        return id;
      }
      this.states[id] -= ONCE;
      this.main.moveToFront(id);
    }
  }

  /** Takes a newcomer that is a ghost out of the ghosts. */
  private recall(newcomer: number): void {
    if (newcomer < 0 || newcomer >= this.states.length || this.states[newcomer] !== GHOST) return;
    this.ghosts.remove(newcomer);
    this.states[newcomer] = 0;
    this.awaited = newcomer;
  }

  private remember(id: number): void {
    this.ghosts.pushFront(id);
    this.states[id] = GHOST;
    this.forget();
  }

  private forget(): void {
    while (this.ghosts.size > this.ghostLimit) this.states[this.ghosts.popBack()] = 0;
  }
}

/** Evicts once from plain queues, oldest first; one of them has somebody. */
function takeVictim(small: number[], main: number[], fromSmall: boolean, frequencies: Map<number, number>): number {
  for (let left = fromSmall ? small.length : 0; left > 0; left--) {
    const id = small.shift() as number;
    if ((frequencies.get(id) as number) < 2) return id;
    frequencies.set(id, 0);
    main.push(id);
  }
  for (;;) {
    const id = main.shift() as number;
    const frequency = frequencies.get(id) as number;
    if (frequency === 0) return id;
    frequencies.set(id, frequency - 1);
    main.push(id);
  }
}

/** Registry line of S3-FIFO. */
export const s3Fifo: PolicyEntry = {
  id: 's3-fifo',
  title: 'S3-FIFO',
  summary:
    'Three queues and no reordering: a small one sifts newcomers quickly, a main one keeps the used, ghosts tell who returns.',
  source: 'Yang, Zhang, Qiu, Yue and Vigfusson, "FIFO queues are all you need for cache eviction", ACM SOSP 2023',
  create: (context) => new S3Fifo(context),
};
