import type { CreateTwin } from './Twin.ts';

/** Looks through all requests to come for each resident whenever somebody must go. */
export const beladyTwin: CreateTwin = (context) => {
  const future = Array.from(context.future ?? []);
  let position = 0;
  /** Least recently used first. */
  let resident: number[] = [];
  const remove = (id: number): void => void (resident = resident.filter((other) => other !== id));
  const next = (id: number): number => {
    const at = future.indexOf(id, position);
    return at < 0 ? Infinity : at;
  };
  const ranked = (): number[] => {
    // Infinity minus itself is not a number, and sorting keeps the order of equals.
    return resident.slice().sort((a, b) => (next(a) === next(b) ? 0 : next(b) - next(a)));
  };
  const use = (id: number): void => {
    remove(id);
    resident.push(id);
    position++;
  };
  return {
    touch: use,
    insert: use,
    remove,
    evict: () => {
      const victim = ranked()[0] ?? -1;
      remove(victim);
      return victim;
    },
    clear: () => void (resident = []),
    resize() {},
    order: (limit) => ranked().slice(0, limit),
  };
};
