import type { CheckResult } from '../checks/CheckResult.ts';
import type { CheckContext } from '../checks/CheckScope.ts';
import { evaluateCheck, evaluateExpression } from '../checks/evaluateCheck.ts';
import type { RunReader } from '../checks/RunReader.ts';
import { sayMoment, sayQuantity } from '../checks/sayQuantity.ts';
import type { Drill, DrillCheck, DrillQuestion, InterveneStep } from './Drill.ts';
import type { CheckOutcome, TruthFound } from './DrillLog.ts';
import { inAnswerUnit } from './truthUnits.ts';

function contextOf(drill: Drill, reader: RunReader): CheckContext {
  return { runs: new Map([['run', reader]]), moments: drill.momentsUs };
}

/**
 * Holds the checks of a task against a finished or a running run (what its reader knows so far), in the order of the list.
 * A range that the run has not reached yet is `nodata`.
 */
export function gradeRun(drill: Drill, step: InterveneStep, reader: RunReader): CheckOutcome[] {
  const context = contextOf(drill, reader);
  const { seed } = reader.run.scenario;
  return step.checks.map((check): CheckOutcome => {
    const result = evaluateCheck(check.check, context);
    const { status, observed, observedUnit, atUs, windowUs, message } = result;
    const said = status === 'fail' && check.fail !== '' ? inOwnWords(check, result, reader) : message;
    return {
      id: check.id,
      status,
      expect: check.text,
      seed,
      message: said,
      observed: observed ?? null,
      unit: observedUnit ?? null,
      atUs: atUs ?? null,
      windowUs: windowUs ?? null,
    };
  });
}

function inOwnWords(
  { fail }: DrillCheck,
  { observed, observedUnit, atUs, windowUs }: CheckResult,
  { clock, endUs }: RunReader,
): string {
  // The texts say "reads/s" or "a second" themselves.
  const unit = observedUnit === 'per second' || observedUnit === 'entries' ? 'count' : (observedUnit ?? 'count');
  const figure = observed === undefined ? 'nothing' : sayQuantity(observed, unit);
  const moment = sayMoment(atUs ?? windowUs?.[1] ?? endUs, clock).replace(/^at /, '');
  return fail.replaceAll('{observed}', () => figure).replaceAll('{at}', () => moment);
}

/** What does not hold of the untouched run before its first fault: a mistake of the script. Empty where all is well. */
export function unsteadyIn(drill: Drill, reader: RunReader): string[] {
  const context = contextOf(drill, reader);
  return drill.steady.flatMap(({ check, text }) => {
    const { status, message } = evaluateCheck(check, context);
    return status === 'pass' ? [] : [`${text}: ${message}`];
  });
}

/** What is right about a question: what the file says, or what the untouched run says; `reader` is its run. */
export function truthIn(drill: Drill, question: DrillQuestion, reader: RunReader | undefined): TruthFound {
  const { correct, truth, answer } = question;
  if (correct !== undefined) return { status: 'found', value: correct };
  if (truth === undefined) return { status: 'error', message: 'the right answer is not in this part of the drill' };
  if (reader === undefined) return { status: 'error', message: 'the untouched run has not ended yet' };
  const context = contextOf(drill, reader);
  if (truth.kind === 'figure') {
    const found = evaluateExpression(truth.expression, context);
    if ('problem' in found) return { status: 'error', message: `${truth.text}: ${found.problem.message}` };
    const asked = answer.type === 'number' ? answer.unit : '';
    return { status: 'found', value: inAnswerUnit(found.value, found.unit, asked) };
  }
  if (truth.kind === 'choice') {
    const right = truth.conditions.filter(({ check }) => evaluateCheck(check, context).status === 'pass');
    if (right.length === 1) return { status: 'found', value: right[0].option };
    return { status: 'error', message: `${right.length} options are true of the run, expected one` };
  }
  const figures: { option: string; value: number }[] = [];
  for (const { option, text, expression } of truth.figures) {
    const found = evaluateExpression(expression, context);
    if ('problem' in found) return { status: 'error', message: `${text}: ${found.problem.message}` };
    figures.push({ option, value: found.value });
  }
  if (new Set(figures.map(({ value }) => value)).size < figures.length)
    return { status: 'error', message: 'two of the figures are the same, so that there is no one order' };
  const sign = answer.type === 'order' && answer.direction === 'least' ? 1 : -1;
  return { status: 'found', value: figures.sort((a, b) => sign * (a.value - b.value)).map(({ option }) => option) };
}
