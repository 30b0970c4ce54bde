import type { AttemptOutcome, InterveneStep } from '../../src/drills.ts';
import { publicOutcome } from './judge/publicOutcome.ts';

/** How many checks of an attempt hold, of those that are told while the drill goes on: `3 of 4 checks hold`. */
export function sayHolding(step: InterveneStep, outcome: AttemptOutcome): string {
  const { checks } = publicOutcome(step, outcome);
  const holding = checks.filter(({ status }) => status === 'pass').length;
  return `${holding} of ${checks.length} checks hold`;
}
