import type { CreateTwin } from './Twin.ts';

/** The three queues of the paper as arrays, newest first, and its procedure `reclaimfor` split where the caller evicts and inserts. */
export const twoQueueTwin: CreateTwin = (context) => {
  let capacity = context.capacityEntries;
  let a1in: number[] = [];
  let a1out: number[] = [];
  let am: number[] = [];
  let returning = -1;
  const share = (part: number): number => Math.max(1, Math.floor(part * capacity));
  const without = (ids: number[], id: number): number[] => ids.filter((other) => other !== id);
  const comesBack = (id: number): void => {
    if (!a1out.includes(id)) return;
    a1out = without(a1out, id);
    returning = id;
  };
  return {
    touch: (id) => {
      if (am.includes(id)) am = [id, ...without(am, id)];
    },
    insert: (id) => {
      comesBack(id);
      if (returning === id) am = [id, ...am];
      else a1in = [id, ...a1in];
      returning = -1;
    },
    remove: (id) => {
      a1in = without(a1in, id);
      am = without(am, id);
    },
    evict: (newcomer) => {
      comesBack(newcomer);
      if (a1in.length + am.length === 0) return -1;
      const fromA1in = a1in.length > share(0.25) || am.length === 0;
      if (!fromA1in) return am.pop() as number;
      const victim = a1in.pop() as number;
      a1out = [victim, ...a1out].slice(0, share(0.5));
      return victim;
    },
    clear: () => {
      [a1in, a1out, am] = [[], [], []];
      returning = -1;
    },
    resize: (capacityEntries) => {
      capacity = capacityEntries;
      a1out = a1out.slice(0, share(0.5));
    },
    order: (limit) => {
      const [fresh, old] = [a1in.slice(), am.slice()];
      const order: number[] = [];
      while (order.length < limit && fresh.length + old.length > 0) {
        const from = fresh.length > share(0.25) || old.length === 0 ? fresh : old;
        order.push(from.pop() as number);
      }
      return order;
    },
  };
};
