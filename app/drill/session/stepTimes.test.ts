import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SheetAct, SheetEvent } from './SheetAct.ts';
import { limitOf, spentAt, stepTimes } from './stepTimes.ts';

const log = (...acts: [atMs: number, act: SheetAct][]): SheetEvent[] =>
  acts.map(([atMs, act], n) => ({ from: 'a', n, atMs, act }));
const begin: SheetAct = {
  do: 'begin',
  seed: 1,
  interview: false,
  pace: '1.5',
  startedAt: '2026-11-21T11:00:00Z',
};

it('counts the time at a step, without its pauses', () => {
  const events = log(
    [0, begin],
    [0, { do: 'goto', step: 'a' }],
    [10_000, { do: 'pause' }],
    [60_000, { do: 'resume' }],
    [65_000, { do: 'goto', step: 'b' }],
  );
  const times = stepTimes(events, false);
  expect(spentAt(times, 'a', 100_000)).toBe(15_000);
  expect(spentAt(times, 'b', 70_000)).toBe(5000);
  expect(spentAt(stepTimes(events, true), 'a', 100_000)).toBe(65_000);
});

it('does not count what passed while the page was closed, unless the drill is strict', () => {
  const events = log([0, begin], [0, { do: 'goto', step: 'a' }], [90_000, { do: 'away', ms: 80_000 }]);
  expect(spentAt(stepTimes(events, false), 'a', 100_000)).toBe(20_000);
  expect(spentAt(stepTimes(events, true), 'a', 100_000)).toBe(100_000);
});

it('one setting stretches every limit, and an interviewer may add to it', () => {
  const events = log([0, begin], [0, { do: 'goto', step: 'a' }], [1, { do: 'extend', step: 'a', ms: 60_000 }]);
  expect(limitOf(stepTimes(events, false), 'a', 120_000)).toBe(240_000);
  expect(limitOf(stepTimes(events, false), 'b', 120_000)).toBe(180_000);
  const none = stepTimes([...events, ...log([2, { do: 'pace', pace: 'none' }])], false);
  expect(limitOf(none, 'a', 120_000)).toBe(Number.POSITIVE_INFINITY);
});

it('never counts more than has passed, nor less than nothing, whatever is pressed', () => {
  const act = fc.oneof(
    fc.constantFrom('a', 'b').map((step): SheetAct => ({ do: 'goto', step })),
    fc.constant<SheetAct>({ do: 'pause' }),
    fc.constant<SheetAct>({ do: 'resume' }),
    fc.integer({ min: 0, max: 5000 }).map((ms): SheetAct => ({ do: 'away', ms })),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 2000 }), act), { maxLength: 40 }),
      fc.boolean(),
      (steps, strict) => {
        let atMs = 0;
        const events = log(...steps.map(([gapMs, one]): [number, SheetAct] => [(atMs += gapMs), one]));
        const times = stepTimes(events, strict);
        const sum = spentAt(times, 'a', atMs) + spentAt(times, 'b', atMs);
        expect(sum).toBeGreaterThanOrEqual(0);
        expect(sum).toBeLessThanOrEqual(atMs);
      },
    ),
  );
});
