import type { CheckUnit, Expression, Relation } from './Check.ts';
import { isRelative } from './checkProblems.ts';
import type { Figures } from './Figures.ts';
import { Unreadable } from './tokenize.ts';

/** The right side of a check in figures. */
export type Bounds =
  | { kind: 'compare'; comparator: string; right: number }
  | { kind: 'between'; low: number; high: number }
  | { kind: 'near'; right: number; tolerance: number };

/**
 * The figures that the left side is held against, in a comparison of `unit`.
 * @throws Unknowable where a figure is missing, Unreadable for bounds that nothing can meet.
 */
export function boundsOf(relation: Relation, figures: Figures, unit: CheckUnit): Bounds {
  const read = (expression: Expression): number => figures.read(expression).value;
  if (relation.kind === 'compare')
    return { kind: 'compare', comparator: relation.comparator, right: read(relation.right) };
  if (relation.kind === 'between') {
    const [low, high] = [read(relation.low), read(relation.high)];
    const { offset, length } = relation.low;
    if (low > high) throw new Unreadable('the lower bound is above the upper one', offset, length);
    return { kind: 'between', low, high };
  }
  const right = read(relation.right);
  const given = figures.read(relation.tolerance);
  const { offset, length } = relation.tolerance;
  if (given.value < 0) throw new Unreadable('a tolerance cannot be below zero', offset, length);
  const tolerance = isRelative(relation.relative, given.unit, unit) ? given.value * Math.abs(right) : given.value;
  return { kind: 'near', right, tolerance };
}

/** Whether a figure meets its bounds, exactly; never for NaN. */
export function holds(value: number, bounds: Bounds): boolean {
  if (bounds.kind === 'between') return value >= bounds.low && value <= bounds.high;
  if (bounds.kind === 'near') return Math.abs(value - bounds.right) <= bounds.tolerance;
  const { comparator, right } = bounds;
  switch (comparator) {
    case '<':
      return value < right;
    case '<=':
      return value <= right;
    case '>':
      return value > right;
    case '>=':
      return value >= right;
    case '==':
      return value === right;
    default:
      return value !== right;
  }
}
