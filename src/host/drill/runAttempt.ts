import type { Drill, InterveneStep } from '../../drill/Drill.ts';
import type { AttemptOutcome, CheckOutcome, DrillCommand, TruthFound } from '../../drill/DrillLog.ts';
import { gradeRun, truthIn, unsteadyIn } from '../../drill/gradeRun.ts';
import { questionOf } from '../../drill/partsOf.ts';
import { scenarioOfAttempt, scenarioOfDrill } from '../../drill/scenarioOfDrill.ts';
import { runToEnd } from './runToEnd.ts';

/** What the untouched run says. */
export interface Untouched {
  /** By id of step. */
  truths: Record<string, TruthFound>;
  /** Steady conditions that do not hold: mistakes of the script. */
  unsteady: string[];
  hash: string;
}

/** Runs the system without anybody's help, for what is right about each question. @throws whatever breaks the engine. */
export function runUntouched(drill: Drill, seed: number): Untouched {
  const { reader, hash } = runToEnd(scenarioOfDrill(drill, seed), []);
  const truths: Record<string, TruthFound> = {};
  for (const step of drill.steps) {
    const question = questionOf(step);
    if (question?.correct !== undefined || question?.truth !== undefined)
      truths[step.id] = truthIn(drill, question, reader);
  }
  return { truths, unsteady: unsteadyIn(drill, reader), hash };
}

/** One run of an attempt, graded. */
export interface GradedRun {
  checks: CheckOutcome[];
  hash: string;
}

/**
 * Runs an attempt on a seed and grades it; a check that names further seeds must hold on them too, and its outcome is that
 * of the first seed on which it does not pass.
 * @param known what such runs came to before, filled here: the same commands on the same seed are not run again
 * @throws Error for settings that the system cannot have, or a broken engine.
 */
export function runAttempt(
  drill: Drill,
  step: InterveneStep,
  commands: readonly DrillCommand[],
  seed: number,
  known = new Map<string, GradedRun>(),
): AttemptOutcome {
  const graded = (one: number): GradedRun => {
    const name = `${step.id} ${one} ${JSON.stringify(commands)}`;
    const run = known.get(name) ?? gradedRun(drill, step, commands, one);
    known.set(name, run);
    return run;
  };
  const { hash } = graded(seed);
  const checks = step.checks.map((check, index) => {
    const seeds = [seed, ...check.seeds];
    const failed = seeds.find((one) => graded(one).checks[index].status !== 'pass');
    return graded(failed ?? seed).checks[index];
  });
  return { checks, hash };
}

function gradedRun(drill: Drill, step: InterveneStep, commands: readonly DrillCommand[], seed: number): GradedRun {
  const { scenario, actions } = scenarioOfAttempt(drill, commands, seed);
  const { reader, hash } = runToEnd(scenario, actions);
  return { checks: gradeRun(drill, step, reader), hash };
}
