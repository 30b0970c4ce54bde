import { residents } from './cells.ts';
import type { InsideCell, Insides } from './Insides.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { largestId } from './room.ts';

/** Where the record of an id keeps its count (0 when it is not resident), behind who is next and who is previous. */
const COUNT = 2;

/** Ids and counts there is room for at first. */
const [IDS_FIRST, COUNTS_FIRST] = [1024, 1024];

/** How many requests ahead the record of an id is fetched from memory. */
const AHEAD = 8;

/**
 * Least frequently used, in-cache counts (forgotten on leaving), ties by least recent use.
 * As in the paper, each count has a list of the ids that have it, the least recently used first; unlike there, counts that nobody
 * has stand between the others, so an eviction seeks upwards for the lowest that somebody has. It never passes more counts than
 * the last newcomer was used: constant time, spread over requests.
 *
 * All records lie in one array and are named by where they begin: that of an id at `id << 2` (next, previous, count, nothing), then
 * from `base` on that of a count, at `base + (count << 1)` (its first id, its last). A list is a ring through the record of its count, so that
 * no step asks whether a neighbour is there. 16 bytes an id and 8 for each count up to the highest.
 */
class Lfu implements Policy {
  private readonly context: PolicyContext;
  private capacity: number;
  private size = 0;
  private nodes = new Int32Array(0);
  private base = 0;
  /** The records of counts up to this one are rings; of those above, nothing is written yet. */
  private rings = 0;
  /** No resident has a lower count. */
  private lowest = 1;
  /** Only there so that what was fetched ahead counts as used. */
  fetched = 0;

  constructor(context: PolicyContext) {
    this.context = context;
    this.capacity = context.capacityEntries;
    this.layOut(IDS_FIRST, COUNTS_FIRST);
  }

  touch(id: number): void {
    const entry = id << 2;
    const count = this.nodes[entry + COUNT] + 1;
    this.unlink(entry);
    this.append(entry, count);
  }

  insert(id: number): void {
    this.fit(id);
    this.append(id << 2, 1);
    this.lowest = 1;
    this.size++;
  }

  remove(id: number): void {
    this.unlink(id << 2);
    this.nodes[(id << 2) + COUNT] = 0;
    this.size--;
  }

  evict(): number {
    if (this.size === 0) return -1;
    const { nodes } = this;
    let end = this.base + (this.lowest << 1);
    while (nodes[end] === end) end += 2;
    this.lowest = (end - this.base) >> 1;
    const id = nodes[end] >> 2;
    this.remove(id);
    return id;
  }

  clear(): void {
    const [ids, counts] = [this.base >> 2, (this.nodes.length - this.base) >> 1];
    this.nodes = new Int32Array(0);
    this.base = 0;
    this.rings = 0;
    this.size = 0;
    this.lowest = 1;
    this.layOut(ids, counts);
  }

  resize(capacityEntries: number): void {
    this.capacity = capacityEntries;
  }

  order(limit: number): number[] {
    const ids: number[] = [];
    const { nodes } = this;
    const wanted = Math.min(limit, this.size);
    for (let end = this.base + (this.lowest << 1); ids.length < wanted; end += 2) {
      for (let entry = nodes[end]; entry !== end && ids.length < wanted; entry = nodes[entry]) ids.push(entry >> 2);
    }
    return ids;
  }

