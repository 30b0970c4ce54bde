import type { Aggregation, Check, Endpoint, Expression, Range } from './Check.ts';
import { isPlainName } from './parseCheck.ts';

/** A check as text that parses to the same tree. */
export function printCheck({ left, relation, range, lasting, within }: Check): string {
  const parts = [print(left, true)];
  if (relation.kind === 'between') parts.push(`between ${print(relation.low)} and ${print(relation.high)}`);
  else if (relation.kind === 'compare') parts.push(`${relation.comparator} ${print(relation.right)}`);
  else {
    const tolerance = print(relation.tolerance);
    // Without parentheses, `of` would name a run.
    const grouped = relation.relative && relation.tolerance.kind !== 'quantity' ? `(${tolerance})` : tolerance;
    parts.push(`== ${print(relation.right)} +- ${grouped}${relation.relative ? ' of it' : ''}`);
  }
  if (range !== undefined) parts.push(`over ${printRange(range)}`);
  if (lasting !== undefined) parts.push(`for ${lasting.text}`);
  if (within !== undefined) parts.push(`within ${within.text}`);
  return parts.join(' ');
}

/** An expression as text that parses to the same tree. */
export function printExpression(expression: Expression): string {
  return print(expression, true);
}

/** A metric with its labels as written, like `rows{op=database.read,key=1|2}`. */
export function printMetric({ metric, labels }: Aggregation): string {
  if (labels.length === 0) return metric;
  const pairs = labels.map(({ name, values }) => `${name}=${values.map(printLabelValue).join('|')}`);
  return `${metric}{${pairs.join(',')}}`;
}

/** A range as text: `10s..20s`, `expire+0s..`. */
export function printRange({ from, to }: Range): string {
  return `${printEndpoint(from)}..${printEndpoint(to)}`;
}

function printEndpoint(endpoint: Endpoint | undefined): string {
  if (endpoint === undefined) return '';
  return endpoint.kind === 'moment' ? endpoint.name + endpoint.text : endpoint.text;
}

function printLabelValue(value: string): string {
  return /^[\w.:-]+$/.test(value) ? value : `"${value}"`;
}

const strength = { '+': 1, '-': 1, '*': 2, '/': 2 };

/** @param alone nothing follows that a range at the end could be taken away by */
function print(expression: Expression, alone = false): string {
  switch (expression.kind) {
    case 'quantity':
      return expression.text;
    case 'value':
      return `$${expression.name}`;
    case 'negation':
      return `-${operand(expression.of, 3)}`;
    case 'binary': {
      const { operator, left, right } = expression;
      return `${operand(left, strength[operator])} ${operator} ${operand(right, strength[operator] + 1)}`;
    }
    default:
      return printAggregation(expression, alone);
  }
}

function operand(expression: Expression, least: number): string {
  const text = print(expression);
  return expression.kind === 'binary' && strength[expression.operator] < least ? `(${text})` : text;
}

function printAggregation(node: Aggregation, alone: boolean): string {
  const { aggregate, variant, range } = node;
  const metric = printMetric(node);
  const parts = [aggregate === undefined ? metric : `${aggregate}(${metric})`];
  if (variant !== undefined) parts.push(`of ${isPlainName(variant) ? variant : `"${variant}"`}`);
  if (range !== undefined) parts.push(`over ${printRange(range)}`);
  const text = parts.join(' ');
  return range !== undefined && !alone ? `(${text})` : text;
}
