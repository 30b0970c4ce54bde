import { log } from '../../random/math.ts';
import { hashPlace } from '../hashPlace.ts';
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

/** Those that may be evicted, in the order of a table: where a key stands decides whom a draw meets beside it. */
class Candidates {
  all: readonly Key[] = [];
  /** The place of the one that left last, until it is taken. */
  private vacated = -1;

  /** A newcomer takes the place that was left, else one by its hash; who stood there goes to the end. */
  enter(key: Key): void {
    if (this.all.includes(key)) return;
    const place = this.vacated < 0 ? hashPlace(key.id, this.all.length + 1) : this.vacated;
    const more = [...this.all, key];
    [more[place], more[this.all.length]] = [key, more[place]];
    this.all = more;
    this.vacated = -1;
  }

  /** The last fills the gap. */
  leave(key: Key): void {
    const place = this.all.indexOf(key);
    if (place < 0) return;
    const left = [...this.all];
    const last = left.pop() as Key;
    if (place < left.length) left[place] = last;
    this.all = left;
    this.vacated = place;
  }

  clear(): void {
    this.all = [];
    this.vacated = -1;
  }
}

/** After evict.c: dictionaries are lists, and the pool is sixteen places of which some are empty, searched from the left. */
export function redisTwin({ scope, rank, samples = 5, logFactor = 10 }: RedisTwinOptions): CreateTwin {
  return (context) => {
    let keys: Key[] = [];
    const candidates = new Candidates();
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
      if (isCandidate) candidates.enter(key);
      else candidates.leave(key);
    };
    const raised = (counter: number): number => {
      if (counter <= 5) return counter + 1;
      if (!risesAfter.get(counter)) risesAfter.set(counter, trials((counter - 5) * logFactor + 1, context));
      risesAfter.set(counter, (risesAfter.get(counter) as number) - 1);
      return risesAfter.get(counter) === 0 ? Math.min(255, counter + 1) : counter;
    };
    const remove = (id: number): void => {
      candidates.leave(find(id));
      keys = keys.filter((key) => key.id !== id);
    };
    const scoreOf = (key: Key): number => {
      if (rank === 'lru') return (seconds(context) + 0xffffff - key.lruSecond) % 0xffffff;
      if (rank === 'lfu') return 255 - readCounter(key, context);
      return Number.MAX_SAFE_INTEGER - context.expiresUs(key.id);
    };
    const evict = (): number => {
      const { all } = candidates;
      if (all.length === 0) return -1;
      if (rank === 'random') return all[context.below(all.length)].id;
      for (const key of sampled(all, samples, context)) pool = offered(pool, { id: key.id, score: scoreOf(key) });
      for (let place = 15; place >= 0; place--) {
        const id = pool[place]?.id ?? -1;
        pool[place] = null;
        if (all.some((key) => key.id === id)) return id;
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
        candidates.clear();
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

/** Neighbours from any key on; after the last comes the first. */
function sampled(candidates: readonly Key[], samples: number, context: PolicyContext): Key[] {
  const start = context.below(candidates.length);
  return [...candidates.slice(start), ...candidates.slice(0, start)].slice(0, samples);
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
