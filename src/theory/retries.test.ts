import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Stream } from '../random/Stream.ts';
import { fullJitterMeanWaitS, layeredAttempts, meanAttempts, meanBackoffS, retriedSuccessShare } from './retries.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const few = fc.integer({ min: 0, max: 40 });

describe('retries', () => {
  it('meets the published amplification: 3 layers with 3 retries', () => {
    expect(layeredAttempts(1, [3, 3, 3])).toBe(64);
    expect(meanAttempts(1, 3)).toBe(4);
    expect(meanAttempts(0.5, 3)).toBeCloseTo(1.875, 12);
    expect(retriedSuccessShare(0.1, 2)).toBeCloseTo(0.999, 12);
  });

  it('agrees with played-out requests through two layers', () => {
    const draws = new Stream(14, 'retries');
    const [failure, baseS, capS, rounds] = [0.6, 0.1, 0.3, 100_000];
    let calls = 0;
    let waitS = 0;
    let mended = 0;
    const lower = (): boolean => {
      for (let retry = 0; retry <= 3; retry++) {
        if (retry > 0) waitS += draws.uniform() * Math.min(capS, baseS * 2 ** (retry - 1));
        calls++;
        if (draws.uniform() >= failure) return true;
      }
      return false;
    };
    let lowerCalls = 0;
    for (let round = 0; round < rounds; round++) {
      for (let retry = 0; retry <= 2; retry++) {
        lowerCalls++;
        if (!lower()) continue;
        mended++;
        break;
      }
    }
    expect(Math.abs(calls / rounds / layeredAttempts(failure, [3, 2]) - 1)).toBeLessThan(0.02);
    expect(Math.abs(calls / lowerCalls / meanAttempts(failure, 3) - 1)).toBeLessThan(0.02);
    expect(Math.abs(waitS / lowerCalls / meanBackoffS(failure, 3, baseS, capS) - 1)).toBeLessThan(0.03);
    expect(Math.abs(mended / rounds - retriedSuccessShare(failure, 11))).toBeLessThan(0.001);
  });

  it('is the sum of the powers, between one and all attempts', () => {
    fc.assert(
      fc.property(share, few, (failure, retries) => {
        let sum = 0;
        for (let i = 0; i <= retries; i++) sum += failure ** i;
        const attempts = meanAttempts(failure, retries);
        expect(attempts / sum).toBeCloseTo(1, 11);
        expect(meanAttempts(failure, retries + 1)).toBeGreaterThanOrEqual(attempts * (1 - 1e-12));
        const success = retriedSuccessShare(failure, retries);
        expect(success).toBeGreaterThanOrEqual(1 - failure - 1e-15);
        expect(success).toBeLessThanOrEqual(1);
        // What succeeds is attempts times the chance of one.
        expect(success).toBeCloseTo(attempts * (1 - failure), 11);
        // Where calls do not all fail, retrying in two places costs no more than in one place as often.
        const both = (retries + 1) * 3 - 1;
        expect(layeredAttempts(failure, [retries, 2]) / meanAttempts(failure, both)).toBeCloseTo(1, 10);
      }),
      { numRuns: 500 },
    );
    expect(layeredAttempts(0.3, [])).toBe(1);
    expect(meanAttempts(0, 5)).toBe(1);
    expect(meanAttempts(1 - 1e-13, 1e6)).toBeCloseTo(1_000_001, 0);
  });

  it('doubles the wait up to its ceiling', () => {
    expect([1, 2, 3, 4, 5].map((retry) => fullJitterMeanWaitS(0.05, 0.3, retry))).toEqual([
      0.025, 0.05, 0.1, 0.15, 0.15,
    ]);
    expect(meanBackoffS(1, 3, 0.05, Infinity)).toBeCloseTo(0.175, 12);
    expect(fullJitterMeanWaitS(0.05, 0, 1)).toBe(0);
    expect(meanBackoffS(0, 1000, 0.05, Infinity)).toBe(0);
    fc.assert(
      fc.property(share, few, fc.double({ min: 0, max: 5, noNaN: true }), (failure, retries, baseS) => {
        const wait = meanBackoffS(failure, retries, baseS, 2);
        expect(wait).toBeLessThanOrEqual((meanAttempts(failure, retries) - 1) * (1 + 1e-9) + 1e-12);
        expect(meanBackoffS(failure, retries + 1, baseS, 2)).toBeGreaterThanOrEqual(wait - 1e-15);
        expect(meanBackoffS(failure, retries, baseS, 3)).toBeGreaterThanOrEqual(wait - 1e-15);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses what it does not cover', () => {
    expect(() => meanAttempts(1.1, 1)).toThrow(RangeError);
    expect(() => meanAttempts(0.5, 1.5)).toThrow(RangeError);
    expect(() => retriedSuccessShare(-0.1, 1)).toThrow(RangeError);
    expect(() => layeredAttempts(0.5, [1, -1])).toThrow(RangeError);
    expect(() => layeredAttempts(NaN, [])).toThrow(RangeError);
    expect(() => fullJitterMeanWaitS(1, 1, 0)).toThrow(RangeError);
    expect(() => fullJitterMeanWaitS(1, NaN, 1)).toThrow(RangeError);
    expect(() => fullJitterMeanWaitS(1, 1, 1001)).toThrow(RangeError);
    expect(() => meanBackoffS(0.5, 1001, 1, 1)).toThrow(RangeError);
  });
});
