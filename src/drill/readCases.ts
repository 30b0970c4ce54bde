import type { ScenarioInput } from '../scenario/schema.ts';
import { parseQuantity } from '../scenario/units.ts';
import type { CaseExpectation, DrillCase, DrillStep, InterveneStep } from './Drill.ts';
import type { DrillReading, Place } from './DrillReading.ts';
import type { DrillForm } from './drillSchema.ts';
import { questionOf, rubricOf } from './partsOf.ts';
import { valueFits } from './readQuestion.ts';
import { readSettings } from './readStep.ts';

type CaseForm = DrillForm['ci'][number];

/** Reads the scripted learners: every step, solution, rubric line and check they name is looked up. */
export function readCases(
  form: DrillForm,
  steps: readonly DrillStep[],
  base: ScenarioInput,
  reading: DrillReading,
): DrillCase[] {
  const tasks = steps.filter((step): step is InterveneStep => step.kind === 'intervene');
  const allow = [...new Set(tasks.flatMap((task) => task.allow))];
  const lines = steps.flatMap(rubricOf).map(({ id }) => id);
  const ids = steps.map(({ id }) => id);
  return form.ci.map((one, index): DrillCase => {
    const at = ['ci', index];
    readAnswers(one, steps, at, reading);
    readSettings(one.set, allow, base, [...at, 'set'], reading);
    for (const [id, name] of Object.entries(one.use)) {
      const place = [...at, 'use', id];
      const taskIds = tasks.map((task) => task.id);
      if (!reading.known('intervene step', id, taskIds, place, 'key')) continue;
      const names = tasks.find((task) => task.id === id)?.solutions.map((solution) => solution.name) ?? [];
      reading.known('solution', name, names, place, 'value');
    }
    for (const id of Object.keys(one.rubric)) reading.known('rubric line', id, lines, [...at, 'rubric', id], 'key');
    for (const [id, count] of Object.entries(one.hints)) {
      const place = [...at, 'hints', id];
      const step = reading.known('step', id, ids, place, 'key') ? steps.find((other) => other.id === id) : undefined;
      if (step !== undefined && count > step.hints.length)
        reading.say(place, 'value', `found ${count}, expected at most the ${step.hints.length} hints of the step`);
    }
    const { name, answers, set, use, rubric, hints } = one;
    return { name, answers, set, use, rubric, hints, expect: readExpectations(one, steps, [...at, 'expect'], reading) };
  });
}

function readAnswers({ answers }: CaseForm, steps: readonly DrillStep[], at: Place, reading: DrillReading): void {
  const asked = steps.filter((step) => questionOf(step) !== undefined || step.kind === 'explain');
  for (const [id, value] of Object.entries(answers)) {
    const place = [...at, 'answers', id];
    const names = asked.map((step) => step.id);
    const step = reading.known('step with a question', id, names, place, 'key') && asked.find((one) => one.id === id);
    const form = step && (step.kind === 'explain' ? step.answer : questionOf(step)?.answer);
    if (form) valueFits(value, form, place, reading);
  }
}

const words = 'expected pass, fail or nodata for a check, or points like "<= 5" or ">= 90%" for a step or the total';

function readExpectations(
  { expect }: CaseForm,
  steps: readonly DrillStep[],
  at: Place,
  reading: DrillReading,
): CaseExpectation[] {
  const checks = steps.flatMap((step) =>
    step.kind === 'intervene' ? step.checks.map(({ id }) => ({ id, step: step.id })) : [],
  );
  const names = ['total', 'pass', ...checks.map(({ id }) => id), ...steps.map(({ id }) => id)];
  if (Object.keys(expect).length === 0) reading.say(at, 'value', 'found nothing, expected at least one expectation');
  return Object.entries(expect).flatMap(([id, written]): CaseExpectation[] => {
    const place = [...at, id];
    if (!reading.known('step or check', id, names, place, 'key')) return [];
    const text = String(written);
    if (id === 'pass') {
      if (text === 'true' || text === 'false') return [{ of: 'pass', id, text, pass: text === 'true' }];
      reading.say(place, 'value', `found "${text}", expected true or false`);
      return [];
    }
    const check = checks.find((one) => one.id === id);
    if (check !== undefined && (text === 'pass' || text === 'fail' || text === 'nodata'))
      return [{ of: 'check', ...check, text, status: text }];
    const figure = /^(<=|>=|==|<|>) ?(\d+(?:\.\d+)?%?)$/.exec(text);
    const isShare = figure?.[2].endsWith('%') ?? false;
    const value = figure === null ? undefined : parseQuantity(isShare ? 'share' : 'number', figure[2]);
    if (check !== undefined || figure === null || value === undefined) {
      reading.say(place, 'value', `found "${text}", ${words}`);
      return [];
    }
    const comparator = figure[1] as '<' | '<=' | '>' | '>=' | '==';
    return [{ of: id === 'total' ? 'total' : 'step', id, text, comparator, value, isShare }];
  });
}
