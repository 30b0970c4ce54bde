import type { Drill } from '../../drill/Drill.ts';
import type { DrillCommand, DrillLog } from '../../drill/DrillLog.ts';
import { readDrill } from '../../drill/readDrill.ts';
import { smallDrill } from '../../drill/smallDrill.ts';
import { playDrill } from './playDrill.ts';
import { runAttempt, runUntouched } from './runAttempt.ts';

/** The small drill of the tests, played by somebody who needs two attempts, opens a hint and changes a setting on the way. */
export function playedDrill(): { drill: Drill; log: DrillLog } {
  const read = readDrill(smallDrill, 'small-rush.drill.yaml');
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const { drill } = read;
  const log = playDrill(
    drill,
    {
      answers: {
        guess: 20,
        order: ['all', 'hits', 'db'],
        which: 'no',
        watch: 'a',
        cost: 60,
        why: 'They | all *missed* <b>at once</b>.',
      },
      settings: { fix: { 'protect.singleFlight': true } },
      rubric: { mechanism: 3, watching: 4 },
      hints: { fix: 2 },
    },
    runUntouched(drill, 7),
    7,
  );
  const task = drill.steps.find(({ id }) => id === 'fix');
  if (task?.kind !== 'intervene') throw new Error('no task');
  const commands: DrillCommand[] = [
    { us: 0, set: { 'protect.singleFlight': true } },
    { us: 2_500_000, set: { 'protect.stale': '30s' } },
  ];
  log.attempts.push({
    step: 'fix',
    attempt: 2,
    atS: 700.1234,
    commands,
    outcome: runAttempt(drill, task, commands, 7),
  });
  log.answers[0].confidence = 'fairly';
  log.notes.push({ atS: 12.5, text: 'Asked for the rebuild time.' });
  log.learner = 'opaque-1';
  log.startedAt = '2026-02-28T23:50:00.000Z';
  return { drill, log };
}
