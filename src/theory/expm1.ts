import { exp, log } from '../random/math.ts';

/**
 * e^x − 1 without the cancellation near zero. `x` any number, dimensionless; error a few ulp.
 * Source: W. Kahan's correction factor, in N. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed. 2002,
 * §1.14.1.
 */
export function expm1(x: number): number {
  const grown = exp(x);
  if (grown === 1) return x;
  const less = grown - 1;
  if (less === -1 || grown === Infinity) return less;
  return (less * x) / log(grown);
}

/**
 * ln(1 + x) without the cancellation near zero. `x` > −1, dimensionless; error a few ulp.
 * Source: Hewlett-Packard HP-15C Advanced Functions Handbook 1982; Higham 2002, problem 1.5.
 */
export function log1p(x: number): number {
  const grown = 1 + x;
  if (grown === 1) return x;
  if (grown === Infinity) return Infinity;
  return (log(grown) * x) / (grown - 1);
}

/**
 * (1 − e^{−x})/x, the average of e^{−xa} for a uniform in [0, 1]; 1 at x = 0. `x` ≥ 0, dimensionless.
 * Source: elementary integral.
 */
export function averageDecay(x: number): number {
  return x === 0 ? 1 : -expm1(-x) / x;
}
