import type { CreateTwin } from './Twin.ts';

/** HIST and LAST of Fig. 2.1 of the LRU-K paper for K = 2; 0 stands for never. */
interface Page {
  first: number;
  second: number;
  last: number;
  evictedAt: number;
}

/** The paper's procedure over a map of pages, searched from end to end for each victim. */
export const lruKTwin: CreateTwin = (context) => {
  let capacity = context.capacityEntries;
  let [time, evictions] = [0, 0];
  let resident = new Map<number, Page>();
  let history = new Map<number, Page>();
  /** Pages whose correlated period was over under an earlier period: a longer one does not make them fresh again. */
  let settled = new Set<number>();
  const period = (): number => Math.floor(capacity / 4);
  const isOver = (id: number): boolean => settled.has(id) || time + 1 - (resident.get(id)?.last ?? 0) > period();
  const ranked = (): number[] => {
    const rank = (id: number): number[] => {
      const page = resident.get(id) as Page;
      return isOver(id) ? [0, page.second, page.last] : [1, page.last, 0];
    };
    return [...resident.keys()].sort((a, b) => {
      const [x, y] = [rank(a), rank(b)];
      return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
    });
  };
  const bound = (spared: number): void => {
    const old = [...history.keys()].sort(
      (a, b) => (history.get(a) as Page).evictedAt - (history.get(b) as Page).evictedAt,
    );
    const kept = old.filter((id) => id !== spared).slice(-capacity);
    for (const id of old) if (id !== spared && !kept.includes(id)) history.delete(id);
  };
  return {
    touch: (id) => {
      const page = resident.get(id) as Page;
      time++;
      const isNewRun = time - page.last > period();
      // The uses of a run collapse into one: the run before it ended with its last use.
      if (isNewRun) [page.second, page.first] = [page.last, time];
      page.last = time;
      settled.delete(id);
    },
    insert: (id) => {
      time++;
      const second = history.get(id)?.first ?? 0;
      history.delete(id);
      resident.set(id, { first: time, second, last: time, evictedAt: 0 });
    },
    remove: (id) => {
      resident.delete(id);
      settled.delete(id);
    },
    evict: (newcomer) => {
      const [victim] = ranked();
      if (victim === undefined) return -1;
      history.set(victim, { ...(resident.get(victim) as Page), evictedAt: ++evictions });
      resident.delete(victim);
      settled.delete(victim);
      bound(newcomer);
      return victim;
    },
    clear: () => {
      [resident, history, settled] = [new Map(), new Map(), new Set()];
      time = 0;
    },
    resize: (capacityEntries) => {
      settled = new Set([...resident.keys()].filter(isOver));
      capacity = capacityEntries;
      bound(-1);
    },
    order: (limit) => ranked().slice(0, limit),
  };
};
