import { exp, log } from '../random/math.ts';
import { expm1 } from './expm1.ts';

const EULER_GAMMA = 0.5772156649015329;
/** Below this the power series is short and loses no digits, above it the continued fraction is short. */
const SERIES_BELOW = 1.5;
const RELATIVE_ERROR = 1e-16;

/** Ein(x) = ∫₀ˣ (1−e^{−t})/t dt = Σ (−1)^{k+1} xᵏ/(k·k!), for small x. Source: NIST DLMF §6.6. */
function entire(x: number): number {
  let sum = 0;
  let term = -1;
  for (let k = 1; k < 60; k++) {
    term *= -x / k;
    sum += term / k;
    if (Math.abs(term) <= RELATIVE_ERROR * Math.abs(sum)) break;
  }
  return sum;
}

/**
 * eˣE₁(x) by its continued fraction, the modified Lentz method. Source: NIST DLMF §6.9; W. Press et al., Numerical
 * Recipes, 3rd ed. 2007, §6.3.
 */
function byFraction(x: number): number {
  let b = x + 1;
  let c = Infinity;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < 400; k++) {
    const a = -k * k;
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    value *= c * d;
    if (Math.abs(c * d - 1) <= RELATIVE_ERROR) break;
  }
  return value;
}

/**
 * eˣ·E₁(x) with E₁(x) = ∫ₓ^∞ e^{−t}/t dt: the exponential integral, scaled so that it does not underflow. `x` > 0,
 * dimensionless; Infinity at 0. Relative error under 1e-14.
 * Source: NIST Digital Library of Mathematical Functions §6.6.2, §6.9.1.
 */
export function scaledExponentialIntegral(x: number): number {
  if (x === 0) return Infinity;
  return x < SERIES_BELOW ? exp(x) * (entire(x) - EULER_GAMMA - log(x)) : byFraction(x);
}

/**
 * ln q + eˣE₁(x) at x = aq, from `logQ` = ln q ≤ 0 and a > 0: the two logarithms that nearly cancel as q falls are
 * never formed, so it holds down to q = 0 (logQ = −Infinity), where it is −γ−ln a. Dimensionless. It is the mean of
 * ln(q+Y/a) for a Y with density e^{−y}, since integration by parts leaves just these terms.
 * Source: as {@link scaledExponentialIntegral}.
 */
export function logPlusExponentialIntegral(logQ: number, a: number): number {
  const x = a * exp(logQ);
  if (x >= SERIES_BELOW) return logQ + byFraction(x);
  const cancelled = x === 0 ? 0 : expm1(x) * logQ;
  return exp(x) * (entire(x) - EULER_GAMMA - log(a)) - cancelled;
}
