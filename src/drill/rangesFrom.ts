import type { Check, Endpoint, Expression, Range, Relation } from '../checks/Check.ts';

/**
 * A check in which plain times count from a named moment: `over 0s..60s` from expire is `over expire+0s..expire+60s`. Where
 * nothing names a range it looks from that moment to the end of the run. Times of day and named moments stay.
 */
export function rangesFrom(check: Check, moment: string): Check {
  if (moment === '') return check;
  const end = (endpoint: Endpoint): Endpoint =>
    endpoint.kind === 'time'
      ? { kind: 'moment', name: moment, text: endpoint.us === 0 ? '' : `+${endpoint.text}`, us: endpoint.us }
      : endpoint;
  const range = (given: Range): Range => ({
    ...given,
    from: given.from === undefined ? { kind: 'moment', name: moment, text: '', us: 0 } : end(given.from),
    ...(given.to === undefined ? {} : { to: end(given.to) }),
  });
  const read = (expression: Expression): Expression => {
    if (expression.kind === 'negation') return { ...expression, of: read(expression.of) };
    if (expression.kind === 'binary')
      return { ...expression, left: read(expression.left), right: read(expression.right) };
    if (expression.kind !== 'aggregation' || expression.range === undefined) return expression;
    return { ...expression, range: range(expression.range) };
  };
  const whole = check.range ?? { offset: check.offset, length: 0 };
  return { ...check, left: read(check.left), relation: relationOf(check.relation, read), range: range(whole) };
}

function relationOf(relation: Relation, read: (expression: Expression) => Expression): Relation {
  if (relation.kind === 'compare') return { ...relation, right: read(relation.right) };
  if (relation.kind === 'between') return { ...relation, low: read(relation.low), high: read(relation.high) };
  return { ...relation, right: read(relation.right), tolerance: read(relation.tolerance) };
}