  // The steps of touch, evict and insert by hand: calls would nearly double the time.
  replay(ids: Uint32Array, from: number, to: number): number {
    this.layOut(largestId(ids, from, to) + 1, (to - from) >> 3);
    while (this.size > this.capacity) this.evict();
    const { base, capacity } = this;
    this.ring(1);
    let { nodes, size, lowest, rings } = this;
    let [hits, fetched] = [0, 0];
    for (let at = from; at < to; at++) {
      const entry = ids[at] << 2;
      if (at + AHEAD < to) fetched ^= nodes[ids[at + AHEAD] << 2];
      let count = nodes[entry + COUNT] + 1;
      if (count > 1) {
        hits++;
        const next = nodes[entry];
        const previous = nodes[entry + 1];
        nodes[previous] = next;
        nodes[next + 1] = previous;
        if (count > rings) {
          rings = count;
          this.ring(count);
          nodes = this.nodes;
        }
      } else {
        if (size < capacity) size++;
        else {
          let end = base + (lowest << 1);
          while (nodes[end] === end) end += 2;
          const victim = nodes[end];
          const next = nodes[victim];
          nodes[end] = next;
          nodes[next + 1] = end;
          nodes[victim + COUNT] = 0;
        }
        lowest = 1;
        count = 1;
      }
      const end = base + (count << 1);
      const last = nodes[end + 1];
      nodes[entry] = end;
      nodes[entry + 1] = last;
      nodes[entry + COUNT] = count;
      nodes[last] = entry;
      nodes[end + 1] = entry;
    }
    this.size = size;
    this.lowest = lowest;
    this.fetched = fetched;
    this.context.clock.nowUs += (to - from) * this.context.requestIntervalUs;
    return hits;
  }

  inspect(): Insides {
    const shown = this.order(Infinity).map(
      (id): InsideCell => ({ id, marks: [{ name: 'count', value: this.nodes[(id << 2) + COUNT] }] }),
    );
    return { lists: [residents('lfu', 'LFU order', 'victim', shown)], gauges: [], grids: [] };
  }

  private fit(id: number): void {
    if (id << 2 >= this.base) this.layOut(id + 1, (this.nodes.length - this.base) >> 1);
  }

  /** Makes room for ids and counts below these numbers, twice as much as before at least where there is not enough. */
  private layOut(ids: number, counts: number): void {
    const before = this.nodes;
    const [baseBefore, countsBefore] = [this.base, (before.length - this.base) >> 1];
    const base = ids << 2 <= baseBefore ? baseBefore : Math.max(ids << 2, 2 * baseBefore);
    const room = counts <= countsBefore ? countsBefore : Math.max(counts, 4 * countsBefore);
    if (base === baseBefore && room === countsBefore) return;
    const nodes = new Int32Array(base + 2 * room);
    const moved = base - baseBefore;
    nodes.set(before.subarray(0, baseBefore));
    nodes.set(before.subarray(baseBefore), base);
    if (moved > 0) {
      // The records of counts have moved, and so has whatever names them.
      for (let entry = 0; entry < baseBefore; entry += 4) {
        if (nodes[entry] >= baseBefore) nodes[entry] += moved;
        if (nodes[entry + 1] >= baseBefore) nodes[entry + 1] += moved;
      }
      for (let at = base + 2; at < base + 2 + 2 * this.rings; at++) if (nodes[at] >= baseBefore) nodes[at] += moved;
    }
    this.nodes = nodes;
    this.base = base;
  }

  /** Makes an empty list for a count that is one higher than any before. */
  private ring(count: number): void {
    if (count <= this.rings) return;
    if (this.base + (count << 1) >= this.nodes.length) this.layOut(this.base >> 2, count + 1);
    const end = this.base + (count << 1);
    this.nodes[end] = end;
    this.nodes[end + 1] = end;
    this.rings = count;
  }

  private unlink(entry: number): void {
    const { nodes } = this;
    const next = nodes[entry];
    const previous = nodes[entry + 1];
    nodes[previous] = next;
    nodes[next + 1] = previous;
  }

  /** Puts an entry that is in no list at the end of the list of a count. */
  private append(entry: number, count: number): void {
    this.ring(count);
    const { nodes, base } = this;
    const end = base + (count << 1);
    const last = nodes[end + 1];
    nodes[entry] = end;
    nodes[entry + 1] = last;
    nodes[entry + COUNT] = count;
    nodes[last] = entry;
    nodes[end + 1] = entry;
  }
}

/** Registry line of LFU. */
export const lfu: PolicyEntry = {
  id: 'lfu',
  title: 'LFU',
  summary:
    'Evicts the entry used least often since it came in (ties: longest ago): keeps what is popular, slow to forget it.',
  source: 'Shah, Mitra and Matani, "An O(1) algorithm for implementing the LFU cache eviction scheme", 2010',
  create: (context) => new Lfu(context),
};
