import { KeyList } from './KeyList.ts';
import type { Policy, PolicyEntry } from './Policy.ts';

/** First in, first out: the list runs from the newest id at the front to the oldest at the back, and a hit changes nothing. */
class Fifo implements Policy {
  private readonly list = new KeyList();

  touch(): void {}

  insert(id: number): void {
    this.list.pushFront(id);
  }

  remove(id: number): void {
    this.list.remove(id);
  }

  evict(): number {
    return this.list.popBack();
  }

  clear(): void {
    this.list.clear();
  }

  order(limit: number): number[] {
    return this.list.fromBack(limit);
  }
}

/** Registry line of FIFO. */
export const fifo: PolicyEntry = {
  id: 'fifo',
  title: 'FIFO',
  summary: 'Evicts the entry that came in first, however often it has been used since: cheap, and blind to popularity.',
  source: 'Belady, "A study of replacement algorithms for a virtual-storage computer", IBM Systems Journal 5(2), 1966',
  create: () => new Fifo(),
};
