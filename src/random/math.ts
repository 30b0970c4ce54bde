import { productError, sumError } from './doubleDouble.ts';
import { EXP_STEPS, EXP_TABLE, LN2_HIGH, LN2_LOW, LOG_FIRST, LOG_LAST, LOG_STEPS, LOG_TABLE } from './mathTables.ts';

/**
 * Logarithm, exponential and power with the same bits on every JavaScript engine.
 * Engines differ in the last bit of Math.log, Math.exp and Math.pow, enough to make two runs of one seed part ways, so these use
 * only + - * /, floor and views of a double's bits, which the language fixes. Method: table-driven reduction (Tang, "Table-driven
 * implementation of the exponential function" and "… of the logarithm function", ACM TOMS 1989, 1990) with the result of the
 * logarithm kept as two doubles, so that the power, e^(y ln x), loses nothing on the way.
 * Errors stay under 0.51 units in the last place (under 0.76 where the result is subnormal).
 */

const STEP_HIGH = LN2_HIGH / EXP_STEPS;
const STEP_LOW = LN2_LOW / EXP_STEPS;
const STEPS_PER_UNIT = 92.33248261689366;

const TWO_54 = 18014398509481984;
/** Results above overflow, below underflow to zero, whatever the digits. */
const EXPONENT_MAX = 710;
const EXPONENT_MIN = -746;

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
words[0] = 1;
float[0] = 1;
/** Which of the two words holds sign and exponent. */
const UPPER = words[1] === 0x3ff00000 ? 1 : 0;
const LOWER = 1 - UPPER;

/** Second part of the last `logPair`; kept outside so that no pair is allocated. */
const logLow = new Float64Array(1);

/** ln x for a finite x > 0 as a sum: the first part is returned, the second left in `logLow`. Relative error under 2^−68. */
function logPair(x: number): number {
  let exponent = -1023;
  float[0] = x;
  if (words[UPPER] < 0x00100000) {
    float[0] = x * TWO_54;
    exponent -= 54;
  }
  exponent += words[UPPER] >>> 20;
  words[UPPER] = (words[UPPER] & 0xfffff) | 0x3ff00000;
  let m = float[0];
  let step = Math.floor(m * LOG_STEPS + 0.5);
  if (step > LOG_LAST) {
    m /= 2;
    exponent++;
    step = Math.floor(m * LOG_STEPS + 0.5);
  }
  // ln(m/c) = 2 artanh(s), s = (m − c)/(m + c), |s| < 2^−8, in two parts.
  const c = step / LOG_STEPS;
  const above = m - c;
  const below = m + c;
  const s = above / below;
  const product = s * below;
  const rest = above - product - productError(s, below, product) - s * sumError(m, c, below);
  const square = s * s;
  const cube = s * square;
  const series = cube * (2 / 3 + square * (2 / 5 + square * (2 / 7 + square * (2 / 9))));
  const main = 2 * s;
  const tail = (2 * rest) / below + series;
  const index = 2 * (step - LOG_FIRST);
  const base = exponent * LN2_HIGH;
  const offset = LOG_TABLE[index];
  const partial = base + offset;
  const total = partial + main;
  const low =
    sumError(base, offset, partial) +
    sumError(partial, main, total) +
    (exponent * LN2_LOW + LOG_TABLE[index + 1] + tail);
  const high = total + low;
  logLow[0] = low - (high - total);
  return high;
}

/** 2^n for n in −1022..1023. */
function powerOfTwo(n: number): number {
  words[LOWER] = 0;
  words[UPPER] = (1023 + n) << 20;
  return float[0];
}

/** e^(high + low), for high in EXPONENT_MIN..EXPONENT_MAX and |low| at most half a unit in the last place of `high`. */
function expPair(high: number, low: number): number {
  const steps = Math.floor(high * STEPS_PER_UNIT + 0.5);
  const reduced = high - steps * STEP_HIGH;
  const r = reduced + (low - steps * STEP_LOW);
  const rest = reduced - r + (low - steps * STEP_LOW);
  // |r| < 0.0055: the seventh power would add under 2^−64.
  const series = r * r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))));
  const octave = Math.floor(steps / EXP_STEPS);
  const index = 2 * (steps - octave * EXP_STEPS);
  const base = EXP_TABLE[index];
  const result = base + (base * (r + (series + rest)) + EXP_TABLE[index + 1]);
  // In two factors, because 2^octave itself may be out of range when the result is not.
  const half = Math.floor(octave / 2);
  return result * powerOfTwo(half) * powerOfTwo(octave - half);
}

/**
 * Natural logarithm. log(0) is −Infinity, of a negative number or NaN it is NaN, log(Infinity) is Infinity.
 * Within 0.51 units in the last place.
 */
export function log(x: number): number {
  if (x > 0) return x === Infinity ? x : logPair(x);
  return x === 0 ? -Infinity : NaN;
}

/** e^x. Overflows to Infinity, underflows to 0, exp(NaN) is NaN. Within 0.51 units in the last place. */
export function exp(x: number): number {
  if (x > EXPONENT_MAX) return Infinity;
  if (x < EXPONENT_MIN) return 0;
  return x === x ? expPair(x, 0) : x;
}

/** Whether a finite y is an odd integer. */
function isOdd(y: number): boolean {
  return Math.floor(y) === y && Math.floor(y / 2) !== y / 2;
}

/** x^y where x or y is zero, infinite or not a number, or |x| is 1. */
function powSpecial(x: number, y: number): number {
  if (y === 0) return 1;
  if (x !== x || y !== y) return NaN;
  const size = x < 0 ? -x : x;
  if (y === Infinity || y === -Infinity) {
    if (size === 1) return NaN;
    return size > 1 === y > 0 ? Infinity : 0;
  }
  if (x === 1) return 1;
  if (x === -1) return Math.floor(y) === y ? (isOdd(y) ? -1 : 1) : NaN;
  const result = size > 1 === y > 0 ? Infinity : 0;
  const negative = x < 0 || 1 / x < 0;
  return negative && isOdd(y) ? -result : result;
}

/**
 * x^y, with the special cases of the ECMAScript specification (Number::exponentiate). Within 0.51 units in the last place
 * (0.76 where the result is subnormal).
 */
export function pow(x: number, y: number): number {
  const size = x < 0 ? -x : x;
  if (!(size > 0 && size < Infinity && y > -Infinity && y < Infinity) || y === 0 || size === 1) return powSpecial(x, y);
  if (y === -1) return 1 / x;
  if (x < 0 && Math.floor(y) !== y) return NaN;
  const sign = x < 0 && isOdd(y) ? -1 : 1;
  const high = logPair(size);
  const low = logLow[0];
  const product = y * high;
  if (product > EXPONENT_MAX) return sign * Infinity;
  if (product < EXPONENT_MIN) return sign < 0 ? -0 : 0;
  // So small a logarithm leaves 1; and the split below would lose bits of a subnormal y.
  if (product < 1e-18 && product > -1e-18) return sign;
  const error = productError(y, high, product) + y * low;
  return sign * expPair(product, error);
}
