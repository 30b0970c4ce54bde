import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { log } from '../random/math.ts';
import { stampedeFetches } from './stampede.ts';
import { ttlHitRatio } from './ttlCache.ts';
import { singleFlightShares, staleWhileRevalidateShares, uncoalescedShares } from './ttlRebuild.ts';

const READS = 400_000;

/** Plays reads of one key behind single flight; with a stale window, expired values are served while one fetch runs. */
function playSingleFlight(readsPerS: number, ttlS: number, windowS: number, rebuildS: number) {
  const draws = new Stream(7, 'single flight');
  const tally = { origin: 0, fresh: 0, stale: 0, began: 0, joined: 0 };
  let now = 0;
  let filledAt = -Infinity;
  let landsAt = Infinity;
  for (let i = 0; i < READS; i++) {
    now -= log(draws.uniformOpen()) / readsPerS;
    if (landsAt <= now) {
      filledAt = landsAt;
      landsAt = Infinity;
    }
    const age = now - filledAt;
    const flying = landsAt < Infinity;
    if (age < ttlS) {
      tally.fresh++;
      continue;
    }
    if (!flying) {
      landsAt = now + rebuildS;
      tally.origin++;
    }
    if (age < ttlS + windowS) tally.stale++;
    else if (flying) tally.joined++;
    else tally.began++;
  }
  return tally;
}

/** Plays reads of one key where every read without a live value fetches for itself and each fill renews the TTL. */
function playUncoalesced(readsPerS: number, ttlS: number, rebuildS: number): number {
  const draws = new Stream(8, 'uncoalesced');
  const landings: number[] = [];
  let now = 0;
  let expires = -1;
  let fetches = 0;
  for (let i = 0; i < READS; i++) {
    now -= log(draws.uniformOpen()) / readsPerS;
    while (landings.length > 0 && landings[0] <= now) expires = (landings.shift() ?? 0) + ttlS;
    if (now < expires) continue;
    fetches++;
    landings.push(now + rebuildS);
  }
  return fetches / READS;
}

describe('rebuild time', () => {
  it('meets the published single-flight shares', () => {
    const shares = singleFlightShares(100, 10, 0.2);
    expect(shares.originShare).toBeCloseTo(0.00098, 5);
    expect(shares.delayedShare).toBeCloseTo(0.0196, 4);
  });

  it('agrees with played-out single flight', () => {
    const tally = playSingleFlight(3, 4, 0, 1.5);
    const shares = singleFlightShares(3, 4, 1.5);
    expect(Math.abs(tally.origin / READS - shares.originShare)).toBeLessThan(0.001);
    expect(Math.abs(tally.joined / READS - shares.delayedShare)).toBeLessThan(0.004);
    expect(Math.abs(tally.fresh / READS - shares.hitShare)).toBeLessThan(0.004);
  });

  it('agrees with played-out fetching without single flight', () => {
    for (const [readsPerS, ttlS, rebuildS] of [
      [3, 4, 1.5],
      [10, 2, 2],
    ]) {
      const shares = uncoalescedShares(readsPerS, ttlS, rebuildS);
      expect(Math.abs(playUncoalesced(readsPerS, ttlS, rebuildS) - shares.originShare)).toBeLessThan(0.006);
    }
  });

  it('fetches about a stampede a cycle without single flight', () => {
    const plain = uncoalescedShares(100, 1000, 0.2);
    const single = singleFlightShares(100, 1000, 0.2);
    expect(plain.originShare / single.originShare / stampedeFetches(100, 0.2)).toBeCloseTo(1, 3);
  });

  it('is the plain TTL cache when a rebuild takes no time', () => {
    for (const shares of [singleFlightShares(2, 7, 0), uncoalescedShares(2, 7, 0)]) {
      expect(shares.hitShare).toBeCloseTo(ttlHitRatio(2, 7), 12);
      expect(shares.delayedShare).toBe(0);
    }
  });
});

describe('stale-while-revalidate', () => {
  it('meets the published blocked share', () => {
    expect(staleWhileRevalidateShares(1, 60, 2, 0).blockedShare).toBeCloseTo(0.0022, 4);
  });

  it.each([
    [2, 3, 1, 0.4],
    [2, 3, 0.3, 1],
    [1, 1, 0.7, 0.7],
    [4, 0.5, 2, 0.1],
  ])('agrees with played-out reads: %d/s, TTL %d, window %d, rebuild %d', (readsPerS, ttlS, windowS, rebuildS) => {
    const tally = playSingleFlight(readsPerS, ttlS, windowS, rebuildS);
    const shares = staleWhileRevalidateShares(readsPerS, ttlS, windowS, rebuildS);
    expect(Math.abs(tally.origin / READS - shares.originShare)).toBeLessThan(0.002);
    expect(Math.abs(tally.fresh / READS - shares.freshShare)).toBeLessThan(0.004);
    expect(Math.abs(tally.stale / READS - shares.staleShare)).toBeLessThan(0.004);
    expect(Math.abs((tally.began + tally.joined) / READS - shares.blockedShare)).toBeLessThan(0.004);
  });

  it('is single flight with a window of nought and never blocks with an endless one', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (readsPerS, ttlS, rebuildS) => {
          const none = staleWhileRevalidateShares(readsPerS, ttlS, 0, rebuildS);
          const single = singleFlightShares(readsPerS, ttlS, rebuildS);
          expect(none.blockedShare).toBeCloseTo(single.originShare + single.delayedShare, 11);
          expect(none.staleShare).toBeCloseTo(0, 11);
          const endless = staleWhileRevalidateShares(readsPerS, ttlS, 1e6, rebuildS);
          expect(endless.blockedShare).toBeCloseTo(0, 11);
          expect(endless.originShare).toBe(single.originShare);
        },
      ),
      { numRuns: 300 },
    );
  });
});
