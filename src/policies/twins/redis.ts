import { log } from '../../random/math.ts';
import type { PolicyContext } from '../Policy.ts';
import type { CreateTwin, Twin } from './Twin.ts';

/** A key as Redis's object header and its dictionary of expiries know it. */
interface Key {
  id: number;
  lruSecond: number;
  lfuMinute: number;
  counter: number;
  isVolatile: boolean;
}

/** What a twin is made for: the two halves of a `maxmemory-policy`, and the settings beside it. */
export interface RedisTwinOptions {
  scope: 'allkeys' | 'volatile';
  rank: 'lru' | 'lfu' | 'random' | 'ttl';
  samples?: number;
  logFactor?: number;
}

/** After evict.c: dictionaries are lists, and the pool is sixteen places of which some are empty, searched from the left. */
export function redisTwin({ scope, rank, samples = 5, logFactor = 10 }: RedisTwinOptions): CreateTwin {
  return (context) => {
    let keys: Key[] = [];
    // Which key stands where decides whom a draw meets: the last fills the gap of one that leaves.
    let candidates: Key[] = [];
    let pool: ({ id: number; score: number } | null)[] = Array(16).fill(null);
    // By counter: after how many more uses at this value one raises it. In evict.c each use tries its luck.
    const risesAfter = new Map<number, number>();
    const find = (id: number): Key => keys.find((key) => key.id === id) as Key;

    const use = (key: Key, isNew: boolean): void => {
      // Only the LFU policies draw for a counter.
      if (!isNew && rank === 'lfu') key.counter = raised(readCounter(key, context));
      key.lruSecond = seconds(context);
      key.lfuMinute = minutes(context);
      key.isVolatile = context.expiresUs(key.id) !== Infinity;
      const isCandidate = scope === 'allkeys' || key.isVolatile;
      if (isCandidate && !candidates.includes(key)) candidates.push(key);
      if (!isCandidate) candidates = without(candidates, key);
    };
    const raised = (counter: number): number => {
      if (counter <= 5) return counter + 1;
      if (!risesAfter.get(counter)) risesAfter.set(counter, trials((counter - 5) * logFactor + 1, context));
      risesAfter.set(counter, (risesAfter.get(counter) as number) - 1);
      return risesAfter.get(counter) === 0 ? Math.min(255, counter + 1) : counter;
    };
    const remove = (id: number): void => {
      candidates = without(candidates, find(id));
      keys = keys.filter((key) => key.id !== id);
    };
    const scoreOf = (key: Key): number => {
      if (rank === 'lru') return (seconds(context) + 0xffffff - key.lruSecond) % 0xffffff;
      if (rank === 'lfu') return 255 - readCounter(key, context);
      return Number.MAX_SAFE_INTEGER - context.expiresUs(key.id);
    };
    const evict = (): number => {
      if (candidates.length === 0) return -1;
      if (rank === 'random') return candidates[context.below(candidates.length)].id;
      for (const key of sampled(candidates, samples, context))
        pool = offered(pool, { id: key.id, score: scoreOf(key) });
      for (let place = 15; place >= 0; place--) {
        const id = pool[place]?.id ?? -1;
        pool[place] = null;
        if (candidates.some((key) => key.id === id)) return id;
      }
      return evict();
    };
    return {
      touch: (id) => use(find(id), false),
      insert: (id) => {
        keys.push({ id, lruSecond: 0, lfuMinute: 0, counter: 5, isVolatile: false });
        use(find(id), true);
      },
      remove,
      evict: () => {
        const victim = evict();
        if (victim >= 0) remove(victim);
        return victim;
      },
      clear: () => {
        keys = [];
        candidates = [];
        pool.fill(null);
      },
      resize() {},
      order: () => [],
    };
  };
}

/** noeviction: nobody is ever chosen. */
export const redisNoEvictionTwin: CreateTwin = (): Twin => ({
  touch() {},
  insert() {},
  remove() {},
  evict: () => -1,
  clear() {},
  resize() {},
  order: () => [],
});

function seconds({ clock }: PolicyContext): number {
  return Math.floor(clock.nowUs / 1_000_000) % 0x1000000;
}

function minutes({ clock }: PolicyContext): number {
  return Math.floor(clock.nowUs / 60_000_000) % 0x10000;
}

/** LFUDecrAndReturn. */
function readCounter({ counter, lfuMinute }: Key, context: PolicyContext): number {
  const now = minutes(context);
  const elapsed = now >= lfuMinute ? now - lfuMinute : 65535 - lfuMinute + now;
  return elapsed > counter ? 0 : counter - elapsed;
}

/** How often one in `odds` is tried until it comes. Where that is certain nothing is drawn. */
function trials(odds: number, context: PolicyContext): number {
  if (odds === 1) return 1;
  return 1 + Math.floor(log((context.below(2_147_483_648) + 1) / 2_147_483_648) / log(1 - 1 / odds));
}

/** Floyd's sample of distinct keys. */
function sampled(candidates: readonly Key[], samples: number, context: PolicyContext): Key[] {
  const places: number[] = [];
  for (let last = Math.max(0, candidates.length - samples); last < candidates.length; last++) {
    const place = context.below(last + 1);
    places.push(places.includes(place) ? last : place);
  }
  return places.map((place) => candidates[place]);
}

type Place = { id: number; score: number } | null;

/** evictionPoolPopulate, for one sampled key. */
function offered(pool: readonly Place[], candidate: { id: number; score: number }): Place[] {
  const place = pool.findIndex((entry) => entry === null || entry.score >= candidate.score);
  const isFull = pool.every((entry) => entry !== null);
  if (isFull && place === 0) return [...pool];
  const cut = place < 0 ? 16 : place;
  const left = pool.slice(0, cut);
  const right = pool.slice(cut);
  // An empty place is taken. Else, with room at the right all from here on move there; without, the worst falls out at the left.
  if (right[0] === null) return [...left, candidate, ...right.slice(1)];
  if (!isFull) return [...left, candidate, ...right].slice(0, 16);
  return [...left, candidate, ...right].slice(1);
}

/** All but one; the last stands in its place then. */
function without(candidates: readonly Key[], key: Key): Key[] {
  const place = candidates.indexOf(key);
  const left = [...candidates];
  const last = left.pop() as Key;
  if (place < 0) return [...candidates];
  if (place < left.length) left[place] = last;
  return left;
}
