import type { CaseExpectation, DrillCase, DrillStep, ScoreStep } from './Drill.ts';
import type { DrillReading, Place } from './DrillReading.ts';
import type { DrillForm } from './drillSchema.ts';
import { rubricOf } from './partsOf.ts';

/** What must be right of a drill as a whole: ids, time, points, the score step, the scripted learners (if they could be read). */
export function applyRules(
  form: DrillForm,
  steps: readonly DrillStep[],
  cases: readonly DrillCase[] | undefined,
  reading: DrillReading,
): void {
  ids(steps, reading);
  const limitsS = steps.reduce((sum, { limitS }) => sum + limitS, 0);
  if (limitsS !== Math.round(form.minutes * 60e6) / 1e6)
    reading.say(
      ['minutes'],
      'value',
      `found ${form.minutes}, expected ${limitsS / 60}: the sum of the limits of the steps`,
    );
  const score = scoreStep(steps, reading);
  if (reading.isScript) return;
  const points = steps.reduce((sum, step) => sum + step.points, 0);
  if (Math.abs(points - 100) > 1e-9) reading.say(['steps'], 'key', `found ${points} points in all steps, expected 100`);
  if (score !== undefined && cases !== undefined) scriptedLearners(cases, score, reading);
}

/** Ids of steps, checks and rubric lines are one set of names: cases expect things of all of them. */
function ids(steps: readonly DrillStep[], reading: DrillReading): void {
  const seen = new Set(['total', 'pass']);
  const claim = (id: string, at: Place): void => {
    if (seen.has(id)) reading.say(at, 'value', `found the id ${id} a second time, expected it once`);
    seen.add(id);
  };
  steps.forEach((step, index) => {
    claim(step.id, ['steps', index, 'id']);
    if (step.kind === 'intervene') step.checks.forEach(({ id }, at) => claim(id, ['steps', index, 'checks', at, 'id']));
    rubricOf(step).forEach(({ id }, at) => claim(id, ['steps', index, 'rubric', at, 'id']));
  });
}

function scoreStep(steps: readonly DrillStep[], reading: DrillReading): ScoreStep | undefined {
  const last = steps.length - 1;
  steps.forEach((step, index) => {
    if (step.kind === 'score' && index < last)
      reading.say(
        ['steps', index, 'kind'],
        'value',
        'found a score step before the end, expected it once, as the last step',
      );
  });
  const score = steps[last];
  if (score.kind !== 'score') {
    reading.say(['steps', last, 'kind'], 'value', `found ${score.kind} as the last step, expected score`);
    return undefined;
  }
  for (const id of Object.keys(score.pass.steps)) {
    const at = ['steps', last, 'pass', 'step', id];
    const names = steps.filter(({ points }) => points > 0).map((step) => step.id);
    reading.known('step with points', id, names, at, 'key');
  }
  return score;
}

function scriptedLearners(cases: readonly DrillCase[], { pass }: ScoreStep, reading: DrillReading): void {
  const isShareOf = (one: CaseExpectation, signs: string): number | undefined =>
    one.of === 'total' && signs.includes(one.comparator) ? one.value / (one.isShare ? 1 : 100) : undefined;
  const passes = cases.some(({ expect }) =>
    expect.some((one) => (one.of === 'pass' && one.pass) || (isShareOf(one, '>=') ?? -1) >= pass.total),
  );
  const fails = cases.some(({ expect }) =>
    expect.some(
      (one) =>
        (one.of === 'pass' && !one.pass) ||
        (one.of === 'check' && one.status !== 'pass') ||
        (isShareOf(one, '<=') ?? 2) <= pass.total,
    ),
  );
  if (!passes) reading.say(['ci'], 'key', 'found no case that passes, expected at least one, like total: ">= 90%"');
  if (!fails) reading.say(['ci'], 'key', 'found no case that fails, expected at least one, like total: "< 30%"');
}
