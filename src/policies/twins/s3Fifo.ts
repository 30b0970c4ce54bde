import type { CreateTwin } from './Twin.ts';

/** An object in one of the queues with data. */
interface Item {
  id: number;
  freq: number;
}

/** The queues with data, head (newest) first. */
interface Queues {
  small: Item[];
  main: Item[];
}

/** EVICTM of the paper. */
function evictMain({ main }: Queues): number {
  for (let tail = main.pop(); tail !== undefined; tail = main.pop()) {
    if (tail.freq === 0) return tail.id;
    main.unshift({ id: tail.id, freq: tail.freq - 1 });
  }
  return -1;
}

/** EVICTS of the paper; −1 where all have moved to the main queue. */
function evictSmall({ small, main }: Queues): number {
  for (let tail = small.pop(); tail !== undefined; tail = small.pop()) {
    if (tail.freq <= 1) return tail.id;
    main.unshift({ id: tail.id, freq: 0 });
  }
  return -1;
}

/** EVICT of the paper, and whether the victim becomes a ghost. */
function evict(queues: Queues, mainShare: number): { victim: number; becomesGhost: boolean } {
  const victim = queues.main.length > mainShare ? -1 : evictSmall(queues);
  return victim < 0 ? { victim: evictMain(queues), becomesGhost: false } : { victim, becomesGhost: true };
}

/** The paper's pseudo-code over arrays. */
export const s3FifoTwin: CreateTwin = (context) => {
  let capacity = context.capacityEntries;
  let queues: Queues = { small: [], main: [] };
  let ghosts: number[] = [];
  let returning = -1;
  const mainShare = (): number => capacity - Math.max(1, Math.floor(0.1 * capacity));
  const trimmed = (): number[] => ghosts.slice(0, Math.max(1, Math.floor(0.9 * capacity)));
  const items = (): Item[] => [...queues.small, ...queues.main];
  const comesBack = (id: number): void => {
    if (!ghosts.includes(id)) return;
    ghosts = ghosts.filter((other) => other !== id);
    returning = id;
  };
  return {
    touch: (id) => {
      const item = items().find((other) => other.id === id) as Item;
      item.freq = Math.min(item.freq + 1, 3);
    },
    insert: (id) => {
      comesBack(id);
      (returning === id ? queues.main : queues.small).unshift({ id, freq: 0 });
      returning = -1;
    },
    remove: (id) => {
      const others = (queue: Item[]): Item[] => queue.filter((item) => item.id !== id);
      queues = { small: others(queues.small), main: others(queues.main) };
    },
    evict: (newcomer) => {
      comesBack(newcomer);
      const { victim, becomesGhost } = evict(queues, mainShare());
      if (becomesGhost) ghosts.unshift(victim);
      ghosts = trimmed();
      return victim;
    },
    clear: () => {
      queues = { small: [], main: [] };
      ghosts = [];
      returning = -1;
    },
    resize: (capacityEntries) => {
      capacity = capacityEntries;
      ghosts = trimmed();
    },
    order: (limit) => {
      const copy = (queue: Item[]): Item[] => queue.map((item) => ({ ...item }));
      const copies = { small: copy(queues.small), main: copy(queues.main) };
      return Array.from({ length: Math.min(limit, items().length) }, () => evict(copies, mainShare()).victim);
    },
  };
};
