import type { Aggregation, CheckUnit, Expression, Range } from './Check.ts';
import { type CheckContext, runOf } from './CheckScope.ts';
import { printExpression } from './printCheck.ts';
import { readMeasure } from './readMeasure.ts';
import { type Measure, resolveMeasure } from './resolveMeasure.ts';
import { resolveRange } from './resolveRange.ts';
import { Unknowable } from './Unknowable.ts';
import { binaryUnit, compute } from './unitAlgebra.ts';

/** A figure with its unit, and where it came from if it is one figure of one run. Times µs. */
export interface Figure {
  value: number;
  unit: CheckUnit;
  atUs?: number;
  windowUs?: [number, number];
}

/** Reads the figures of one check or expression, which must have no problems. What does not change is read once. */
export class Figures {
  readonly context: CheckContext;
  private readonly range: Range | undefined;
  private readonly measures = new Map<Aggregation, Measure>();
  private readonly fixed = new Map<Aggregation, Figure>();

  /** @param range for figures that name none themselves */
  constructor(context: CheckContext, range: Range | undefined) {
    this.context = context;
    this.range = range;
  }

  /**
   * The figure of an expression; `windowUs`, where given, stands for the range of what names none itself.
   * @throws Unknowable where there is nothing to take it from, Unreadable for a range that cannot be meant.
   */
  read(expression: Expression, windowUs?: [number, number]): Figure {
    switch (expression.kind) {
      case 'quantity':
        return { value: expression.value, unit: expression.unit };
      case 'value': {
        const given = this.context.values?.get(expression.name);
        if (given === undefined || Number.isNaN(given.value)) throw new Unknowable(`$${expression.name} has no value`);
        return { value: given.value, unit: given.unit };
      }
      case 'negation': {
        const { value, unit } = this.read(expression.of, windowUs);
        return { value: 0 - value, unit };
      }
      case 'binary': {
        const [left, right] = [this.read(expression.left, windowUs), this.read(expression.right, windowUs)];
        const value = compute(expression.operator, left, right);
        if (Number.isNaN(value)) throw new Unknowable(`${printExpression(expression)} divides by nothing`);
        return { value, unit: binaryUnit(expression.operator, left.unit, right.unit) ?? 'number' };
      }
      default:
        return this.measured(expression, windowUs);
    }
  }

  /** What an aggregation asks for. */
  measure(node: Aggregation): Measure {
    const known = this.measures.get(node) ?? resolveMeasure(node, runOf(this.context.runs, node));
    this.measures.set(node, known);
    return known;
  }

  private measured(node: Aggregation, windowUs: [number, number] | undefined): Figure {
    const moves = node.range === undefined && windowUs !== undefined;
    const known = moves ? undefined : this.fixed.get(node);
    if (known !== undefined) return known;
    const reader = runOf(this.context.runs, node);
    const measure = this.measure(node);
    const [fromUs, toUs] = moves ? windowUs : resolveRange(node.range ?? this.range, reader, this.context.moments);
    const { value, atUs, spanUs, absent } = readMeasure(measure, reader, fromUs, toUs);
    if (Number.isNaN(value)) throw new Unknowable(`no figure for ${printExpression(node)}: ${absent ?? 'no samples'}`);
    const figure: Figure = { value, unit: measure.unit, windowUs: spanUs, ...(atUs === undefined ? {} : { atUs }) };
    if (!moves) this.fixed.set(node, figure);
    return figure;
  }
}
