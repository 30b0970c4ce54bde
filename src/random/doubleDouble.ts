/**
 * Numbers kept as an unevaluated sum of two doubles (about 106 bits), enough to build tables exact to the last bit.
 * Sources: Dekker, "A floating-point technique for extending the available precision", Numer. Math. 1971; Knuth, TAOCP vol. 2, §4.2.2.
 * Only + - * / are used, which IEEE 754 fixes to the last bit, so every engine builds the same tables.
 * These allocate: for use at load, not in a hot path.
 */

/** A sum of two doubles, `low` at most half a unit in the last place of `high`. */
export interface DoubleDouble {
  high: number;
  low: number;
}

/** Multiplying by this and subtracting back leaves the upper 26 bits (Veltkamp's split). */
const SPLITTER = 134217729;

/** The upper 26 bits of `x`, so that products of such halves are exact. |x| must stay under 2^996. */
export function upperHalf(x: number): number {
  const t = SPLITTER * x;
  return t - (t - x);
}

/** What rounding took away from the product: a·b − fl(a·b), exactly, given `product` = fl(a·b). */
export function productError(a: number, b: number, product: number): number {
  const aHigh = upperHalf(a);
  const bHigh = upperHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** What rounding took away from the sum: a + b − fl(a + b), exactly, given `sum` = fl(a + b). Any order of magnitudes. */
export function sumError(a: number, b: number, sum: number): number {
  const bPart = sum - a;
  return a - (sum - bPart) + (b - bPart);
}

/** Moves as much as fits from `low` into `high`. |high| must be at least |low|, or `high` 0. */
export function normalise(high: number, low: number): DoubleDouble {
  const sum = high + low;
  return { high: sum, low: low - (sum - high) };
}

/** a + b. */
export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const sum = a.high + b.high;
  return normalise(sum, sumError(a.high, b.high, sum) + a.low + b.low);
}

/** a · b. */
export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const product = a.high * b.high;
  return normalise(product, productError(a.high, b.high, product) + (a.high * b.low + a.low * b.high));
}

/** a / b, for a plain number b. */
export function divide(a: DoubleDouble, b: number): DoubleDouble {
  const quotient = a.high / b;
  const product = quotient * b;
  return normalise(quotient, (a.high - product - productError(quotient, b, product) + a.low) / b);
}
