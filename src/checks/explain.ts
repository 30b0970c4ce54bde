import type { Bounds } from './Bounds.ts';
import type { Aggregation, Check, CheckUnit, Expression } from './Check.ts';
import { runOf } from './CheckScope.ts';
import type { CheckResult } from './CheckResult.ts';
import type { Figure, Figures } from './Figures.ts';
import { percentileOf } from './aggregates.ts';
import { printExpression, printRange } from './printCheck.ts';
import type { Measure } from './resolveMeasure.ts';
import { digitsApart, sayMoment, sayQuantity, sayStretch } from './sayQuantity.ts';
import { subjectOf } from './subjects.ts';

const comparisons: Record<string, string> = {
  '<': 'under ',
  '<=': 'at most ',
  '>': 'above ',
  '>=': 'at least ',
  '==': 'exactly ',
  '!=': 'anything but ',
};

/** A check in one sentence, without a run: `The peak of database queries must be under 300.` */
export function explainCheck(check: Check): string {
  const { left, range } = check;
  const subject = left.kind === 'aggregation' ? nounOf(left) : printExpression(left);
  const over = range === undefined ? '' : ` over ${printRange(range)}`;
  return `${subject.charAt(0).toUpperCase()}${subject.slice(1)} must be ${explainExpected(check)}${over}.`;
}

/** What a check asks for, as written: `under 300`, `150 ms ± 5 % for 5 s in a row`. */
export function explainExpected(check: Check): string {
  return expected(check, (side) =>
    side.kind === 'quantity' ? sayQuantity(side.value, side.unit) : printExpression(side),
  );
}

function expected({ relation, lasting, within }: Check, say: (side: Expression) => string): string {
  const words =
    relation.kind === 'compare'
      ? comparisons[relation.comparator] + say(relation.right)
      : relation.kind === 'between'
        ? `between ${say(relation.low)} and ${say(relation.high)}`
        : `${say(relation.right)} ± ${say(relation.tolerance)}${relation.relative ? ' of it' : ''}`;
  const long = lasting === undefined ? '' : ` for ${sayQuantity(lasting.value, 'us')} in a row`;
  const soon = within === undefined ? '' : ` within ${sayQuantity(within.value, 'us')}`;
  return words + long + soon;
}

/**
 * What came of a check in words: `database queries peaked at 948 a second at 11:00:01; expected under 300`. Figures that
 * differ never read alike.
 * @param found how long a condition held, where it had to last
 */
export function explainResult(
  check: Check,
  figures: Figures,
  left: Figure,
  bounds: Bounds,
  unit: CheckUnit,
  found?: string,
): Pick<CheckResult, 'expected' | 'message'> {
  const own = left.unit === 'number' ? unit : left.unit;
  const rights = bounds.kind === 'between' ? [bounds.low, bounds.high] : [bounds.right];
  const digits = digitsApart([left.value, ...rights], unit);
  const { relation } = check;
  const values = new Map<Expression, number>(
    relation.kind === 'between'
      ? [
          [relation.low, rights[0]],
          [relation.high, rights[1]],
        ]
      : [[relation.right, rights[0]]],
  );
  const asked = expected(check, (side) => {
    const value = values.get(side);
    const isBare = side.kind === 'quantity' && side.unit === 'number' && unit === 'per second';
    if (value !== undefined) return sayQuantity(value, isBare ? 'number' : unit, digits);
    return side.kind === 'quantity' ? sayQuantity(side.value, side.unit) : printExpression(side);
  });
  const said = sayQuantity(left.value, own, digits);
  const held = found === undefined ? '' : `, ${found}`;
  const what =
    check.left.kind === 'aggregation'
      ? sentenceOf(check.left, figures, left, said, check.range !== undefined)
      : `${printExpression(check.left)} came to ${said}`;
  return { expected: asked, message: `${what}${held}; expected ${asked}` };
}

function nameOf(metric: string, measure: Measure): string {
  return measure.kind === 'metric' ? measure.metric.name : metric.replace(/\.(peak|mean|last)$/, '');
}

function sentenceOf(node: Aggregation, figures: Figures, figure: Figure, said: string, isRanged: boolean): string {
  const { runs } = figures.context;
  const measure = figures.measure(node);
  const { clock } = runOf(runs, node);
  const subject = subjectOf(node, nameOf(node.metric, measure));
  const [firstRun] = runs.keys();
  const where = runs.size > 1 ? ` in ${node.variant ?? firstRun}` : '';
  const { aggregate } = measure;
  if (measure.kind === 'rows' && (aggregate === 'first' || aggregate === 'last'))
    return `the ${aggregate} of ${subject}${where} came ${sayMoment(figure.value, clock)}`;
  const moment = figure.atUs === undefined ? '' : ` ${sayMoment(figure.atUs, clock)}`;
  const stretch =
    (isRanged || node.range !== undefined) && figure.windowUs ? ` ${sayStretch(figure.windowUs, clock)}` : '';
  if (percentileOf(aggregate) !== undefined) return `${aggregate} of ${subject}${where} came to ${said}${stretch}`;
  switch (aggregate) {
    case 'max':
      return `${subject}${where} peaked at ${said}${moment}`;
    case 'min':
      return `${subject}${where} came down to ${said}${moment}`;
    case 'first':
    case 'last':
      return `${subject}${where} ${aggregate === 'first' ? 'began' : 'ended'} with ${said}${moment}`;
    case 'avg':
      return `${subject}${where} averaged ${said}${stretch}`;
    default:
      return `${measure.kind === 'samples' && aggregate === 'count' ? 'samples of ' : ''}${subject}${where} came to ${said}${stretch}`;
  }
}

const nouns: Record<string, string> = {
  max: 'the peak of ',
  min: 'the lowest of ',
  avg: 'the average of ',
  sum: 'the sum of ',
  count: 'the number of ',
  rate: 'the number a second of ',
  first: 'the first of ',
  last: 'the last of ',
};

function nounOf(node: Aggregation): string {
  const [, name, end] = node.aggregate === undefined ? (/^(.+)\.(peak|mean|last)$/.exec(node.metric) ?? []) : [];
  const short = end === undefined ? undefined : { peak: 'max', mean: 'avg', last: 'last' }[end];
  const aggregate = node.aggregate ?? short;
  const noun = aggregate === undefined ? '' : (nouns[aggregate] ?? `${aggregate} of `);
  const over = node.range === undefined ? '' : ` over ${printRange(node.range)}`;
  return `${noun}${subjectOf(node, name ?? node.metric)}${node.variant === undefined ? '' : ` in ${node.variant}`}${over}`;
}
