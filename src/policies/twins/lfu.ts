import type { CreateTwin } from './Twin.ts';

/** Everybody with a count and the time of the last use, sorted by both whenever somebody must go. */
export const lfuTwin: CreateTwin = () => {
  let clock = 0;
  let entries: { id: number; count: number; usedAt: number }[] = [];
  const sorted = () => entries.slice().sort((a, b) => a.count - b.count || a.usedAt - b.usedAt);
  const remove = (id: number): void => void (entries = entries.filter((entry) => entry.id !== id));
  return {
    touch: (id) => {
      entries = entries.map((entry) => (entry.id === id ? { id, count: entry.count + 1, usedAt: ++clock } : entry));
    },
    insert: (id) => void entries.push({ id, count: 1, usedAt: ++clock }),
    remove,
    evict: () => {
      const victim = sorted()[0]?.id ?? -1;
      remove(victim);
      return victim;
    },
    clear: () => void (entries = []),
    resize() {},
    order: (limit) =>
      sorted()
        .map((entry) => entry.id)
        .slice(0, limit),
  };
};
