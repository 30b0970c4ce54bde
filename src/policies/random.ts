import { grown } from './KeyList.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';

/** Any entry, each as likely: a dense array of the resident ids, and for each id its place there. */
class RandomPolicy implements Policy {
  private readonly context: PolicyContext;
  private ids = new Int32Array(0);
  private places = new Int32Array(0);
  private size = 0;

  constructor(context: PolicyContext) {
    this.context = context;
  }

  touch(): void {}

  insert(id: number): void {
    if (this.size >= this.ids.length) this.ids = grown(this.ids, this.size, 0);
    if (id >= this.places.length) this.places = grown(this.places, id, 0);
    this.places[id] = this.size;
    this.ids[this.size++] = id;
  }

  remove(id: number): void {
    const place = this.places[id];
    const last = this.ids[--this.size];
    this.ids[place] = last;
    this.places[last] = place;
  }

  evict(): number {
    if (this.size === 0) return -1;
    const victim = this.ids[this.context.below(this.size)];
    this.remove(victim);
    return victim;
  }

  clear(): void {
    this.size = 0;
  }

  order(): number[] {
    return [];
  }
}

/** Registry line of random eviction. */
export const random: PolicyEntry = {
  id: 'random',
  title: 'Random',
  summary: 'Evicts any entry, each as likely: keeps no order at all, and never meets its own worst case twice.',
  source: 'Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2), 1966',
  create: (context) => new RandomPolicy(context),
};
