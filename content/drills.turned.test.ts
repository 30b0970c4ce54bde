import { beforeAll, describe, expect, it } from 'vitest';
import { type Drill, type DrillResult, markdownOf, readDrill, resultOf } from '../src/drills.ts';
import { smallDrill } from '../src/drill/smallDrill.ts';
import { runAttempt, runUntouched } from '../src/host/drill/runAttempt.ts';
import { readResult } from '../src/host/drill/resultSchema.ts';
import { verifyResult } from '../src/host/drill/verifyResult.ts';
import { drillLogOf } from '../app/drill/session/drillLogOf.ts';
import { eventsOf } from '../app/drill/session/eventsOf.ts';
import type { SheetAct, SheetEvent } from '../app/drill/session/SheetAct.ts';
import { readEvents } from '../app/drill/session/sheetSchema.ts';

let drill: Drill;
beforeAll(() => {
  const read = readDrill(smallDrill, 'small-rush.drill.yaml');
  if ('problems' in read) throw new Error('the small drill is broken');
  ({ drill } = read);
});

/** An attempt begun with nothing set, in which both cures are turned on at one moment of the run. */
function sheet(turnedUs: number): SheetEvent[] {
  const acts: SheetAct[] = [
    { do: 'begin', seed: 7, interview: false, pace: '1', startedAt: '2026-11-21T10:00:00.000Z' },
    { do: 'goto', step: 'fix' },
    { do: 'attempt', step: 'fix', n: 1, set: {} },
    { do: 'turn', step: 'fix', n: 1, atUs: turnedUs, set: { 'protect.singleFlight': true } },
    { do: 'turn', step: 'fix', n: 1, atUs: turnedUs, set: { 'protect.stale': '30s' } },
    { do: 'ran', step: 'fix', n: 1 },
    { do: 'goto', step: 'sheet' },
    { do: 'finish', status: 'completed' },
  ];
  return acts.map((act, n) => ({ from: 'a', n, atMs: n * 1000, act }));
}

/** The result of such a sheet, judged as the page judges it, and through its file. */
function played(events: readonly SheetEvent[]): DrillResult {
  const log = drillLogOf(events, 'solo');
  const task = drill.steps.find(({ id }) => id === 'fix');
  if (log === undefined || task?.kind !== 'intervene') throw new Error('no task');
  const [attempt] = log.attempts;
  attempt.outcome = runAttempt(drill, task, attempt.commands, log.seed);
  log.truths = runUntouched(drill, log.seed).truths;
  const read = readResult(JSON.stringify(resultOf(drill, log)), 'result.json');
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.result;
}

const statusOf = ({ checks }: DrillResult, id: string) => checks.find((check) => check.id === id)?.status;

// The entry ends at 6 s of the run, and everybody asks the database from then on.
const inTimeUs = 3_000_000;
const tooLateUs = 7_000_000;

describe('settings that are turned while an attempt runs', () => {
  it('count from their moment on: in time they save the run, too late they do not', () => {
    const saved = played(sheet(inTimeUs));
    expect([statusOf(saved, 'peak'), statusOf(saved, 'honest')]).toEqual(['pass', 'pass']);
    // What was stored before old pages were kept ends at its time; what is stored after it lives on.
    expect([statusOf(saved, 'fast'), statusOf(saved, 'later')]).toEqual(['fail', 'pass']);
    const lost = played(sheet(tooLateUs));
    expect(statusOf(lost, 'peak')).toBe('fail');
    expect(lost.attempts[0].hash).not.toBe(saved.attempts[0].hash);
  });

  it('stand in the file with their times, which verify bears out and whoever changes them is found out', () => {
    const lost = played(sheet(tooLateUs));
    expect(lost.commands.map(({ t, us, attempt }) => [t, us, attempt])).toEqual([
      ['10:59:57', tooLateUs, 1],
      ['10:59:57', tooLateUs, 1],
    ]);
    expect(markdownOf(lost)).toContain('attempt 1: from 10:59:57 `protect.singleFlight = true`');
    expect(verifyResult(lost, drill).differences).toEqual([]);
    const earlier = { ...lost, commands: lost.commands.map((command) => ({ ...command, us: inTimeUs })) };
    expect(verifyResult(earlier, drill).differences.map(({ path }) => path)).toContain('attempts[0].hash');
    const fromStart = { ...lost, commands: lost.commands.map((command) => ({ ...command, us: 0 })) };
    expect(verifyResult(fromStart, drill).differences).not.toEqual([]);
  });

  it('are the same run when the file is opened in another window', () => {
    const own = played(sheet(inTimeUs));
    const log = drillLogOf(sheet(inTimeUs), 'solo');
    if (log === undefined) throw new Error('no log');
    expect(played(eventsOf(log)).attempts[0].hash).toBe(own.attempts[0].hash);
  });

  it('are read from storage and other windows, but not at a time before the run or within a microsecond', () => {
    expect(readEvents(sheet(inTimeUs))).toEqual(sheet(inTimeUs));
    for (const atUs of [0, -1, 1.5, Number.NaN]) expect(readEvents(sheet(atUs))).toBeUndefined();
  });
});
