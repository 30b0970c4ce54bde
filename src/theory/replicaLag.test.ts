import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { AliasTable, zipfWeights } from '../random/Zipf.ts';
import { log } from '../random/math.ts';
import { equalPopulation, groupPopulation } from './Population.ts';
import {
  meanUnseenWrites,
  missedOwnWriteShare,
  missedOwnWriteShareRandomLag,
  staleReplicaReadShare,
  staleReplicaReadShareOver,
} from './replicaLag.ts';

/** Plays writes and as many reads of the same keys; returns the share of reads that miss a write of the last L. */
function playedStale(weights: Float64Array, writesPerS: number, lagS: number): number {
  const draws = new Stream(12, 'lag');
  const table = new AliasTable(weights);
  const written = new Float64Array(weights.length).fill(-Infinity);
  const events = 400_000;
  let reads = 0;
  let stale = 0;
  let now = 0;
  for (let i = 0; i < events; i++) {
    now -= log(draws.uniformOpen()) / (2 * writesPerS);
    const key = table.sample(draws);
    if (draws.below(2) === 0) written[key] = now;
    else {
      reads++;
      if (written[key] > now - lagS) stale++;
    }
  }
  return stale / reads;
}

const span = fc.double({ min: 0, max: 100, noNaN: true });

describe('replica lag', () => {
  it('meets the published loss', () => {
    expect(meanUnseenWrites(5000, 0.02)).toBeCloseTo(100, 12);
  });

  it.each([0, 1])('agrees with played-out reads and writes, Zipf exponent %d', (exponent) => {
    const weights = zipfWeights(50, exponent);
    const share = staleReplicaReadShareOver(groupPopulation(weights), 20, 0.4);
    expect(Math.abs(playedStale(weights, 20, 0.4) - share)).toBeLessThan(0.006);
    if (exponent === 0) expect(share).toBeCloseTo(staleReplicaReadShare(20 / 50, 0.4), 12);
  });

  it('agrees with played-out read-backs', () => {
    const draws = new Stream(13, 'read back');
    const rounds = 100_000;
    const [lagS, meanS, pinS] = [0.5, 0.8, 0.2];
    let missed = 0;
    let pinned = 0;
    let random = 0;
    for (let round = 0; round < rounds; round++) {
      const readBackS = -meanS * log(draws.uniformOpen());
      if (readBackS < lagS) missed++;
      if (readBackS < lagS && readBackS >= pinS) pinned++;
      if (-lagS * log(draws.uniformOpen()) > meanS) random++;
    }
    expect(Math.abs(missed / rounds - missedOwnWriteShare(lagS, meanS))).toBeLessThan(0.008);
    expect(Math.abs(pinned / rounds - missedOwnWriteShare(lagS, meanS, pinS))).toBeLessThan(0.008);
    expect(Math.abs(random / rounds - missedOwnWriteShareRandomLag(lagS, meanS))).toBeLessThan(0.008);
  });

  it('misses nothing without lag or behind a long pin', () => {
    expect(staleReplicaReadShare(1000, 0)).toBeCloseTo(0, 15);
    expect(missedOwnWriteShare(0, 1)).toBe(0);
    expect(missedOwnWriteShare(2, 1, 2)).toBe(0);
    expect(missedOwnWriteShareRandomLag(1, 0)).toBe(1);
    expect(staleReplicaReadShare(1e-12, 1) / 1e-12).toBeCloseTo(1, 9);
  });

  it('stays a share, rises with lag and updates, falls with the delay and the pin', () => {
    fc.assert(
      fc.property(span, span, fc.double({ min: 1e-3, max: 100, noNaN: true }), span, (rate, lagS, meanS, pinS) => {
        const stale = staleReplicaReadShare(rate, lagS);
        expect(stale).toBeGreaterThanOrEqual(0);
        expect(stale).toBeLessThanOrEqual(1);
        expect(staleReplicaReadShare(rate, lagS * 2)).toBeGreaterThanOrEqual(stale - 1e-15);
        expect(staleReplicaReadShareOver(equalPopulation(7), rate, lagS)).toBeLessThanOrEqual(stale + 1e-12);
        const missed = missedOwnWriteShare(lagS, meanS, pinS);
        expect(missed).toBeGreaterThanOrEqual(0);
        expect(missed).toBeLessThanOrEqual(missedOwnWriteShare(lagS, meanS) + 1e-12);
        expect(missedOwnWriteShare(lagS, meanS * 2)).toBeLessThanOrEqual(missedOwnWriteShare(lagS, meanS) + 1e-12);
        expect(missedOwnWriteShareRandomLag(meanS, lagS)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what it does not cover', () => {
    expect(() => staleReplicaReadShare(-1, 1)).toThrow(RangeError);
    expect(() => staleReplicaReadShareOver(equalPopulation(2), 1, NaN)).toThrow(RangeError);
    expect(() => meanUnseenWrites(1, -1)).toThrow(RangeError);
    expect(() => missedOwnWriteShare(1, 0)).toThrow(RangeError);
    expect(() => missedOwnWriteShare(1, 1, -1)).toThrow(RangeError);
    expect(() => missedOwnWriteShareRandomLag(0, 1)).toThrow(RangeError);
  });
});
