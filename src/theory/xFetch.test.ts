import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { log } from '../random/math.ts';
import { stampedeFetches } from './stampede.ts';
import {
  type XFetchKey,
  xFetchFetches,
  xFetchMeanLeadS,
  xFetchRefreshDensityPerS,
  xFetchRefreshedShare,
  xFetchUnrefreshedShare,
} from './xFetch.ts';

/** A TTL so long that the reads of a young entry play no part, as in the published rows. */
const LONG_S = 1000;

/** Plays lives of one entry by the paper's own rule, now − βD·ln(u) ≥ expiry, until the first new value lands. */
function played({ readsPerS, ttlS, rebuildS, beta }: XFetchKey, rounds: number) {
  const draws = new Stream(5, 'xfetch');
  let unrefreshed = 0;
  let leads = 0;
  let fetches = 0;
  for (let round = 0; round < rounds; round++) {
    let landsAt = Infinity;
    for (let now = 0; ; ) {
      now -= log(draws.uniformOpen()) / readsPerS;
      if (now >= landsAt) break;
      if (now - beta * rebuildS * log(draws.uniformOpen()) < ttlS) continue;
      fetches++;
      if (landsAt < Infinity) continue;
      landsAt = now + rebuildS;
      if (now >= ttlS) unrefreshed++;
      else leads += ttlS - now;
    }
  }
  return { unrefreshed: unrefreshed / rounds, leadS: leads / rounds, fetches: fetches / rounds };
}

/** ∫₀ᵀ density·g(r) dr by Simpson's rule. */
function overLeads(key: XFetchKey, g: (leadS: number) => number): number {
  const steps = 40_000;
  const width = key.ttlS / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    sum += weight * xFetchRefreshDensityPerS(key, i * width) * g(i * width);
  }
  return (sum * width) / 3;
}

/** Mean reads that begin a fetch of their own in the D seconds after a refresh that began with r seconds left. */
function othersAfter({ readsPerS, rebuildS, beta }: XFetchKey, leadS: number): number {
  const scaleS = beta * rebuildS;
  const alive = Math.min(rebuildS, leadS);
  const early = scaleS * (Math.exp((alive - leadS) / scaleS) - Math.exp(-leadS / scaleS));
  return readsPerS * (early + rebuildS - alive);
}

const anyKey: fc.Arbitrary<XFetchKey> = fc.record({
  readsPerS: fc.double({ min: 0, max: 1000, noNaN: true }),
  ttlS: fc.double({ min: 0.01, max: 1000, noNaN: true }),
  rebuildS: fc.double({ min: 0.001, max: 10, noNaN: true }),
  beta: fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 50, noNaN: true })),
});

