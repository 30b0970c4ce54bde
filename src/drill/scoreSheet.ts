import { answerPoints } from './answerPoints.ts';
import type { AnswerValue, Drill, DrillQuestion, DrillStep, InterveneStep } from './Drill.ts';
import type { AttemptLog, AttemptOutcome, DrillLog, RubricGiven } from './DrillLog.ts';
import type { FloorScore, ScoreSheet, StepScore } from './DrillResult.ts';
import { questionOf, rubricOf } from './partsOf.ts';

/** What an attempt brings: the points of its checks that passed, or nothing where a gate did not. */
export function attemptPoints(step: InterveneStep, outcome: AttemptOutcome | undefined): number {
  const passed = new Set(outcome?.checks.filter(({ status }) => status === 'pass').map(({ id }) => id));
  if (step.checks.some(({ id, gate }) => gate && !passed.has(id))) return 0;
  return step.checks.reduce((sum, { id, points }) => sum + (passed.has(id) ? points : 0), 0);
}

/** The attempt that counts: the first of those that brought most; undefined before any. */
export function bestAttempt(step: InterveneStep, log: DrillLog): AttemptLog | undefined {
  let best: AttemptLog | undefined;
  for (const attempt of log.attempts) {
    if (attempt.step !== step.id || attempt.attempt > step.attempts || attempt.outcome === undefined) continue;
    if (best === undefined || attemptPoints(step, attempt.outcome) > attemptPoints(step, best.outcome)) best = attempt;
  }
  return best;
}

/** The answer that counts: the last one given. */
export function answerOf(log: DrillLog, step: string): DrillLog['answers'][number] | undefined {
  return log.answers.filter((answer) => answer.step === step).at(-1);
}

/** The right answer as far as it is known. */
export function truthOf(question: DrillQuestion, step: string, log: DrillLog): AnswerValue | undefined {
  if (question.correct !== undefined) return question.correct;
  const found = Object.hasOwn(log.truths, step) ? log.truths[step] : undefined;
  return found?.status === 'found' ? found.value : undefined;
}

/** The level that counts for a line of a rubric: the last one given. */
export function levelOf(log: DrillLog, line: string): RubricGiven | undefined {
  return log.rubric.filter(({ id }) => id === line).at(-1);
}

/** Points for a level of a rubric's line. */
export function rubricPoints(points: number, level: number | undefined): number {
  return level === undefined ? 0 : (points * level) / 4;
}

/** The hints of a step that were opened, each once. */
export function hintsOf(log: DrillLog, { id, hints }: DrillStep): DrillLog['hints'] {
  const own = log.hints.filter(({ step, n }) => step === id && hints[n - 1] !== undefined);
  return own.filter(({ n }, index) => own.findIndex((other) => other.n === n) === index);
}

/**
 * The score sheet of a log, at any moment: answers, best attempts, rubric, hints, floors. While lines of a rubric are missing
 * it neither passes nor fails, unless not even the best levels for them could make it pass.
 */
export function scoreSheet(drill: Drill, log: DrillLog): ScoreSheet {
  const { steps, totals, floors } = sheetOf(drill, log);
  const incomplete = drill.steps.flatMap(rubricOf).flatMap(({ id }) => (levelOf(log, id) === undefined ? [id] : []));
  const met = floors.every((floor) => floor.met);
  if (incomplete.length === 0) return { steps, totals: { ...totals, pass: met }, floors, incomplete };
  const best = incomplete.map((id) => ({ id, level: 4, by: 'self' as const, atS: 0 }));
  const isLost = sheetOf(drill, { ...log, rubric: [...log.rubric, ...best] }).floors.some((floor) => !floor.met);
  return { steps, totals: { ...totals, pass: isLost ? false : null }, floors, incomplete };
}

function sheetOf(drill: Drill, log: DrillLog) {
  const steps = drill.steps.map((step) => stepScore(step, log));
  const sum = (of: (step: StepScore) => number): number => steps.reduce((all, step) => all + of(step), 0);
  const totals = {
    auto: sum(({ auto }) => auto),
    human: sum(({ human }) => human),
    hints: sum(({ hints }) => hints),
    total: sum(({ points }) => points),
    max: sum(({ max }) => max),
  };
  return { steps, totals, floors: floorsOf(drill, log, steps, totals.total, totals.max) };
}

function stepScore(step: DrillStep, log: DrillLog): StepScore {
  const question = questionOf(step);
  const auto =
    step.kind === 'intervene'
      ? attemptPoints(step, bestAttempt(step, log)?.outcome)
      : question === undefined
        ? 0
        : answerPoints(question, answerOf(log, step.id)?.value, truthOf(question, step.id, log));
  const human = rubricOf(step).reduce((sum, { id, points }) => sum + rubricPoints(points, levelOf(log, id)?.level), 0);
  const cost = hintsOf(log, step).reduce((sum, { n }) => sum + step.hints[n - 1].cost, 0);
  // Hints take away what there is and no more.
  const hints = 0 - Math.min(cost, auto + human);
  return { id: step.id, kind: step.kind, auto, human, hints, points: auto + human + hints, max: step.points };
}

function floorsOf(drill: Drill, log: DrillLog, steps: readonly StepScore[], total: number, max: number): FloorScore[] {
  const last = drill.steps[drill.steps.length - 1];
  if (last.kind !== 'score') return [];
  const { pass } = last;
  const floor = (name: string, needed: number, reached: number): FloorScore => ({
    name,
    needed,
    reached,
    met: reached >= needed,
  });
  const floors = [floor('total', pass.total, max === 0 ? 0 : total / max)];
  for (const { id, points, max: most } of steps)
    if (Object.hasOwn(pass.steps, id)) floors.push(floor(`step ${id}`, pass.steps[id], most === 0 ? 0 : points / most));
  const lines = drill.steps.flatMap(rubricOf);
  if (pass.rubric > 0 && lines.length > 0) {
    const levels = lines.map(({ id }) => levelOf(log, id)?.level ?? 0);
    floors.push(floor('rubric', pass.rubric, Math.min(...levels)));
  }
  return floors;
}
