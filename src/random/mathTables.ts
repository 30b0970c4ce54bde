import { add, type DoubleDouble, divide, multiply, normalise } from './doubleDouble.ts';

/** Steps of the logarithm's table in the unit interval. */
export const LOG_STEPS = 128;
/** First and last numerator of the logarithm's table: arguments are brought into [LOG_FIRST, LOG_LAST] / LOG_STEPS first. */
export const LOG_FIRST = 90;
/** See `LOG_FIRST`; an argument above this is halved. */
export const LOG_LAST = 181;
/** Steps of the exponential's table in an octave. */
export const EXP_STEPS = 64;

/** ln 2 in two parts, to 2^−86; the first has 32 bits, so its product with an exponent or a step count is exact. */
export const LN2_HIGH = 0.6931471803691238;
/** See `LN2_HIGH`. */
export const LN2_LOW = 1.9082149292705877e-10;

const LN2 = normalise(LN2_HIGH, LN2_LOW);

/** ln(numerator / LOG_STEPS) = 2 artanh((n − d) / (n + d)), by its series. */
function logOfStep(numerator: number): DoubleDouble {
  const s = divide({ high: numerator - LOG_STEPS, low: 0 }, numerator + LOG_STEPS);
  const square = multiply(s, s);
  let power = s;
  let sum: DoubleDouble = { high: 0, low: 0 };
  // |s| < 0.18, so the 25th term is under 2^−120 of the first.
  for (let k = 1; k < 50; k += 2) {
    sum = add(sum, divide(power, k));
    power = multiply(power, square);
  }
  return { high: sum.high * 2, low: sum.low * 2 };
}

/** 2^(step / EXP_STEPS) = e^(step · ln 2 / EXP_STEPS), by its series. */
function powerOfStep(step: number): DoubleDouble {
  const exponent = multiply(LN2, { high: step / EXP_STEPS, low: 0 });
  let term: DoubleDouble = { high: 1, low: 0 };
  let sum = term;
  for (let k = 1; k < 30; k++) {
    term = divide(multiply(term, exponent), k);
    sum = add(sum, term);
  }
  return sum;
}

/** Lays pairs out as high, low, high, low … */
function layOut(count: number, entry: (index: number) => DoubleDouble): Float64Array {
  const table = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    const { high, low } = entry(i);
    table[2 * i] = high;
    table[2 * i + 1] = low;
  }
  return table;
}

/** ln(n / 128) for n from LOG_FIRST to LOG_LAST, as pairs high, low. Exactly zero at n = 128. */
export const LOG_TABLE = layOut(LOG_LAST - LOG_FIRST + 1, (i) => logOfStep(LOG_FIRST + i));

/** 2^(j / 64) for j from 0 to 63, as pairs high, low. */
export const EXP_TABLE = layOut(EXP_STEPS, powerOfStep);
