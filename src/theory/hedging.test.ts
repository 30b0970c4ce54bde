import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { log } from '../random/math.ts';
import { hedgedMeanS, hedgedQuantileS, hedgedWithinShare, hedgeShare } from './hedging.ts';

const mean = fc.double({ min: 1e-3, max: 100, noNaN: true });
const wait = fc.double({ min: 0, max: 100, noNaN: true });
const quantile = fc.double({ min: 0, max: 0.9999, noNaN: true });

describe('hedging', () => {
  it('at the 95th percentile costs 5% more requests and shortens the 99th', () => {
    const p95S = hedgedQuantileS(0.01, Infinity, 0.95);
    expect(p95S).toBeCloseTo(0.01 * Math.log(20), 12);
    expect(hedgeShare(0.01, p95S)).toBeCloseTo(0.05, 12);
    expect(hedgedQuantileS(0.01, p95S, 0.95)).toBeCloseTo(p95S, 12);
    expect(hedgedQuantileS(0.01, p95S, 0.99)).toBeCloseTo((0.01 * (Math.log(20) + Math.log(100))) / 2, 12);
    expect(hedgedMeanS(0.01, p95S)).toBeCloseTo(0.00975, 12);
  });

  it('agrees with played-out requests', () => {
    const draws = new Stream(15, 'hedge');
    const [meanS, afterS, rounds] = [0.02, 0.03, 200_000];
    const limitS = hedgedQuantileS(meanS, afterS, 0.9);
    expect(limitS).toBeGreaterThan(afterS);
    let sum = 0;
    let sent = 0;
    let within = 0;
    for (let round = 0; round < rounds; round++) {
      const first = -meanS * log(draws.uniformOpen());
      const second = afterS - meanS * log(draws.uniformOpen());
      if (first > afterS) sent++;
      const answeredS = Math.min(first, second);
      sum += answeredS;
      if (answeredS <= limitS) within++;
    }
    expect(Math.abs(sum / rounds / hedgedMeanS(meanS, afterS) - 1)).toBeLessThan(0.01);
    expect(Math.abs(sent / rounds - hedgeShare(meanS, afterS))).toBeLessThan(0.005);
    expect(Math.abs(within / rounds - 0.9)).toBeLessThan(0.004);
  });

  it('lies between one request and two at once', () => {
    fc.assert(
      fc.property(mean, wait, quantile, (meanS, afterS, q) => {
        const hedged = hedgedQuantileS(meanS, afterS, q);
        const alone = hedgedQuantileS(meanS, Infinity, q);
        expect(hedged).toBeLessThanOrEqual(alone * (1 + 1e-12) + 1e-300);
        expect(hedged).toBeGreaterThanOrEqual((alone / 2) * (1 - 1e-12) - 1e-300);
        expect(hedgedQuantileS(meanS, afterS * 2, q)).toBeGreaterThanOrEqual(hedged * (1 - 1e-12) - 1e-300);
        expect(hedgedWithinShare(meanS, afterS, hedged)).toBeCloseTo(q, 9);
        expect(hedgedMeanS(meanS, afterS)).toBeLessThanOrEqual(meanS);
        expect(hedgedMeanS(meanS, afterS)).toBeGreaterThanOrEqual(meanS / 2);
        expect(hedgeShare(meanS, afterS)).toBeGreaterThanOrEqual(hedgeShare(meanS, afterS * 2));
      }),
      { numRuns: 500 },
    );
    expect(hedgedMeanS(2, 0)).toBe(1);
    expect(hedgedMeanS(2, Infinity)).toBe(2);
    expect(hedgeShare(2, Infinity)).toBe(0);
  });

  it('has the mean that its distribution adds up to', () => {
    let sum = 0;
    for (let i = 0; i < 100_000; i++) sum += 1 - hedgedWithinShare(1, 0.7, (i + 0.5) * 0.0003);
    expect(sum * 0.0003).toBeCloseTo(hedgedMeanS(1, 0.7), 6);
  });

  it('refuses what it does not cover', () => {
    expect(() => hedgedQuantileS(0, 1, 0.5)).toThrow(RangeError);
    expect(() => hedgedQuantileS(1, -1, 0.5)).toThrow(RangeError);
    expect(() => hedgedQuantileS(1, 1, 1)).toThrow(RangeError);
    expect(() => hedgedMeanS(1, NaN)).toThrow(RangeError);
    expect(() => hedgeShare(Infinity, 1)).toThrow(RangeError);
    expect(() => hedgedWithinShare(1, 1, -1)).toThrow(RangeError);
  });
});
