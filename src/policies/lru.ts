import { KeyList } from './KeyList.ts';
import type { Policy, PolicyEntry } from './Policy.ts';

/** Least recently used: the list runs from the last used id at the front to the next victim at the back. */
class Lru implements Policy {
  private readonly list = new KeyList();

  touch(id: number): void {
    this.list.moveToFront(id);
  }

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

/** Registry line of LRU. */
export const lru: PolicyEntry = {
  id: 'lru',
  title: 'LRU',
  summary: 'Evicts the entry that was used longest ago: good when what was used lately is used again soon.',
  source:
    'Mattson, Gecsei, Slutz and Traiger, "Evaluation techniques for storage hierarchies", IBM Systems Journal 9(2), 1970',
  create: () => new Lru(),
};
