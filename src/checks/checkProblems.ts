import {
  type Aggregation,
  aggregationsOf,
  type Check,
  type CheckProblem,
  type CheckUnit,
  type Endpoint,
  type Expression,
  expressionsOf,
  type Place,
  type Range,
} from './Check.ts';
import { type CheckScope, named, runOf } from './CheckScope.ts';
import { resolveMeasure } from './resolveMeasure.ts';
import { Unreadable } from './tokenize.ts';
import { binaryUnit, commonUnit, unitClash, unitName } from './unitAlgebra.ts';

/**
 * What an author got wrong, found without a run: names of metrics, labels, runs, values and moments that do not exist, and
 * units that do not go together. Empty when the check can be evaluated; never throws.
 */
export function checkProblems(check: Check, scope: CheckScope): CheckProblem[] {
  const problems = namesIn(expressionsOf(check), check.range, scope);
  // Units of what does not exist would only repeat the problem.
  return problems.length > 0 ? problems : caught(() => unitOfCheck(check, scope));
}

/** The same for an expression by itself. */
export function expressionProblems(expression: Expression, scope: CheckScope): CheckProblem[] {
  const problems = namesIn([expression], undefined, scope);
  return problems.length > 0 ? problems : caught(() => unitOfExpression(expression, scope));
}

/**
 * The unit in which the two sides of a check are compared; `number` for ratios and bare numbers.
 * @throws Unreadable where units clash.
 */
export function unitOfCheck(check: Check, scope: CheckScope): CheckUnit {
  const { left, relation, lasting, within } = check;
  if ((lasting ?? within) !== undefined && aggregationsOf(left).length === 0)
    throw new Unreadable('for and within need something measured on the left', left.offset, left.length);
  for (const quantity of [lasting, within])
    if (quantity !== undefined && quantity.value <= 0)
      throw new Unreadable(`found ${quantity.text}, expected some time`, quantity.offset, quantity.length);
  const sides = relation.kind === 'between' ? [relation.low, relation.high] : [relation.right];
  let unit = unitOfExpression(left, scope);
  let measured: Expression = left;
  for (const side of sides) {
    unit = together('compares', unit, unitOfExpression(side, scope), measured, side);
    measured = side;
  }
  if (relation.kind !== 'near') return unit;
  const { tolerance } = relation;
  const given = unitOfExpression(tolerance, scope);
  if (relation.relative && given !== 'share' && given !== 'number')
    throw new Unreadable('of it needs a share, like 5% of it', tolerance.offset, tolerance.length);
  if (!isRelative(relation.relative, given, unit))
    together('gives a tolerance of', given, unit, tolerance, relation.right);
  return unit;
}

/** Whether a tolerance is a part of the right side: a percentage of anything that is no share itself. */
export function isRelative(written: boolean, tolerance: CheckUnit, unit: CheckUnit): boolean {
  return written || (tolerance === 'share' && unit !== 'share');
}

/** The unit of an expression. @throws Unreadable where units clash or a name does not exist. */
export function unitOfExpression(expression: Expression, scope: CheckScope): CheckUnit {
  switch (expression.kind) {
    case 'quantity':
      return expression.unit;
    case 'value':
      return named('value', expression.name, scope.values, expression).unit;
    case 'aggregation':
      return resolveMeasure(expression, runOf(scope.runs, expression)).unit;
    case 'negation':
      return unitOfExpression(expression.of, scope);
    default: {
      const { operator, left, right } = expression;
      const [a, b] = [unitOfExpression(left, scope), unitOfExpression(right, scope)];
      const unit = binaryUnit(operator, a, b);
      if (unit !== undefined) return unit;
      if (operator === '+' || operator === '-')
        return together(operator === '+' ? 'adds' : 'subtracts', a, b, left, right);
      const verb = operator === '*' ? 'multiplied by' : 'divided by';
      throw new Unreadable(
        `${unitName(a)} ${verb} ${unitName(b)} is no unit that metrics have`,
        expression.offset,
        expression.length,
      );
    }
  }
}

function together(verb: string, a: CheckUnit, b: CheckUnit, left: Expression, right: Expression): CheckUnit {
  const unit = commonUnit(a, b);
  if (unit !== undefined) return unit;
  const bare = [left, right].find((side) => side.kind === 'quantity' && side.unit === 'number');
  const written = bare?.kind === 'quantity' ? bare.text : undefined;
  const { offset, length } = bare ?? right;
  throw new Unreadable(`this ${verb} ${unitClash(a, b, written)}`, offset, length);
}

function namesIn(expressions: readonly Expression[], range: Range | undefined, scope: CheckScope): CheckProblem[] {
  const measured = expressions.flatMap(aggregationsOf);
  const problems = measured.flatMap((node) => caught(() => resolveMeasure(node, runOf(scope.runs, node))));
  for (const node of measured)
    if (node.range !== undefined) problems.push(...caught(() => checkRange(node.range as Range, node, scope)));
  const [first] = measured;
  if (range !== undefined && first !== undefined) problems.push(...caught(() => checkRange(range, first, scope)));
  for (const node of expressions.flatMap(valuesOf))
    problems.push(...caught(() => named('value', node.name, scope.values, node)));
  return problems.sort((a, b) => a.offset - b.offset);
}

function checkRange(range: Range, node: Aggregation, scope: CheckScope): void {
  const { clock } = runOf(scope.runs, node);
  const ends = [range.from, range.to].filter((end): end is Endpoint => end !== undefined);
  for (const end of ends) {
    if (end.kind === 'moment') named('moment', end.name, scope.moments, range);
    if (end.kind === 'clock' && clock === undefined)
      throw new Unreadable(`the scenario has no clock, so ${end.text} is no moment of it`, range.offset, range.length);
  }
  const [from, to] = ends;
  if (to !== undefined && from.kind === to.kind && from.kind === 'time' && to.us <= from.us)
    throw new Unreadable('this range ends before it begins', range.offset, range.length);
}

function valuesOf(expression: Expression): (Place & { name: string })[] {
  if (expression.kind === 'value') return [expression];
  if (expression.kind === 'negation') return valuesOf(expression.of);
  return expression.kind === 'binary' ? [...valuesOf(expression.left), ...valuesOf(expression.right)] : [];
}

function caught(act: () => unknown): CheckProblem[] {
  try {
    act();
    return [];
  } catch (error) {
    if (error instanceof Unreadable) return [error.problem];
    throw error;
  }
}
