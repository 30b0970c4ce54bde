import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isIsoTime, isoAfter, isoDuration } from './isoTime.ts';

it('writes spans as ISO 8601', () => {
  const spans = [0, 0.5, 1, 59.999, 60, 61.25, 1180, 3600, 3661, 90_000, -1];
  expect(spans.map(isoDuration).join(' ')).toBe(
    'PT0S PT0.5S PT1S PT59.999S PT1M PT1M1.25S PT19M40S PT1H PT1H1M1S PT25H PT0S',
  );
});

it('counts on from a moment as the machine does', () => {
  const dates = fc.date({
    min: new Date('1600-01-01T00:00:00Z'),
    max: new Date('9000-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(dates, fc.integer({ min: 0, max: 40_000_000_000 }), (date, ms) => {
      expect(isoAfter(date.toISOString(), ms / 1000)).toBe(new Date(date.getTime() + ms).toISOString());
    }),
  );
  expect(isoAfter('2024-02-28T23:59:59Z', 1)).toBe('2024-02-29T00:00:00.000Z');
});

it('leaves alone what is no moment', () => {
  expect(isoAfter('yesterday', 5)).toBe('yesterday');
  expect([
    isIsoTime('2026-01-31T10:00:00.000Z'),
    isIsoTime('2026-01-31'),
    isIsoTime('2026-01-31T10:00:00+01:00'),
  ]).toEqual([true, false, false]);
});
