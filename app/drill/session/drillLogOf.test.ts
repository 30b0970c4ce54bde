import { expect, it } from 'vitest';
import { commandsOf, drillLogOf } from './drillLogOf.ts';
import { eventsOf } from './eventsOf.ts';
import type { SheetAct, SheetEvent } from './SheetAct.ts';

const log = (...acts: [atS: number, act: SheetAct][]): SheetEvent[] =>
  acts.map(([atS, act], n) => ({ from: 'a', n, atMs: atS * 1000, act }));
const startedAt = '2026-11-21T10:00:00.000Z';
const begin: SheetAct = { do: 'begin', seed: 7, interview: true, pace: '1', startedAt };
const outcome = (id: string) => ({
  hash: 'h',
  checks: [
    {
      id,
      status: 'pass' as const,
      expect: '',
      seed: 7,
      observed: 1,
      unit: null,
      atUs: null,
      windowUs: null,
      message: '',
    },
  ],
});

const events = log(
  [0, begin],
  [0, { do: 'goto', step: 'guess' }],
  [5, { do: 'answer', step: 'guess', value: 300, confidence: 'fairly' }],
  [6, { do: 'pace', pace: '2' }],
  [7, { do: 'pace', pace: '1' }],
  [9, { do: 'goto', step: 'fix' }],
  [20, { do: 'attempt', step: 'fix', n: 1, set: { 'cache.ttl': '30s' } }],
  [22, { do: 'inject', step: 'fix', n: 1, id: 'slow', byScript: true, atUs: 5, action: { at: '5us', do: 'flush' } }],
  [22.5, { do: 'turn', step: 'fix', n: 1, atUs: 7, set: { 'cache.ttl': '10s' } }],
  [23, { do: 'inject', step: 'fix', n: 1, id: 'more', byScript: false, atUs: 9, action: { at: '9us', do: 'flush' } }],
  [25, { do: 'ran', step: 'fix', n: 1 }],
  [30, { do: 'judged', step: 'fix', n: 1, whole: true, outcome: outcome('secret') }],
  [31, { do: 'judged', step: 'fix', n: 1, whole: false, outcome: outcome('open') }],
  [32, { do: 'hint', step: 'fix', n: 1 }],
  [33, { do: 'hint', step: 'fix', n: 1 }],
  [34, { do: 'expired', step: 'fix' }],
  [40, { do: 'goto', step: 'sheet', skipped: true }],
  [50, { do: 'finish', status: 'completed' }],
);

it('turns what was done into the log from which all is scored', () => {
  const drillLog = drillLogOf(events, 'interviewer');
  expect(drillLog).toMatchObject({
    seed: 7,
    status: 'completed',
    // Who had more time for a while had it: the most is on the sheet.
    extraTime: 2,
    answers: [{ step: 'guess', value: 300, confidence: 'fairly', atS: 5 }],
    hints: [{ step: 'fix', n: 1, atS: 32 }],
  });
  expect(drillLog?.steps).toEqual([
    { id: 'guess', startS: 0, endS: 9 },
    { id: 'fix', startS: 9, endS: 40, expired: true, skipped: true },
    { id: 'sheet', startS: 40, endS: 50 },
  ]);
});

it('faults of the script are no commands: the whole drill has them in its run already', () => {
  const commands = [
    { us: 0, set: { 'cache.ttl': '30s' } },
    { us: 7, set: { 'cache.ttl': '10s' } },
    { us: 9, inject: { at: '9us', do: 'flush' } },
  ];
  expect(commandsOf(events, 'fix', 1)).toEqual(commands);
  expect(drillLogOf(events, 'interviewer')?.attempts[0].commands).toEqual(commands);
});

it('what was judged with the key outweighs what everybody was told', () => {
  expect(drillLogOf(events, 'interviewer')?.attempts[0].outcome?.checks[0].id).toBe('secret');
});

it('a log that travelled as a file does the same as before, but for what runs said of it', () => {
  const before = drillLogOf(events, 'interviewer');
  if (before === undefined) throw new Error('no log');
  const after = drillLogOf(eventsOf(before), 'interviewer');
  expect(after?.answers).toEqual(before.answers);
  expect(after?.attempts.map(({ commands }) => commands)).toEqual(before.attempts.map(({ commands }) => commands));
  expect(after?.attempts[0].outcome).toBeUndefined();
  expect(after?.extraTime).toBe(2);
});
