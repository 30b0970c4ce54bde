import type { AttemptOutcome, InterveneStep } from '../../../src/drills.ts';

/** What came of an attempt, without the checks that are kept back until the sheet is shown. */
export function publicOutcome({ checks }: Pick<InterveneStep, 'checks'>, outcome: AttemptOutcome): AttemptOutcome {
  const secret = new Set(checks.filter((check) => check.secret).map(({ id }) => id));
  return { ...outcome, checks: outcome.checks.filter(({ id }) => !secret.has(id)) };
}
