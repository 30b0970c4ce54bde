import { grown, KeyList } from './KeyList.ts';
import type { Policy, PolicyEntry } from './Policy.ts';

/** Marks a count that no id has. */
const NONE = -1;

/**
 * Least frequently used, in-cache counts (forgotten on leaving), ties by least recent use.
 * One list in the order of eviction: ids of equal count stand in one run, the least recently used of a run first. `runEnd` names
 * the last id of each run, so an id whose count goes up finds its new place at once. Four bytes for each count up to the highest.
 */
class Lfu implements Policy {
  private readonly list = new KeyList();
  private counts = new Int32Array(0);
  private runEnd = new Int32Array(0);

  touch(id: number): void {
    const count = this.counts[id];
    if (count + 1 >= this.runEnd.length) this.runEnd = grown(this.runEnd, count + 1, NONE);
    const own = this.runEnd[count];
    const above = this.runEnd[count + 1];
    const anchor = above === NONE ? own : above;
    this.leaveRun(id, count);
    if (anchor !== id) {
      this.list.remove(id);
      this.list.insertAfter(anchor, id);
    }
    this.counts[id] = count + 1;
    this.runEnd[count + 1] = id;
  }

  insert(id: number): void {
    if (id >= this.counts.length) this.counts = grown(this.counts, id, 0);
    if (this.runEnd.length === 0) this.runEnd = grown(this.runEnd, 1, NONE);
    this.list.insertAfter(this.runEnd[1], id);
    this.counts[id] = 1;
    this.runEnd[1] = id;
  }

  remove(id: number): void {
    this.leaveRun(id, this.counts[id]);
    this.list.remove(id);
  }

  evict(): number {
    const victim = this.list.front;
    if (victim !== NONE) this.remove(victim);
    return victim;
  }

  clear(): void {
    this.list.clear();
    this.runEnd.fill(NONE);
  }

  order(limit: number): number[] {
    return this.list.fromFront(limit);
  }

  /** Lets the run of `count` end before `id`, if it ended with it; `id` is still in the list. */
  private leaveRun(id: number, count: number): void {
    if (this.runEnd[count] !== id) return;
    const before = this.list.previous(id);
    this.runEnd[count] = before !== NONE && this.counts[before] === count ? before : NONE;
  }
}

/** Registry line of LFU. */
export const lfu: PolicyEntry = {
  id: 'lfu',
  title: 'LFU',
  summary:
    'Evicts the entry used least often since it came in (ties: longest ago): keeps what is popular, slow to forget it.',
  source: 'Shah, Mitra and Matani, "An O(1) algorithm for implementing the LFU cache eviction scheme", 2010',
  create: () => new Lfu(),
};
