import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatClock,
  formatCount,
  formatDurationUs,
  formatNumber,
  formatRate,
  formatShare,
} from './format.ts';

/** Thin spaces as underscores, so that the expectations can be read. */
const plain = (text: string) => text.replaceAll('\u202f', '_');

describe('formatDurationUs', () => {
  it.each([
    [0, '0_s'],
    [1, '1_µs'],
    [999, '999_µs'],
    [999.9, '1_ms'],
    [1_000, '1_ms'],
    [152_800, '153_ms'],
    [1_250_000, '1.25_s'],
    [999_999, '1_s'],
    [60_000_000, '1_min'],
    [80_000_000, '80_s'],
    [150_000_000, '2.5_min'],
    [300_000_000, '5_min'],
    [5_400_000_000, '1.5_h'],
    [2_592_000_000_000, '30_d'],
    [Number.POSITIVE_INFINITY, 'none'],
    [Number.NaN, '–'],
  ])('writes %d µs as %s', (us, text) => {
    expect(plain(formatDurationUs(us))).toBe(text);
  });

  it('keeps three significant digits at any size', () => {
    const perUnit: Record<string, number> = { µs: 1, ms: 1e3, s: 1e6, min: 60e6, h: 3600e6, d: 86400e6 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_592_000_000_000 }), (us) => {
        const [amount, unit] = plain(formatDurationUs(us)).split(/_(?=\D)/);
        const back = Number(amount.replaceAll('_', '')) * perUnit[unit];
        expect(Math.abs(back - us) / us).toBeLessThanOrEqual(0.00501);
      }),
    );
  });
});

it.each([
  [0, '0_/s'],
  [0.5, '0.5_/s'],
  [74.2, '74.2_/s'],
  [1200, '1_200_/s'],
  [1234, '1_230_/s'],
  [2_500_000, '2.5_M/s'],
])('writes %d a second as %s', (rate, text) => {
  expect(plain(formatRate(rate))).toBe(text);
});

describe('formatShare', () => {
  it.each([
    [0, '0_%'],
    [1, '100_%'],
    [0.938, '93.8_%'],
    [0.021, '2.1_%'],
    [0.99, '99_%'],
    [0.99999, '>_99.9_%'],
    [0.00001, '<_0.01_%'],
    [Number.NaN, '–'],
  ])('writes %d as %s', (share, text) => {
    expect(plain(formatShare(share))).toBe(text);
  });

  it('says 100 % only of everything and 0 % only of nothing', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true }), (share) => {
        expect(['100_%', '0_%']).not.toContain(plain(formatShare(share)));
      }),
    );
  });
});

it.each([
  [0, '0'],
  [948, '948'],
  [1234, '1_234'],
  [999_999, '999_999'],
  [1_234_567, '1.23_M'],
  [2.345, '2.35'],
])('counts %d as %s', (count, text) => {
  expect(plain(formatCount(count))).toBe(text);
});

it('writes sizes in units of 1024', () => {
  expect(plain(formatBytes(200))).toBe('200_B');
  expect(plain(formatBytes(65_536))).toBe('64_kB');
  expect(plain(formatBytes(1.5 * 1024 ** 3))).toBe('1.5_GB');
});

it('writes plain numbers without exponents', () => {
  expect(formatNumber(0.99)).toBe('0.99');
  expect(formatNumber(0.000123)).toBe('0.000123');
  expect(formatNumber(-2.5)).toBe('-2.5');
});

describe('formatClock', () => {
  it('counts from the start of the scenario’s day', () => {
    expect(formatClock(7_152_000, '11:00:00')).toBe('11:00:07.152');
    expect(formatClock(0, '10:58:00')).toBe('10:58:00.000');
  });

  it('goes past midnight', () => {
    expect(plain(formatClock(2_000_000, '23:59:59'))).toBe('1_d 00:00:01.000');
  });

  it('starts at zero without a clock, and shows hours once there are any', () => {
    expect(formatClock(7_152_999)).toBe('00:07.152');
    expect(formatClock(3_661_000_000)).toBe('01:01:01.000');
  });
});
