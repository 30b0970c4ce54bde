import { formatSetting, getSetting, settingInfo } from '../scenario/settings.ts';
import type { Check, CheckUnit, Expression, Relation } from './Check.ts';
import type { Variant } from './Experiment.ts';

const unitOfKind: Readonly<Record<string, CheckUnit>> = {
  duration: 'us',
  rate: 'per second',
  share: 'share',
  size: 'bytes',
  count: 'number',
  number: 'number',
};

/**
 * An expression in which the names of settings (`cache.ttl`, `database.read of slow`) have become the numbers that the
 * variant starts with, so that a check need not repeat what the scenario says. Settings that are no numbers stay names.
 */
export function withSettingFigures(expression: Expression, variants: readonly Variant[]): Expression {
  switch (expression.kind) {
    case 'negation':
      return { ...expression, of: withSettingFigures(expression.of, variants) };
    case 'binary': {
      const [left, right] = [expression.left, expression.right].map((side) => withSettingFigures(side, variants));
      return { ...expression, left, right };
    }
    case 'aggregation': {
      const { aggregate, labels, metric, variant: name, offset, length } = expression;
      const variant = name === undefined ? variants[0] : variants.find((one) => one.name === name);
      if (aggregate !== undefined || labels.length > 0 || variant === undefined) return expression;
      const value = getSetting(variant.scenario, metric);
      const unit = unitOfKind[settingInfo(metric)?.kind ?? ''];
      if (typeof value !== 'number' || unit === undefined) return expression;
      return { kind: 'quantity', text: formatSetting(metric, value), value, unit, offset, length };
    }
    default:
      return expression;
  }
}

/** The same for everything in a check. */
export function checkWithSettingFigures(check: Check, variants: readonly Variant[]): Check {
  const read = (expression: Expression) => withSettingFigures(expression, variants);
  return { ...check, left: read(check.left), relation: relationWith(check.relation, read) };
}

function relationWith(relation: Relation, read: (expression: Expression) => Expression): Relation {
  if (relation.kind === 'compare') return { ...relation, right: read(relation.right) };
  if (relation.kind === 'between') return { ...relation, low: read(relation.low), high: read(relation.high) };
  return { ...relation, right: read(relation.right), tolerance: read(relation.tolerance) };
}
