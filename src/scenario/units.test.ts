import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayQuantity } from './displayQuantity.ts';
import { formatQuantity, parseQuantity } from './units.ts';

describe('quantities as people write them', () => {
  it.each([
    ['duration', '250ms', 250_000],
    ['duration', '30s', 30_000_000],
    ['duration', '1.5m', 90_000_000],
    ['duration', '2 h', 7_200_000_000],
    ['duration', '1d', 86_400_000_000],
    ['duration', '12µs', 12],
    ['duration', '12μs', 12],
    ['duration', '0', 0],
    ['duration', '1 200 ms', 1_200_000],
    ['duration', '1_200ms', 1_200_000],
    ['duration', '1\u202f200\u00a0ms', 1_200_000],
    ['rate', '400/s', 400],
    ['rate', '90 /min', 1.5],
    ['rate', '7200/h', 2],
    ['share', '2%', 0.02],
    ['share', 0.02, 0.02],
    ['size', '4kb', 4096],
    ['size', '1.5MB', 1_572_864],
    ['count', '5000', 5000],
    ['number', '.99', 0.99],
  ] as const)('reads a %s %s', (kind, written, value) => {
    expect(parseQuantity(kind, written)).toBe(value);
  });

  it.each([
    ['duration', '30'],
    ['duration', '30 parsecs'],
    ['duration', ''],
    ['duration', '1e3s'],
    ['duration', '--1s'],
    ['duration', Number.NaN],
    ['duration', Number.POSITIVE_INFINITY],
    ['duration', `${'9'.repeat(50)}s`],
    ['rate', '400'],
    ['rate', '400/d'],
    ['size', '400'],
    ['count', '1.5'],
    ['count', '5 000 0'],
    ['number', '5x'],
    ['number', '0x10'],
  ] as const)('refuses as a %s %s', (kind, written) => {
    expect(parseQuantity(kind, written)).toBeUndefined();
  });

  it('never gives minus zero, whose bits differ from those of zero', () => {
    for (const kind of ['duration', 'share', 'number', 'count'] as const)
      expect(Object.is(parseQuantity(kind, kind === 'duration' ? '-0s' : '-0'), 0)).toBe(true);
  });

  it('reads back exactly every duration, count and size that it wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 * 86_400_000_000 }), (value) => {
        for (const kind of ['duration', 'count', 'size'] as const)
          expect(parseQuantity(kind, formatQuantity(kind, value))).toBe(value);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('reads back rates and shares to three significant digits at least, however small', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: -9, max: 1 }), (digits, power) => {
        const value = Number(`${digits}e${power - 6}`);
        for (const kind of ['rate', 'share'] as const) {
          const back = parseQuantity(kind, formatQuantity(kind, value)) as number;
          expect(Math.abs(back - value) / value).toBeLessThanOrEqual(0.005);
        }
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});

describe('quantities as people read them', () => {
  it.each([
    ['duration', 300_000_000, '300 s'],
    ['duration', 0, '0 s'],
    ['duration', 250, '250 µs'],
    ['duration', 999_600, '1 s'],
    ['duration', 12_345, '12.3 ms'],
    ['duration', 7_200_000_000, '2 h'],
    ['duration', 2_592_000_000_000, '30 d'],
    ['duration', Number.POSITIVE_INFINITY, 'off'],
    ['rate', 1200, "1'200 /s"],
    ['rate', 1 / 60, '0.0167 /s'],
    ['share', 0.02, '2 %'],
    ['share', 0.07, '7 %'],
    ['size', 1024, '1 kB'],
    ['size', 0, '0 B'],
    ['size', 67_108_864, '64 MB'],
    ['number', 0.99, '0.99'],
    ['number', 0.0000001, '0.0000001'],
  ] as const)('shows a %s of %s as %s', (kind, value, shown) => {
    expect(displayQuantity(kind, value)).toBe(shown.replaceAll(' ', '\u00a0').replaceAll("'", '\u202f'));
  });

  it('counts in full, in the singular where there is one', () => {
    expect(displayQuantity('count', 1_234_567, 'entries')).toBe('1\u202f234\u202f567\u00a0entries');
    expect(displayQuantity('count', 1, 'entries')).toBe('1\u00a0entry');
    expect(displayQuantity('count', 1, 'servers')).toBe('1\u00a0server');
    expect(displayQuantity('count', 7)).toBe('7');
  });

  it('stays within half a percent of what it shows, and can be typed in again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 365 * 86_400_000_000 }), (value) => {
        const back = parseQuantity('duration', displayQuantity('duration', value)) as number;
        expect(Math.abs(back - value) / value).toBeLessThanOrEqual(0.0051);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });
});
