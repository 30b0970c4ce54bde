import { applyPatch } from '../scenario/patch.ts';
import { readScenario } from '../scenario/readScenario.ts';
import { listSettings, nearestSetting, readSetting } from '../scenario/settings.ts';
import { parseQuantity } from '../scenario/units.ts';
import { chartIds } from '../scenario/chartIds.ts';
import type { ScenarioInput } from '../scenario/schema.ts';
import type {
  DrillCheck,
  DrillRubric,
  DrillRun,
  DrillSolution,
  DrillStep,
  InterveneStep,
  ScoreStep,
  StepBase,
} from './Drill.ts';
import type { DrillReading, Place } from './DrillReading.ts';
import type { StepForm } from './drillSchema.ts';
import { readQuestion } from './readQuestion.ts';

/** Reads one step against the system. */
export function readStep(form: StepForm, at: Place, reading: DrillReading, base: ScenarioInput): DrillStep {
  const { id, limit, hints, interviewer } = form;
  const common: StepBase = {
    id,
    limitS: limit / 1e6,
    points: 0,
    hints: hints.map(({ text, cost, after }) => ({ text, cost, afterS: (after ?? 0) / 1e6 })),
    ...(interviewer === undefined
      ? {}
      : { interviewer: { listenFor: interviewer.listen_for, note: interviewer.note } }),
  };
  const step = ofKind(form, common, at, reading, base);
  hints.forEach(({ cost }, index) => {
    if (cost > step.points)
      reading.say(
        [...at, 'hints', index, 'cost'],
        'value',
        `found ${cost}, expected at most the ${step.points} points of the step`,
      );
  });
  return step;
}

function ofKind(form: StepForm, common: StepBase, at: Place, reading: DrillReading, base: ScenarioInput): DrillStep {
  switch (form.kind) {
    case 'brief':
      return { ...common, kind: 'brief', text: form.text };
    case 'predict':
    case 'ask': {
      const question = readQuestion(form, at, reading);
      return { ...common, kind: form.kind, points: question.points, question };
    }
    case 'observe':
      return readObserve(form, common, at, reading);
    case 'intervene':
      return readIntervene(form, common, at, reading, base);
    case 'explain': {
      const { ask, answer } = form;
      const rubric = readRubric(form.rubric);
      const points = sumOf(rubric);
      return { ...common, kind: 'explain', ask, points, rubric, answer: { type: 'text', minWords: answer.min_words } };
    }
    case 'talk': {
      const rubric = readRubric(form.rubric);
      return { ...common, kind: 'talk', text: form.text, points: sumOf(rubric), rubric };
    }
    default:
      return readScore(form, common, at, reading);
  }
}

function readObserve(
  form: Extract<StepForm, { kind: 'observe' }>,
  common: StepBase,
  at: Place,
  reading: DrillReading,
): DrillStep {
  const { text, ask, answer } = form;
  const step = { ...common, kind: 'observe' as const, text, run: readRun(form.run, [...at, 'run'], reading) };
  if (ask === undefined && answer === undefined) {
    if (form.points > 0)
      reading.say([...at, 'points'], 'value', 'found points without a question, expected one to ask');
    return step;
  }
  if (ask === undefined || answer === undefined) {
    reading.say(
      at,
      'value',
      `found ${ask === undefined ? 'an answer without ask' : 'ask without an answer'}, expected both or neither`,
    );
    return step;
  }
  const question = readQuestion({ ...form, kind: 'ask', ask, answer }, at, reading);
  return { ...step, points: question.points, question };
}

function readRun(form: Extract<StepForm, { kind: 'observe' }>['run'], at: Place, reading: DrillReading): DrillRun {
  const { duration, view } = reading.scenario;
  const toUs = form.to === undefined ? duration : (reading.time(form.to, [...at, 'to']) ?? duration);
  if (toUs > duration || toUs === 0)
    reading.say(
      [...at, 'to'],
      'value',
      `found ${JSON.stringify(form.to)}, expected a time within the clock of the drill`,
    );
  form.show.forEach((text, index) => {
    const charts: readonly string[] = chartIds;
    if (!charts.includes(text)) reading.expression(text, [...at, 'show', index]);
  });
  return { toUs, speed: form.speed ?? view.speed, show: form.show };
}

