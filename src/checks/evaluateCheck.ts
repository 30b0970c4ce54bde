import type { MetricUnit } from '../metrics/catalogue.ts';
import { boundsOf, holds } from './Bounds.ts';
import type { Check, CheckProblem, CheckUnit, Expression } from './Check.ts';
import { checkProblems, expressionProblems, unitOfCheck } from './checkProblems.ts';
import type { CheckResult } from './CheckResult.ts';
import type { CheckContext } from './CheckScope.ts';
import { evaluateLasting } from './evaluateLasting.ts';
import { explainExpected, explainResult } from './explain.ts';
import { Figures } from './Figures.ts';
import { Unreadable } from './tokenize.ts';
import { Unknowable } from './Unknowable.ts';

export type { CheckResult } from './CheckResult.ts';
export type { CheckContext } from './CheckScope.ts';

/** Whether a check holds. Exact: nothing is rounded before it is compared. Never throws. */
export function evaluateCheck(check: Check, context: CheckContext): CheckResult {
  const judged = attempt(check.offset, check.length, () => {
    const [problem] = checkProblems(check, context);
    return problem === undefined ? judge(check, context) : { problem, nodata: false };
  });
  if (!('problem' in judged)) return judged;
  const { problem, nodata } = judged;
  return { status: nodata ? 'nodata' : 'error', expected: explainExpected(check), message: problem.message };
}

/**
 * The figure that an expression gives, for showing beside a claim; `nodata` tells want of data from a mistake. The unit
 * of ratios and bare numbers is `number`. Never throws.
 */
export function evaluateExpression(
  expression: Expression,
  context: CheckContext,
): { value: number; unit: CheckUnit } | { problem: CheckProblem; nodata: boolean } {
  return attempt(expression.offset, expression.length, () => {
    const [problem] = expressionProblems(expression, context);
    if (problem !== undefined) return { problem, nodata: false };
    const { value, unit } = new Figures(context, undefined).read(expression);
    return { value, unit };
  });
}

function judge(check: Check, context: CheckContext): CheckResult {
  const unit = unitOfCheck(check, context);
  const figures = new Figures(context, check.range);
  const bounds = boundsOf(check.relation, figures, unit);
  const isPlain = check.lasting === undefined && check.within === undefined;
  const lasting = isPlain ? undefined : evaluateLasting(check, figures, bounds);
  const left = lasting?.left ?? figures.read(check.left);
  const { value, atUs, windowUs } = left;
  return {
    status: (lasting?.holds ?? holds(value, bounds)) ? 'pass' : 'fail',
    observed: value,
    observedUnit: metricUnit(left.unit === 'number' ? unit : left.unit),
    ...(atUs === undefined ? {} : { atUs }),
    ...(windowUs === undefined ? {} : { windowUs }),
    ...explainResult(check, figures, left, bounds, unit, lasting?.found),
  };
}

function metricUnit(unit: CheckUnit): MetricUnit {
  return unit === 'number' ? 'count' : unit;
}

function attempt<T>(offset: number, length: number, act: () => T): T | { problem: CheckProblem; nodata: boolean } {
  try {
    return act();
  } catch (error) {
    if (error instanceof Unknowable) return { problem: { message: error.message, offset, length }, nodata: true };
    if (error instanceof Unreadable) return { problem: error.problem, nodata: false };
    throw error;
  }
}
