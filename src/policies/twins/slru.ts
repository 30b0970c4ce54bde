import type { CreateTwin } from './Twin.ts';

/** Two arrays, most recently used first. */
export const slruTwin: CreateTwin = (context) => {
  let capacity = context.capacityEntries;
  let probationary: number[] = [];
  let safe: number[] = [];
  const without = (ids: number[], id: number): number[] => ids.filter((other) => other !== id);
  const overflow = (): void => {
    while (safe.length > Math.floor(0.8 * capacity)) probationary = [safe.pop() as number, ...probationary];
  };
  const remove = (id: number): void => {
    probationary = without(probationary, id);
    safe = without(safe, id);
  };
  return {
    touch: (id) => {
      remove(id);
      safe = [id, ...safe];
      overflow();
    },
    insert: (id) => void (probationary = [id, ...probationary]),
    remove,
    evict: () => probationary.pop() ?? safe.pop() ?? -1,
    clear: () => {
      probationary = [];
      safe = [];
    },
    resize: (capacityEntries) => {
      capacity = capacityEntries;
      overflow();
    },
    order: (limit) => [...probationary.slice().reverse(), ...safe.slice().reverse()].slice(0, limit),
  };
};
