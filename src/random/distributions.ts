import { exp, log } from './math.ts';

/** A random amount: its mean, its shape, and for the log-normal the standard deviation of its logarithm. */
export interface Distribution {
  /** In the unit of whatever is drawn; at least 0. */
  mean: number;
  shape: 'constant' | 'exponential' | 'lognormal';
  /** Standard deviation of the logarithm, at least 0; only the log-normal reads it. */
  sigma?: number;
}

/** The sigma of a log-normal that states none: median 0.61 and 99th percentile 6.2 times the mean. */
export const SIGMA_DEFAULT = 1;

/** The largest double under 1. */
const UNDER_ONE = 1 - 1 / 9007199254740992;

/** Coefficients of AS241's rational functions, lowest power first, rounded to doubles. */
const CENTRE_UPPER = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const CENTRE_LOWER = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852854,
];
const NEAR_UPPER = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const NEAR_LOWER = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const FAR_UPPER = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const FAR_LOWER = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
];

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = coefficients[7];
  for (let i = 6; i >= 0; i--) sum = sum * x + coefficients[i];
  return sum;
}

/**
 * The standard normal quantile: z with P(Z <= z) = u, to about 1 part in 10^15. −Infinity at 0, Infinity at 1, NaN outside [0, 1].
 * Source: Wichura, "Algorithm AS 241: The Percentage Points of the Normal Distribution", Applied Statistics 37 (1988).
 */
export function normalQuantile(u: number): number {
  const centred = u - 0.5;
  if (centred >= -0.425 && centred <= 0.425) {
    const r = 0.180625 - centred * centred;
    return (centred * polynomial(CENTRE_UPPER, r)) / polynomial(CENTRE_LOWER, r);
  }
  const tail = centred < 0 ? u : 1 - u;
  if (tail === 0) return centred < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-log(tail));
  const size =
    r <= 5
      ? polynomial(NEAR_UPPER, r - 1.6) / polynomial(NEAR_LOWER, r - 1.6)
      : polynomial(FAR_UPPER, r - 5) / polynomial(FAR_LOWER, r - 5);
  return centred < 0 ? -size : size;
}

/** An exponential amount with this mean, by inversion: u in (0, 1], 1 giving 0. */
export function exponential(mean: number, u: number): number {
  return 0 - mean * log(u);
}

/**
 * A log-normal amount with this mean (not median), `sigma` being the standard deviation of its logarithm, by inversion:
 * u in (0, 1], 1 counting as the largest double under it.
 */
export function logNormal(mean: number, sigma: number, u: number): number {
  return mean * exp(sigma * (normalQuantile(u < 1 ? u : UNDER_ONE) - sigma / 2));
}

/** The amount, not rounded, that a uniform u in (0, 1] stands for. Grows with u for the log-normal, falls for the exponential. */
export function draw(distribution: Distribution, u: number): number {
  if (distribution.shape === 'constant') return distribution.mean;
  if (distribution.shape === 'exponential') return exponential(distribution.mean, u);
  return logNormal(distribution.mean, distribution.sigma ?? SIGMA_DEFAULT, u);
}
