import { type AttemptOutcome, type Drill, stepOf } from '../../../src/drills.ts';

/** What came of an attempt, as far as a candidate may know it before the sheet is shown. */
export function publicOutcome(drill: Drill, step: string, outcome: AttemptOutcome): AttemptOutcome {
  const task = stepOf(drill, step);
  const secret = new Set(
    task.kind === 'intervene' ? task.checks.filter((check) => check.secret).map(({ id }) => id) : [],
  );
  return { ...outcome, checks: outcome.checks.filter(({ id }) => !secret.has(id)) };
}
