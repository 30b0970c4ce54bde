import type { Drill } from '../../drill/Drill.ts';
import { createLog, type DrillLog, type SettingsPatch } from '../../drill/DrillLog.ts';
import type { Learner } from './Learner.ts';
import { type GradedRun, runAttempt, type Untouched } from './runAttempt.ts';

/** When scripted learners begin: any moment will do, as long as it is always the same. */
const startedAt = '2026-01-01T09:00:00.000Z';

/**
 * Plays a drill as a scripted learner does: one attempt at every task, every step to its limit. Time is made up, so the same
 * learner leaves the same log. @param known runs that need not be run again
 */
export function playDrill(
  drill: Drill,
  learner: Learner,
  untouched: Untouched,
  seed: number,
  known?: Map<string, GradedRun>,
): DrillLog {
  const log = createLog({ seed, mode: 'solo', startedAt, status: 'completed', truths: untouched.truths });
  let atS = 0;
  for (const step of drill.steps) {
    const endS = atS + step.limitS;
    log.steps.push({ id: step.id, startS: atS, endS });
    const opened = Object.hasOwn(learner.hints, step.id) ? learner.hints[step.id] : 0;
    for (let n = 1; n <= opened; n++)
      log.hints.push({ step: step.id, n, atS: Math.min(endS, atS + step.hints[n - 1].afterS) });
    if (Object.hasOwn(learner.answers, step.id))
      log.answers.push({ step: step.id, value: learner.answers[step.id], atS: endS });
    if (step.kind === 'intervene') {
      const set: SettingsPatch = Object.hasOwn(learner.settings, step.id) ? learner.settings[step.id] : {};
      const commands = Object.keys(set).length === 0 ? [] : [{ us: 0, set }];
      const outcome = runAttempt(drill, step, commands, seed, known);
      log.attempts.push({ step: step.id, attempt: 1, atS, commands, outcome });
    }
    atS = endS;
  }
  for (const [id, level] of Object.entries(learner.rubric)) log.rubric.push({ id, level, by: 'self', atS });
  return log;
}
