import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { exp, log } from '../random/math.ts';
import { fifoHitRatio, lruHitRatio } from './lruChe.ts';
import { fifoTtl, hitsPerFill, lruSlidingTtl, lruTtl } from './lruTtl.ts';
import { groupPopulation } from './Population.ts';
import { populationHitRatio, slidingTtlHitRatio, ttlHitRatio } from './ttlCache.ts';
import { zipfShares } from './zipf.ts';

type Rule = { renew: 'fill' | 'read'; order: 'read' | 'fill'; expiredHoldPlace: boolean };

/** Plays a bounded TTL cache key by key: a Map in eviction order, oldest first. */
function played(shares: Float64Array, capacity: number, readsPerS: number, ttlS: number, rule: Rule): number {
  const draws = new Stream(3, 'bounded');
  const edges = new Float64Array(shares.length);
  let edge = 0;
  for (let i = 0; i < shares.length; i++) edges[i] = edge += shares[i];
  const expiry = new Map<number, number>();
  const [warmup, reads] = [50_000, 300_000];
  let now = 0;
  let hits = 0;
  for (let i = 0; i < warmup + reads; i++) {
    now -= log(draws.uniformOpen()) / readsPerS;
    const at = draws.uniform();
    let low = 0;
    let high = shares.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edges[middle] > at) high = middle;
      else low = middle + 1;
    }
    const expires = expiry.get(low);
    const hit = expires !== undefined && now < expires;
    if (hit && i >= warmup) hits++;
    if (!hit && !rule.expiredHoldPlace) for (const [key, end] of expiry) if (end <= now) expiry.delete(key);
    if (!hit || rule.order === 'read') expiry.delete(low);
    if (!hit || rule.order === 'read' || rule.renew === 'read') {
      expiry.set(low, hit && rule.renew === 'fill' ? expires : now + ttlS);
    }
    if (expiry.size > capacity) expiry.delete(expiry.keys().next().value ?? low);
  }
  return hits / reads;
}

/**
 * Mean hits a fill by stepping the exact law of the idle-out age: survival q falls by λe^{−λw}·q(a−w) a second past w.
 */
function exactHitsPerFill(rate: number, window: number, ttl: number): number {
  const steps = 4000;
  const step = window / steps;
  const idles = exp(-rate * window);
  const later: number[] = [1 - idles];
  const alive = (i: number) => (i < steps ? 1 : later[i - steps]);
  let area = window;
  for (let i = 0; i < Math.round((ttl - window) / step); i++) {
    // Survival jumps at one window, so the last step before it takes its left value.
    const ahead = i + 1 === steps ? 1 : alive(i + 1);
    const next = later[i] - (rate * idles * step * (alive(i) + ahead)) / 2;
    area += (step * (later[i] + next)) / 2;
    later.push(next);
  }
  return rate * area;
}

const SHARES = zipfShares(300, 0.9);
const POPULATION = groupPopulation(SHARES);

describe('capacity and TTL together', () => {
  it('keeps a key’s hit ratio within 0.006 of the exact law', () => {
    for (const rate of [0.01, 0.1, 0.5, 0.8, 1.2, 2, 3, 5]) {
      for (const ttl of [0.5, 1, 1.3, 1.8, 2, 3, 6, 30]) {
        const hits = hitsPerFill(rate, 1, ttl);
        const exact = ttl <= 1 ? rate * ttl : exactHitsPerFill(rate, 1, ttl);
        expect(Math.abs(hits / (1 + hits) - exact / (1 + exact))).toBeLessThan(0.006);
      }
    }
  });

  it.each([0.3, 0.8, 2, 8])('agrees with a played cache at a TTL of %d s', (ttlS) => {
    const cache = { capacityEntries: 60, readsPerS: 100, ttlS };
    const rule: Rule = { renew: 'fill', order: 'read', expiredHoldPlace: true };
    const lazy = played(SHARES, 60, 100, ttlS, rule);
    expect(Math.abs(lruTtl(POPULATION, cache, true).hitRatio - lazy)).toBeLessThan(0.008);
    const freed = played(SHARES, 60, 100, ttlS, { ...rule, expiredHoldPlace: false });
    expect(Math.abs(lruTtl(POPULATION, cache, false).hitRatio - freed)).toBeLessThan(0.008);
    const sliding = played(SHARES, 60, 100, ttlS, { ...rule, renew: 'read', expiredHoldPlace: false });
    expect(Math.abs(lruSlidingTtl(POPULATION, cache).hitRatio - sliding)).toBeLessThan(0.008);
    const fifo = played(SHARES, 60, 100, ttlS, { renew: 'fill', order: 'fill', expiredHoldPlace: false });
    expect(Math.abs(fifoTtl(POPULATION, cache).hitRatio - fifo)).toBeLessThan(0.008);
  });

  it('is plain LRU or FIFO once the TTL is long', () => {
    for (const ttlS of [1e9, Infinity]) {
      const cache = { capacityEntries: 60, readsPerS: 100, ttlS };
      for (const hold of [true, false]) {
        expect(lruTtl(POPULATION, cache, hold).hitRatio).toBeCloseTo(lruHitRatio(POPULATION, 60), 5);
      }
      expect(lruSlidingTtl(POPULATION, cache).hitRatio).toBe(lruHitRatio(POPULATION, 60));
      expect(fifoTtl(POPULATION, cache).hitRatio).toBe(fifoHitRatio(POPULATION, 60));
    }
  });

  it('is the plain TTL cache once there is room', () => {
    const cache = { capacityEntries: 300, readsPerS: 100, ttlS: 2 };
    const fixed = populationHitRatio(POPULATION, 100, (rate) => ttlHitRatio(rate, 2));
    const sliding = populationHitRatio(POPULATION, 100, (rate) => slidingTtlHitRatio(rate, 2));
    expect(lruTtl(POPULATION, cache, true).hitRatio).toBeCloseTo(fixed, 12);
    expect(lruTtl(POPULATION, cache, false).hitRatio).toBeCloseTo(fixed, 12);
    expect(fifoTtl(POPULATION, cache).hitRatio).toBeCloseTo(fixed, 12);
    expect(lruSlidingTtl(POPULATION, cache).hitRatio).toBeCloseTo(sliding, 12);
    expect(lruTtl(POPULATION, cache, false).characteristicTimeS).toBe(Infinity);
  });

  it('gains from a longer TTL, from more room and from freeing expired entries', () => {
    let before = 0;
    for (const ttlS of [0.1, 0.5, 1, 2, 5, 20]) {
      const cache = { capacityEntries: 60, readsPerS: 100, ttlS };
      const lazy = lruTtl(POPULATION, cache, true).hitRatio;
      const freed = lruTtl(POPULATION, cache, false).hitRatio;
      expect(lazy).toBeGreaterThan(before);
      expect(freed).toBeGreaterThanOrEqual(lazy - 1e-9);
      expect(lruTtl(POPULATION, { ...cache, capacityEntries: 90 }, true).hitRatio).toBeGreaterThanOrEqual(lazy);
      before = lazy;
    }
    expect(lruTtl(POPULATION, { capacityEntries: 0, readsPerS: 100, ttlS: 5 }, false).hitRatio).toBe(0);
  });
});
