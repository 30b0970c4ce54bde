import type { CreateTwin } from './Twin.ts';

/** The cases of Fig. 4 of the ARC paper on four arrays, least recently used first, split where the caller evicts and inserts. */
export const arcTwin: CreateTwin = (context) => {
  let c = context.capacityEntries;
  let [t1, t2, b1, b2]: number[][] = [[], [], [], []];
  let p = 0;
  let settled = -1;
  const forget = (id: number): void => {
    [t1, t2, b1, b2] = [t1, t2, b1, b2].map((list) => list.filter((other) => other !== id));
  };
  /** What a request for `x`, who is not resident, does before anybody is evicted. */
  const settle = (x: number): void => {
    if (settled === x) return;
    settled = x;
    if (b1.includes(x)) p = Math.min(c, p + Math.max(b2.length / b1.length, 1));
    else if (b2.includes(x)) p = Math.max(0, p - Math.max(b1.length / b2.length, 1));
    else if (t1.length + b1.length >= c) b1.shift();
    else if (t1.length + t2.length + b1.length + b2.length >= 2 * c) b2.shift();
  };
  const replace = (x: number): number => {
    const isT1Due = t1.length > p || (t1.length === p && b2.includes(x));
    const fromT1 = t1.length > 0 && (isT1Due || t2.length === 0);
    const victim = (fromT1 ? t1 : t2).shift() ?? -1;
    if (victim >= 0) (fromT1 ? b1 : b2).push(victim);
    return victim;
  };
  const bound = (): void => {
    while (b1.length > 0 && t1.length + b1.length > c) b1.shift();
    while (b2.length > 0 && t1.length + t2.length + b1.length + b2.length > 2 * c) b2.shift();
  };
  return {
    touch: (id) => {
      forget(id);
      t2.push(id);
    },
    insert: (id) => {
      settle(id);
      settled = -1;
      const isGhost = b1.includes(id) || b2.includes(id);
      forget(id);
      (isGhost ? t2 : t1).push(id);
    },
    remove: forget,
    evict: (newcomer) => {
      if (newcomer < 0) {
        const victim = replace(newcomer);
        bound();
        return victim;
      }
      settle(newcomer);
      const isNew = !b1.includes(newcomer) && !b2.includes(newcomer);
      return isNew && t1.length >= c ? (t1.shift() as number) : replace(newcomer);
    },
    clear: () => {
      [t1, t2, b1, b2] = [[], [], [], []];
      [p, settled] = [0, -1];
    },
    resize: (capacity) => {
      c = capacity;
      p = Math.min(p, c);
      bound();
    },
    order: () => [],
  };
};
