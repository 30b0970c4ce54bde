import type { Policy, PolicyContext } from './Policy.ts';

/**
 * Every policy once more, as a textbook states it: plain arrays, searched from end to end. Slow, and there only for the tests of
 * the fast ones to agree with.
 */
type Twin = (context: PolicyContext) => Policy;

/** A queue whose last id is the next victim. */
function queue(onTouch: (ids: number[], id: number) => void): Policy {
  const ids: number[] = [];
  const drop = (id: number): number => ids.splice(ids.indexOf(id), 1)[0];
  return {
    touch: (id) => onTouch(ids, id),
    insert: (id) => void ids.unshift(id),
    remove: (id) => void drop(id),
    evict: () => ids.pop() ?? -1,
    clear: () => void ids.splice(0),
    order: (limit) => ids.slice().reverse().slice(0, limit),
  };
}

function lfuTwin(): Policy {
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
    order: (limit) =>
      sorted()
        .map((entry) => entry.id)
        .slice(0, limit),
  };
}

function randomTwin(context: PolicyContext): Policy {
  const ids: number[] = [];
  // The gap is closed with the last id: which id stands where decides whom the next draw meets.
  const takeAt = (place: number): number => {
    const id = ids[place];
    const last = ids.pop() ?? -1;
    if (place < ids.length) ids[place] = last;
    return id;
  };
  return {
    touch: () => {},
    insert: (id) => void ids.push(id),
    remove: (id) => void takeAt(ids.indexOf(id)),
    evict: () => (ids.length === 0 ? -1 : takeAt(context.below(ids.length))),
    clear: () => void ids.splice(0),
    order: () => [],
  };
}

/** The twin of each policy, by its id. */
export const twins: Record<string, Twin> = {
  lru: () => queue((ids, id) => ids.unshift(...ids.splice(ids.indexOf(id), 1))),
  fifo: () => queue(() => {}),
  lfu: lfuTwin,
  random: randomTwin,
  'ttl-only': () => ({ touch() {}, insert() {}, remove() {}, evict: () => -1, clear() {}, order: () => [] }),
};