describe('XFetch', () => {
  it('meets the published numbers', () => {
    const key = { readsPerS: 10, ttlS: LONG_S, rebuildS: 0.5, beta: 1 };
    expect(xFetchUnrefreshedShare(key)).toBeCloseTo(0.0067, 4);
    expect(xFetchMeanLeadS(key)).toBeCloseTo(1.09, 2);
    expect(xFetchFetches(key)).toBeCloseTo(2.59, 2);
    expect(xFetchFetches({ ...key, beta: 2 })).toBeCloseTo(1.65, 2);
    expect(xFetchFetches({ ...key, beta: 0 })).toBe(6);
    const hot = { readsPerS: 100, ttlS: LONG_S, rebuildS: 0.2, beta: 1 };
    expect(xFetchFetches(hot)).toBeCloseTo(2.72, 2);
    expect(xFetchFetches({ ...hot, beta: 0 })).toBeCloseTo(21, 12);
  });

  it.each<XFetchKey>([
    { readsPerS: 10, ttlS: 6, rebuildS: 0.5, beta: 1 },
    { readsPerS: 10, ttlS: 8, rebuildS: 0.5, beta: 2 },
    { readsPerS: 3, ttlS: 2, rebuildS: 1, beta: 0.4 },
    { readsPerS: 2, ttlS: 0.6, rebuildS: 1, beta: 3 },
    { readsPerS: 5, ttlS: 3, rebuildS: 0.7, beta: 5 },
    { readsPerS: 4, ttlS: 3, rebuildS: 0.5, beta: 0 },
  ])('agrees with played-out lives: %o', (key) => {
    const run = played(key, 25_000);
    expect(Math.abs(run.unrefreshed - xFetchUnrefreshedShare(key))).toBeLessThan(0.011);
    expect(Math.abs(run.leadS - xFetchMeanLeadS(key))).toBeLessThan(0.02 * (1 + key.beta * key.rebuildS));
    expect(Math.abs(run.fetches / xFetchFetches(key) - 1)).toBeLessThan(0.02);
  });

  it.each<XFetchKey>([
    { readsPerS: 10, ttlS: 12, rebuildS: 0.5, beta: 1 },
    { readsPerS: 200, ttlS: 5, rebuildS: 0.2, beta: 3 },
    { readsPerS: 3, ttlS: 2, rebuildS: 1, beta: 0.25 },
    { readsPerS: 2, ttlS: 0.6, rebuildS: 1, beta: 3 },
    { readsPerS: 0.01, ttlS: 7, rebuildS: 1, beta: 1 },
  ])('has a density that gives share, lead and fetches by integration: %o', (key) => {
    const unrefreshed = xFetchUnrefreshedShare(key);
    expect(overLeads(key, () => 1)).toBeCloseTo(1 - unrefreshed, 8);
    expect(overLeads(key, (r) => r)).toBeCloseTo(xFetchMeanLeadS(key), 8);
    const fetches = 1 + overLeads(key, (r) => othersAfter(key, r)) + unrefreshed * key.readsPerS * key.rebuildS;
    expect(xFetchFetches(key)).toBeCloseTo(fetches, 5);
    const half = key.ttlS / 2;
    expect(xFetchRefreshedShare(key, half)).toBeCloseTo(
      overLeads(key, (r) => (r > half ? 1 : 0)),
      3,
    );
  });

  it('stays within its ranges', () => {
    fc.assert(
      fc.property(anyKey, fc.double({ min: 0, max: 1, noNaN: true }), (key, part) => {
        const lead = part * key.ttlS;
        const refreshed = xFetchRefreshedShare(key, lead);
        expect(refreshed).toBeGreaterThanOrEqual(0);
        expect(refreshed).toBeLessThanOrEqual(1);
        expect(xFetchRefreshedShare(key, lead / 2)).toBeGreaterThanOrEqual(refreshed - 1e-12);
        expect(xFetchRefreshedShare(key, 0)).toBeCloseTo(1 - xFetchUnrefreshedShare(key), 12);
        expect(xFetchRefreshDensityPerS(key, lead)).toBeGreaterThanOrEqual(0);
        expect(xFetchRefreshDensityPerS(key, lead)).toBeLessThanOrEqual(key.readsPerS);
        expect(xFetchMeanLeadS(key)).toBeGreaterThanOrEqual(-1e-9);
        expect(xFetchMeanLeadS(key)).toBeLessThanOrEqual(key.ttlS * (1 + 1e-9));
        const plain = stampedeFetches(key.readsPerS, key.rebuildS);
        expect(xFetchFetches(key)).toBeGreaterThanOrEqual(1 - 1e-9 * plain);
        expect(xFetchFetches(key)).toBeLessThanOrEqual(plain * (1 + 1e-9));
      }),
      { numRuns: 1000 },
    );
  });

  it('refreshes sooner and more surely the more reads and the larger β', () => {
    fc.assert(
      fc.property(anyKey, fc.double({ min: 1.01, max: 5, noNaN: true }), (key, factor) => {
        for (const more of [
          { ...key, readsPerS: key.readsPerS * factor },
          { ...key, beta: key.beta * factor },
        ]) {
          expect(xFetchUnrefreshedShare(more)).toBeLessThanOrEqual(xFetchUnrefreshedShare(key) + 1e-12);
          expect(xFetchMeanLeadS(more)).toBeGreaterThanOrEqual(xFetchMeanLeadS(key) - 1e-9 * key.ttlS);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is the plain stampede without β and settles at e^{1/β} for a hot key', () => {
    const key = { readsPerS: 1e5, ttlS: 1e4, rebuildS: 1, beta: 0 };
    expect(xFetchUnrefreshedShare(key)).toBe(1);
    expect(xFetchMeanLeadS(key)).toBe(0);
    expect(xFetchFetches({ ...key, beta: 1e-6, readsPerS: 50 })).toBeCloseTo(51, 2);
    for (const beta of [0.5, 1, 2, 4]) expect(xFetchFetches({ ...key, beta })).toBeCloseTo(Math.exp(1 / beta), 6);
  });

  it('refuses what it does not cover', () => {
    const key = { readsPerS: 10, ttlS: 20, rebuildS: 0.5, beta: 1 };
    for (const bad of [
      { readsPerS: -1 },
      { ttlS: 0 },
      { ttlS: Infinity },
      { rebuildS: 0 },
      { beta: -1 },
      { beta: NaN },
    ]) {
      for (const form of [xFetchUnrefreshedShare, xFetchMeanLeadS, xFetchFetches]) {
        expect(() => form({ ...key, ...bad })).toThrow(RangeError);
      }
    }
    expect(() => xFetchRefreshedShare(key, 20.1)).toThrow(RangeError);
    expect(() => xFetchRefreshedShare(key, -1)).toThrow(RangeError);
    expect(() => xFetchRefreshDensityPerS(key, NaN)).toThrow(RangeError);
    expect(xFetchRefreshDensityPerS(key, 21)).toBe(0);
  });
});
