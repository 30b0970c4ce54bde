import type { CheckUnit } from './Check.ts';

/** Units that only say what was counted; whatever they multiply keeps its own unit. */
function isScalar(unit: CheckUnit): boolean {
  return unit === 'number' || unit === 'share' || isCount(unit);
}

function isCount(unit: CheckUnit): boolean {
  return unit === 'count' || unit === 'entries';
}

/**
 * The unit in which two figures can be compared, added or subtracted; undefined when they cannot. A bare number goes with
 * counts, rates and shares, never with times and sizes.
 */
export function commonUnit(a: CheckUnit, b: CheckUnit): CheckUnit | undefined {
  if (a === b) return a;
  if (isCount(a) && isCount(b)) return 'count';
  if (a === 'number') return b === 'us' || b === 'bytes' ? undefined : b;
  return b === 'number' ? commonUnit(b, a) : undefined;
}

function productUnit(a: CheckUnit, b: CheckUnit): CheckUnit | undefined {
  if (isTimes(a, b)) return 'count';
  if (!isScalar(a)) return isScalar(b) ? a : undefined;
  if (!isScalar(b) || a === 'number') return b;
  if (b === 'number') return a;
  return a === 'share' ? b : b === 'share' ? a : 'count';
}

function quotientUnit(a: CheckUnit, b: CheckUnit): CheckUnit | undefined {
  if (a === b || (isCount(a) && isCount(b))) return 'number';
  if (isScalar(b)) return isCount(a) || !isScalar(a) ? a : 'number';
  if (!isScalar(a)) return undefined;
  return b === 'us' ? 'per second' : b === 'per second' ? 'us' : undefined;
}

/** Unit of a sum, difference, product or quotient; undefined where it would be none that metrics have. */
export function binaryUnit(operator: '+' | '-' | '*' | '/', a: CheckUnit, b: CheckUnit): CheckUnit | undefined {
  if (operator === '*') return productUnit(a, b);
  return operator === '/' ? quotientUnit(a, b) : commonUnit(a, b);
}

function isTimes(a: CheckUnit, b: CheckUnit): boolean {
  return (a === 'us' && b === 'per second') || (a === 'per second' && b === 'us');
}

/** Computes with figures in their units; NaN for a division by zero. */
export function compute(
  operator: '+' | '-' | '*' | '/',
  left: { value: number; unit: CheckUnit },
  right: { value: number; unit: CheckUnit },
): number {
  const [a, b] = [left.value, right.value];
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return isTimes(left.unit, right.unit) ? (a * b) / 1e6 : a * b;
  if (b === 0) return Number.NaN;
  if (left.unit === right.unit || !isScalar(left.unit)) return a / b;
  if (right.unit === 'us') return a / (b / 1e6);
  return right.unit === 'per second' ? (a * 1e6) / b : a / b;
}

const unitNames: Record<CheckUnit, string> = {
  number: 'a plain number',
  count: 'a count',
  entries: 'a count of entries',
  'per second': 'a rate',
  us: 'a time',
  share: 'a share',
  bytes: 'a size',
};

const unitExamples: Partial<Record<CheckUnit, string>> = {
  us: 'ms, s or another unit of time',
  bytes: 'kb, mb or another unit of size',
};

/** What a unit measures, in words. */
export function unitName(unit: CheckUnit): string {
  return unitNames[unit];
}

/** Why two units do not go together, as the end of a sentence; says which unit to write where one is missing. */
export function unitClash(a: CheckUnit, b: CheckUnit, written?: string): string {
  const missing = a === 'number' ? unitExamples[b] : b === 'number' ? unitExamples[a] : undefined;
  const clash = `${unitName(a)} against ${unitName(b)}`;
  if (missing === undefined) return clash;
  return written === undefined ? `${clash}, which needs ${missing}` : `${clash}: write ${written} with ${missing}`;
}