function readIntervene(
  form: Extract<StepForm, { kind: 'intervene' }>,
  common: StepBase,
  at: Place,
  reading: DrillReading,
  base: ScenarioInput,
): InterveneStep {
  const { task, attempts, allow } = form;
  const known = listSettings(reading.scenario).map(({ path }) => path);
  allow.forEach((path, index) => {
    if (known.includes(path)) return;
    const message = `found no setting "${path}", expected one like cache.ttl`;
    reading.say([...at, 'allow', index], 'value', message, nearestSetting(path, reading.scenario));
  });
  const checks = form.checks.flatMap((check, index) => readCheck(check, [...at, 'checks', index], reading));
  const points = sumOf(form.checks);
  const solutions = Object.entries(form.solutions).map(([name, { set }]): DrillSolution => {
    readSettings(set, allow, base, [...at, 'solutions', name, 'set'], reading);
    return { name, set };
  });
  if (solutions.length === 0 && !reading.isScript)
    reading.say([...at, 'solutions'], 'value', 'found no solution, expected at least one');
  const run = readRun(form.run, [...at, 'run'], reading);
  return { ...common, kind: 'intervene', points, task, attempts, allow, run, checks, solutions };
}

type CheckForm = Extract<StepForm, { kind: 'intervene' }>['checks'][number];

function readCheck(form: CheckForm, at: Place, reading: DrillReading): DrillCheck[] {
  const { id, expect, from = '', points, gate, secret, seeds, fail } = form;
  const check = reading.check(expect, [...at, 'expect'], { from, isPublic: !secret });
  if (gate && points > 0) reading.say([...at, 'points'], 'value', 'found points for a gate, expected none');
  for (const [hole] of fail.matchAll(/\{[^}]*\}/g)) {
    if (hole === '{observed}' || hole === '{at}') continue;
    reading.say([...at, 'fail'], 'value', `found ${hole.slice(0, 40)}, expected {observed} or {at}`);
  }
  return check === undefined ? [] : [{ id, text: expect, check, from, points, gate, secret, seeds, fail }];
}

/** Settings of a solution or of a scripted learner: such that the learner may change, with values that they can have. */
export function readSettings(
  set: Readonly<Record<string, string | number | boolean>>,
  allow: readonly string[],
  base: ScenarioInput,
  at: Place,
  reading: DrillReading,
): void {
  const before = reading.problems.length;
  for (const [path, written] of Object.entries(set)) {
    if (!reading.known('allowed setting', path, allow, [...at, path], 'key')) continue;
    const read = readSetting(path, written);
    if ('problem' in read) reading.say([...at, path], 'value', read.problem.message, read.problem.nearest);
  }
  const whole = readScenario(applyPatch(base, set));
  if (reading.problems.length > before || 'scenario' in whole) return;
  for (const { path, message } of whole.problems)
    reading.say(at, 'key', `with these settings, ${path === '' ? 'the system' : path}: ${message}`);
}

function readRubric(
  form: readonly { id: string; title?: string; points: number; levels?: Partial<Record<1 | 2 | 3 | 4, string>> }[],
): DrillRubric[] {
  return form.map(({ id, title, points, levels }) => {
    const known = ([4, 3, 2, 1] as const).flatMap((level) => {
      const text = levels?.[level];
      return text === undefined ? [] : [{ level, text }];
    });
    return { id, title: title ?? id, points, ...(levels === undefined ? {} : { levels: known }) };
  });
}

function sumOf(lines: readonly { points: number }[]): number {
  return lines.reduce((sum, { points }) => sum + points, 0);
}

function readScore(
  form: Extract<StepForm, { kind: 'score' }>,
  common: StepBase,
  at: Place,
  reading: DrillReading,
): ScoreStep {
  const share = (written: string | number, place: Place): number => {
    const value = parseQuantity('share', written);
    if (value !== undefined && value >= 0 && value <= 1) return value;
    reading.say(place, 'value', `found ${JSON.stringify(written)}, expected a share from 0% to 100%`);
    return 0;
  };
  const { total, step, rubric } = form.pass;
  const steps = Object.entries(step).map(([id, floor]) => [id, share(floor, [...at, 'pass', 'step', id])] as const);
  return {
    ...common,
    kind: 'score',
    pass: { total: share(total, [...at, 'pass', 'total']), steps: Object.fromEntries(steps), rubric },
    reveal: form.reveal,
  };
}
