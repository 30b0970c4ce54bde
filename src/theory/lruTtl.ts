import { exp } from '../random/math.ts';
import { expm1 } from './expm1.ts';
import {
  fifoCharacteristicTime,
  fillWindowHitRatio,
  lruCharacteristicTime,
  lruHitRatio,
  windowHitRatio,
} from './lruChe.ts';
import type { Population } from './Population.ts';

/** A cache bounded both in entries and in time, under Poisson reads at `readsPerS` over all keys. */
export interface BoundedTtlCache {
  capacityEntries: number;
  /** Rate over all keys, > 0. */
  readsPerS: number;
  /** Seconds > 0; Infinity for none. */
  ttlS: number;
}

/** What a bounded TTL cache shows. */
export interface BoundedTtlResult {
  hitRatio: number;
  /** How long an entry lasts if only capacity removes it, seconds; Infinity where capacity never binds. */
  characteristicTimeS: number;
}

/** Past this many reads in a window an entry practically never leaves for want of a read. */
const SURE_READS = 40;
const SERIES_BELOW = 0.01;
const MOST_STEPS = 60;
const TOLERANCE = 1e-9;

/**
 * LRU with a sliding TTL: whichever of capacity and TTL is shorter rules, 1−e^{−λ min(T_C, T)} a key. Che's
 * approximation, and exact where the TTL is the shorter. Seconds, per second.
 * Source: Che, Tung, Wang 2002; D. Berger et al., Exact Analysis of TTL Cache Networks, Performance Evaluation 79,
 * 2014; M. Dehghan et al., A Utility Optimization Approach to Network Cache Design, IEEE/ACM ToN 27(3), 2019.
 */
export function lruSlidingTtl(population: Population, cache: BoundedTtlCache): BoundedTtlResult {
  const ttlRequests = cache.ttlS * cache.readsPerS;
  const room = lruCharacteristicTime(population, cache.capacityEntries);
  const binds = room <= ttlRequests;
  return {
    hitRatio: windowHitRatio(population, binds ? room : ttlRequests),
    characteristicTimeS: binds ? room / cache.readsPerS : Infinity,
  };
}

/**
 * FIFO or RANDOM-like eviction by fill order with a TTL from the fill: λ min(T_F, T)/(1+λ min(T_F, T)) a key. Expired
 * entries are taken to free their place at once. Seconds, per second.
 * Source: Fricker, Robert, Roberts 2012; Berger et al. 2014; Dehghan et al. 2019.
 */
export function fifoTtl(population: Population, cache: BoundedTtlCache): BoundedTtlResult {
  const ttlRequests = cache.ttlS * cache.readsPerS;
  const room = fifoCharacteristicTime(population, cache.capacityEntries);
  const binds = room <= ttlRequests;
  return {
    hitRatio: fillWindowHitRatio(population, binds ? room : ttlRequests),
    characteristicTimeS: binds ? room / cache.readsPerS : Infinity,
  };
}

/**
 * LRU with a TTL from the fill, the usual cache. An entry leaves T_C after its last read or T after its fill; a key's
 * hit ratio is H/(1+H) with H = {@link hitsPerFill}. `expiredHoldPlace` says what an expired entry does until it is
 * read or evicted: true, it keeps its place (lazy expiry), and T_C is plain LRU's; false, it frees it at once, and T_C
 * solves Σhᵢ = C, Infinity when the TTL alone keeps the cache below C. An APPROXIMATION: Che's, and that of H. Seconds,
 * per second.
 * Source: Che, Tung, Wang 2002; Berger et al. 2014; Dehghan et al. 2019; the two conventions follow from Poisson
 * arrivals seeing time averages.
 */
export function lruTtl(population: Population, cache: BoundedTtlCache, expiredHoldPlace: boolean): BoundedTtlResult {
  const { capacityEntries, readsPerS } = cache;
  const plain = lruCharacteristicTime(population, capacityEntries);
  if (cache.ttlS === Infinity) {
    return { hitRatio: lruHitRatio(population, capacityEntries), characteristicTimeS: plain / readsPerS };
  }
  const ttl = cache.ttlS * readsPerS;
  if (plain === 0) return { hitRatio: 0, characteristicTimeS: 0 };
  const window = expiredHoldPlace ? plain : freedCharacteristicTime(population, capacityEntries, ttl, plain);
  return { hitRatio: bothHitRatio(population, window, ttl), characteristicTimeS: window / readsPerS };
}

/** Root of Σhᵢ = C between plain LRU's time (full then) and the TTL, by the Illinois variant of regula falsi. */
function freedCharacteristicTime(population: Population, capacity: number, ttl: number, plain: number): number {
  let high = ttl;
  let above = occupancy(population, high, ttl) - capacity;
  if (above <= 0) return Infinity;
  let low = plain;
  let below = occupancy(population, low, ttl) - capacity;
  let lastSide = 0;
  let middle = low;
  for (let step = 0; step < MOST_STEPS && below < 0; step++) {
    middle = (low * above - high * below) / (above - below);
    const miss = occupancy(population, middle, ttl) - capacity;
    if (Math.abs(miss) <= TOLERANCE * capacity || high - low <= TOLERANCE * high) break;
    if (miss < 0) {
      low = middle;
      below = miss;
      if (lastSide === -1) above /= 2;
      lastSide = -1;
    } else {
      high = middle;
      above = miss;
      if (lastSide === 1) below /= 2;
      lastSide = 1;
    }
  }
  return middle;
}

/** Expected live entries; by PASTA a key's hit ratio is also the share of time it is live. */
function occupancy(population: Population, window: number, ttl: number): number {
  let entries = 0;
  for (let i = 0; i < population.shares.length; i++) {
    const hits = hitsPerFill(population.shares[i], window, ttl);
    entries += (population.keys[i] * hits) / (1 + hits);
  }
  return entries;
}

function bothHitRatio(population: Population, window: number, ttl: number): number {
  let ratio = 0;
  for (let i = 0; i < population.shares.length; i++) {
    const hits = hitsPerFill(population.shares[i], window, ttl);
    ratio += (population.keys[i] * population.shares[i] * hits) / (1 + hits);
  }
  return ratio;
}

/**
 * Mean hits between a fill and the end of its entry, which ends `window` after its last read or `ttl` after the fill:
 * λE[min(R, T)] for the idle-out age R. λT where T ≤ window, e^{λ·window}−1 as T → ∞; between them R is taken as
 * `window` with its exact probability e^{−λ·window} and else as `window` plus an exponential of the exact mean, an
 * APPROXIMATION measured to leave a key's hit ratio within 0.006. Any one unit of time. Source: renewal-reward theorem,
 * S. Ross, Stochastic Processes, 2nd ed. 1996, §3.6; the idle-out age is the wait for the first gap of `window` in a
 * Poisson process, mean (e^{λw}−1)/λ.
 */
export function hitsPerFill(rate: number, window: number, ttl: number): number {
  const x = rate * window;
  if (window >= ttl || x > SURE_READS) return rate * ttl;
  const idles = exp(-x);
  const lives = -expm1(-x);
  // (1 − e^{−x} − xe^{−x})/e^{−x}, the mean stay past the window times the rate; by its series where it would cancel.
  const beyond = x < SERIES_BELOW ? x * x * (1 / 2 - x * (1 / 3 - x / 8)) : lives - x * idles;
  if (beyond === 0) return x;
  const meanStay = beyond / (idles * lives);
  return x + lives * meanStay * -expm1(-(rate * (ttl - window)) / meanStay);
}
