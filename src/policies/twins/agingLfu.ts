import type { CreateTwin } from './Twin.ts';

/** LFUDA by the book: everybody with a key, sorted by it and by the last use whenever somebody must go. */
export const agingLfuTwin: CreateTwin = () => {
  let [age, clock] = [0, 0];
  let entries: { id: number; count: number; key: number; usedAt: number }[] = [];
  const sorted = () => entries.slice().sort((a, b) => a.key - b.key || a.usedAt - b.usedAt);
  const remove = (id: number): void => void (entries = entries.filter((entry) => entry.id !== id));
  const use = (id: number, count: number): void => {
    remove(id);
    entries.push({ id, count, key: count + age, usedAt: ++clock });
  };
  return {
    touch: (id) => use(id, (entries.find((entry) => entry.id === id)?.count ?? 0) + 1),
    insert: (id) => use(id, 1),
    remove,
    evict: () => {
      const [victim] = sorted();
      if (!victim) return -1;
      age = victim.key;
      remove(victim.id);
      return victim.id;
    },
    clear: () => {
      entries = [];
      age = 0;
    },
    resize() {},
    order: (limit) =>
      sorted()
        .map((entry) => entry.id)
        .slice(0, limit),
  };
};
