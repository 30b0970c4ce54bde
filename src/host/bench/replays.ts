import { LRUCache } from 'lru-cache';
import { LRUCache as MnemonistCache } from 'mnemonist';
import { policyEntry } from '../../policies/allPolicies.ts';
import { Stream } from '../../random/Stream.ts';
import { AliasTable, zipfWeights } from '../../random/Zipf.ts';
import { type ReplayedTrace, replayTrace } from '../../replay/replay.ts';
import { type Figure, figure } from './Figure.ts';
import { cpuMs, median, medianRatio, type Timed, takeTurns } from './measure.ts';

/** How much is replayed: requests under Zipf's law with exponent 1, and the places of the cache. */
export interface ReplayLoad {
  keys: number;
  requests: number;
  capacity: number;
  /** Rounds that count, after two that do not. */
  rounds: number;
}

/** The load of the budgets. */
export const fullLoad: ReplayLoad = { keys: 1_000_000, requests: 10_000_000, capacity: 100_000, rounds: 3 };

/** How fast each policy has to be, as a share of our LRU's speed; those without a number only inform. */
const shares: Record<string, number | undefined> = {
  fifo: 1,
  clock: 1,
  random: undefined,
  lfu: 0.45,
  'lfu-aging': undefined,
  slru: 0.5,
  'lru-2': undefined,
  '2q': 0.5,
  arc: 0.6,
  lirs: undefined,
  sieve: 1,
  's3-fifo': 0.5,
  'w-tinylfu': 0.2,
  'w-tinylfu-climbing': 0.2,
  belady: undefined,
  'redis-allkeys-lru': 0.2,
  'redis-allkeys-lfu': 0.2,
  'redis-allkeys-random': 0.2,
};

/** The policies that are measured against our LRU, by id. */
export const replayedPolicies: readonly string[] = Object.keys(shares);

/** Requests under Zipf's law, the keys numbered as they first appear. */
function zipfTrace({ keys, requests }: ReplayLoad): ReplayedTrace {
  const table = new AliasTable(zipfWeights(keys, 1));
  const stream = new Stream(1, 'bench.replay');
  const numbers = new Int32Array(keys).fill(-1);
  const ids = new Uint32Array(requests);
  let distinct = 0;
  for (let at = 0; at < requests; at++) {
    const key = table.sample(stream);
    if (numbers[key] < 0) numbers[key] = distinct++;
    ids[at] = numbers[key];
  }
  return { ids, distinct };
}

/**
 * Our LRU against two packages. They are given the keys as a trace has them, texts that lie ready, and for information also the
 * numbers that we give them, which suit an array better than any trace does. Both sides start with an empty cache each time; every run
 * must have the hits of the first one.
 */
export function benchLru(load: ReplayLoad): Figure[] {
  const { capacity, rounds, requests } = load;
  const trace = zipfTrace(load);
  const ours = timedReplay(trace, 'lru', capacity);
  const texts = Array.from({ length: trace.distinct }, (_, id) => `key:${id}`);
  const keys = Array.from(trace.ids, (id) => texts[id]);
  const against = (id: string, title: string, peer: Timed<number>, budget?: Figure['budget']): Figure => {
    const [own, other] = takeTurns([ours, always(peer)], rounds, 2, cpuMs);
    if (own.result !== other.result) throw new Error(`${title}: ${other.result} hits, ours ${own.result}`);
    return figure(`replay.lru.${id}`, title, medianRatio(other.ms, own.ms), 'times', budget);
  };
  const [alone] = takeTurns([ours], rounds, 2, cpuMs);
  const mnemonist = <K extends string | number>() => new MnemonistCache<K, number>(capacity);
  const lruCache = <K extends string | number>() => new LRUCache<K, number>({ max: capacity });
  return [
    figure('replay.lru', 'LRU replay', requests / (median(alone.ms) / 1000), 'requests/s'),
    against('mnemonist', 'against mnemonist LRUCache', () => textHits(mnemonist(), keys), { atLeast: 5 }),
    against('lru-cache', 'against lru-cache', () => otherTextHits(lruCache(), keys), { atLeast: 10 }),
    against('mnemonist.numbers', 'against mnemonist, given our numbers', () => numberHits(mnemonist(), trace.ids)),
    against('lru-cache.numbers', 'against lru-cache, given our numbers', () => otherNumberHits(lruCache(), trace.ids)),
  ];
}

/** A policy against our LRU on the same trace, in CPU time: both with an empty cache each time, and always with the same hits. */
export function benchPolicy(id: string, load: ReplayLoad): Figure {
  const { capacity, rounds } = load;
  const trace = zipfTrace(load);
  const candidates = ['lru', id].map((policy) => timedReplay(trace, policy, capacity));
  const [lru, other] = takeTurns(candidates, rounds, 2, cpuMs);
  const share = shares[id];
  const budget = share === undefined ? undefined : { atLeast: share };
  const title = `${policyEntry(id).title} replay against our LRU`;
  return figure(`replay.${id}`, title, medianRatio(lru.ms, other.ms), 'times', budget);
}

function timedReplay(trace: ReplayedTrace, policyId: string, capacity: number): Timed<number> {
  return always(() => replayTrace(trace, policyId, capacity, { requestIntervalUs: 500 }).hits);
}

/** The same, but that a result other than the first is an error. */
function always(run: Timed<number>): Timed<number> {
  let first: number | undefined;
  return () => {
    const hits = run();
    first ??= hits;
    if (hits !== first) throw new Error(`${hits} hits where there were ${first} before`);
    return hits;
  };
}

/** A package's cache over texts or numbers, with a loop of its own: in one that all share V8 would meet every shape. */
const textHits = (cache: MnemonistCache<string, number>, keys: readonly string[]): number => {
  let hits = 0;
  for (let at = 0; at < keys.length; at++) {
    if (cache.get(keys[at]) !== undefined) hits++;
    else cache.set(keys[at], at);
  }
  return hits;
};

const otherTextHits = (cache: LRUCache<string, number>, keys: readonly string[]): number => {
  let hits = 0;
  for (let at = 0; at < keys.length; at++) {
    if (cache.get(keys[at]) !== undefined) hits++;
    else cache.set(keys[at], at);
  }
  return hits;
};

const numberHits = (cache: MnemonistCache<number, number>, keys: Uint32Array): number => {
  let hits = 0;
  for (let at = 0; at < keys.length; at++) {
    if (cache.get(keys[at]) !== undefined) hits++;
    else cache.set(keys[at], at);
  }
  return hits;
};

const otherNumberHits = (cache: LRUCache<number, number>, keys: Uint32Array): number => {
  let hits = 0;
  for (let at = 0; at < keys.length; at++) {
    if (cache.get(keys[at]) !== undefined) hits++;
    else cache.set(keys[at], at);
  }
  return hits;
};
