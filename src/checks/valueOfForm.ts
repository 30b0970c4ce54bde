import type { CheckUnit } from './Check.ts';
import type { ArgumentKind, Form } from './Form.ts';
import { unitName } from './unitAlgebra.ts';

/** The units that an argument of each kind may come in; a bare number will do for whatever is a ratio or is counted. */
const unitsOf: Readonly<Record<ArgumentKind, readonly CheckUnit[]>> = {
  rate: ['per second'],
  time: ['us'],
  share: ['share', 'number', 'count'],
  count: ['number', 'count', 'entries'],
  number: ['number', 'count', 'entries', 'share'],
  size: ['bytes'],
};

/** The unit of what a form answers. */
export function answerUnit({ answer }: Form): CheckUnit {
  return unitsOf[answer][0];
}

/** Why an argument of this unit does not fit; empty where it does. */
export function argumentClash(kind: ArgumentKind, unit: CheckUnit): string {
  return unitsOf[kind].includes(unit) ? '' : `found ${unitName(unit)}, expected ${unitName(unitsOf[kind][0])}`;
}

/**
 * Computes a form from arguments in the units of checks (times in µs).
 * @returns the answer in such a unit, or why there is none.
 */
export function valueOfForm(
  { args, answer, compute }: Form,
  given: Readonly<Record<string, { value: number; unit: CheckUnit }>>,
): { value: number; unit: CheckUnit } | { problem: string } {
  const numbers: Record<string, number> = {};
  for (const [name, kind] of Object.entries(args)) {
    const { value, unit } = given[name];
    const clash = argumentClash(kind, unit);
    if (clash !== '') return { problem: `${name}: ${clash}` };
    numbers[name] = kind === 'time' ? value / 1e6 : value;
  }
  try {
    const value = compute(numbers) * (answer === 'time' ? 1e6 : 1);
    if (Number.isNaN(value)) return { problem: 'the form has no answer for these arguments' };
    return { value, unit: unitsOf[answer][0] };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
