import type { MetricUnit } from '../metrics/catalogue.ts';

/** Where something stands in the text it was read from, in characters from 0. */
export interface Place {
  offset: number;
  length: number;
}

/** What is wrong with a check as written, and where. */
export interface CheckProblem extends Place {
  message: string;
  /** The existing name that was probably meant. */
  nearest?: string;
}

/** Unit inside an expression: a metric's, or `number` for bare numbers and ratios. Times are µs, shares 0..1, sizes bytes. */
export type CheckUnit = MetricUnit | 'number';

/** One end of a range: time since the run's start, time of day (µs since midnight), or time around a named moment. */
export type Endpoint =
  | { kind: 'time'; text: string; us: number }
  | { kind: 'clock'; text: string; us: number }
  | { kind: 'moment'; name: string; text: string; us: number };

/** From (included) to (excluded); an open end is the run's own. A plain time is since the run's start. */
export interface Range extends Place {
  from?: Endpoint;
  to?: Endpoint;
}

/** `label=value|value`: any of the values will do. */
export interface Label extends Place {
  name: string;
  values: string[];
}

/** A number with its unit, as written: `300ms` is 300000 µs. */
export interface Quantity extends Place {
  kind: 'quantity';
  text: string;
  value: number;
  unit: CheckUnit;
}

/** A figure that the caller gives by name: `$expected`. */
export interface NamedValue extends Place {
  kind: 'value';
  name: string;
}

/** A figure taken from a run: `p99(took{op=database.read}) of cached over 10s..20s`, or a metric's name alone. */
export interface Aggregation extends Place {
  kind: 'aggregation';
  /** Absent where the metric stands alone, and its kind decides. */
  aggregate?: string;
  metric: string;
  labels: Label[];
  /** Name of a run; absent: the first one. */
  variant?: string;
  range?: Range;
}

/** Arithmetic on two figures. */
export interface Binary extends Place {
  kind: 'binary';
  operator: '+' | '-' | '*' | '/';
  left: Expression;
  right: Expression;
}

/** A figure with its sign turned. */
export interface Negation extends Place {
  kind: 'negation';
  of: Expression;
}

/** What gives one number. */
export type Expression = Quantity | NamedValue | Aggregation | Binary | Negation;

/** How two figures are compared. */
export type Comparator = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** What the left side must be; bounds and tolerances are included. */
export type Relation =
  | { kind: 'compare'; comparator: Comparator; right: Expression }
  | { kind: 'between'; low: Expression; high: Expression }
  /** `relative`: the tolerance was written `of it`. */
  | { kind: 'near'; right: Expression; tolerance: Expression; relative: boolean };

/** What must hold of a run, or of several. */
export interface Check extends Place {
  left: Expression;
  relation: Relation;
  /** For every figure that names no range itself. */
  range?: Range;
  /** Holds in every window for at least this long in a row. */
  lasting?: Quantity;
  /** Holds in a window that ends by this long after the start of the range. */
  within?: Quantity;
}

/** Every expression of a check. */
export function expressionsOf({ left, relation }: Check): Expression[] {
  if (relation.kind === 'between') return [left, relation.low, relation.high];
  return relation.kind === 'near' ? [left, relation.right, relation.tolerance] : [left, relation.right];
}

/** The figures of an expression that are taken from runs, from left to right. */
export function aggregationsOf(expression: Expression): Aggregation[] {
  if (expression.kind === 'aggregation') return [expression];
  if (expression.kind === 'negation') return aggregationsOf(expression.of);
  if (expression.kind !== 'binary') return [];
  return [...aggregationsOf(expression.left), ...aggregationsOf(expression.right)];
}
