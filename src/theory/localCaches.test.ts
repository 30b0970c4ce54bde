import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { log } from '../random/math.ts';
import {
  type Broadcast,
  localStaleHitShare,
  pastLocalCachesPerS,
  pastLocalCachesWithBroadcastPerS,
} from './localCaches.ts';
import { staleHitShare } from './staleness.ts';

/** Plays reads of one key in one local cache, updates elsewhere, and messages that come late or never. */
function played(readsPerS: number, ttlS: number, { updatesPerS, delayS, lostShare }: Broadcast) {
  const draws = new Stream(16, 'local cache');
  const reads = 300_000;
  const onTheWay: number[] = [];
  let now = 0;
  let filledAt = -Infinity;
  let updatedAt = -Infinity;
  let nextUpdate = 0;
  let hits = 0;
  let stale = 0;
  for (let i = 0; i < reads; i++) {
    now -= log(draws.uniformOpen()) / readsPerS;
    while (nextUpdate <= now) {
      updatedAt = nextUpdate;
      if (draws.uniform() >= lostShare) onTheWay.push(nextUpdate + delayS);
      nextUpdate -= log(draws.uniformOpen()) / updatesPerS;
    }
    while (onTheWay.length > 0 && onTheWay[0] <= now) {
      onTheWay.shift();
      filledAt = -Infinity;
    }
    if (now - filledAt >= ttlS) filledAt = now;
    else {
      hits++;
      if (updatedAt > filledAt) stale++;
    }
  }
  return { stale: stale / hits, missShare: 1 - hits / reads };
}

const anyBroadcast: fc.Arbitrary<Broadcast> = fc.record({
  updatesPerS: fc.double({ min: 0, max: 20, noNaN: true }),
  delayS: fc.double({ min: 0, max: 20, noNaN: true }),
  lostShare: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('local caches', () => {
  it('meets the published rates', () => {
    expect(pastLocalCachesPerS(10_000, 1, 20)).toBeCloseTo(19.96, 2);
    // 50 points of presence, then one shield in front of the origin.
    expect(pastLocalCachesPerS(100, 60, 50)).toBeCloseTo(0.826, 3);
    expect(pastLocalCachesPerS(100, 60, 1)).toBeCloseTo(0.01666, 5);
  });

  it.each<[number, number, Broadcast]>([
    [5, 3, { updatesPerS: 0.4, delayS: 0.5, lostShare: 0 }],
    [5, 3, { updatesPerS: 0.4, delayS: 0.5, lostShare: 0.3 }],
    [4, 1, { updatesPerS: 0.8, delayS: 2, lostShare: 0.1 }],
    [5, 3, { updatesPerS: 0.4, delayS: 0, lostShare: 1 }],
  ])('agrees with played-out reads: %d/s, TTL %d, %o', (readsPerS, ttlS, broadcast) => {
    const run = played(readsPerS, ttlS, broadcast);
    expect(Math.abs(run.stale - localStaleHitShare(ttlS, broadcast))).toBeLessThan(0.01);
    const past = pastLocalCachesWithBroadcastPerS(readsPerS, ttlS, 1, broadcast);
    expect(Math.abs(run.missShare - past / readsPerS)).toBeLessThan(0.004);
  });

  it('is the TTL alone where every message is lost, and never stale where each arrives at once', () => {
    fc.assert(
      fc.property(
        anyBroadcast,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 1e4, noNaN: true }),
        (broadcast, ttlS, readsPerS) => {
          const lost = { ...broadcast, lostShare: 1 };
          expect(localStaleHitShare(ttlS, lost)).toBeCloseTo(staleHitShare(broadcast.updatesPerS, ttlS), 12);
          expect(pastLocalCachesWithBroadcastPerS(readsPerS, ttlS, 3, lost)).toBeCloseTo(
            pastLocalCachesPerS(readsPerS, ttlS, 3),
            9,
          );
          expect(localStaleHitShare(ttlS, { ...broadcast, delayS: 0, lostShare: 0 })).toBeCloseTo(0, 12);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('stays a share, rises with delay, losses and TTL', () => {
    fc.assert(
      fc.property(anyBroadcast, fc.double({ min: 0.01, max: 50, noNaN: true }), (broadcast, ttlS) => {
        const share = localStaleHitShare(ttlS, broadcast);
        expect(share).toBeGreaterThanOrEqual(-1e-12);
        expect(share).toBeLessThanOrEqual(1 + 1e-12);
        const later = { ...broadcast, delayS: broadcast.delayS * 2 };
        const lossier = { ...broadcast, lostShare: (1 + broadcast.lostShare) / 2 };
        expect(localStaleHitShare(ttlS, later)).toBeGreaterThanOrEqual(share - 1e-12);
        expect(localStaleHitShare(ttlS, lossier)).toBeGreaterThanOrEqual(share - 1e-12);
        expect(localStaleHitShare(ttlS * 2, broadcast)).toBeGreaterThanOrEqual(share - 1e-12);
        const past = pastLocalCachesWithBroadcastPerS(100, ttlS, 4, broadcast);
        expect(past).toBeLessThanOrEqual(100 + 1e-9);
        expect(past).toBeGreaterThanOrEqual(pastLocalCachesPerS(100, ttlS, 4) - 1e-9);
        expect(pastLocalCachesPerS(100, ttlS, 8)).toBeGreaterThan(pastLocalCachesPerS(100, ttlS, 4));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what it does not cover', () => {
    const broadcast = { updatesPerS: 1, delayS: 1, lostShare: 0 };
    expect(() => pastLocalCachesPerS(-1, 1, 1)).toThrow(RangeError);
    expect(() => pastLocalCachesPerS(1, 1, 0)).toThrow(RangeError);
    expect(() => localStaleHitShare(0, broadcast)).toThrow(RangeError);
    for (const bad of [{ updatesPerS: -1 }, { delayS: NaN }, { lostShare: 1.1 }]) {
      expect(() => localStaleHitShare(1, { ...broadcast, ...bad })).toThrow(RangeError);
      expect(() => pastLocalCachesWithBroadcastPerS(1, 1, 1, { ...broadcast, ...bad })).toThrow(RangeError);
    }
    expect(() => pastLocalCachesWithBroadcastPerS(1, -1, 1, broadcast)).toThrow(RangeError);
  });
});
