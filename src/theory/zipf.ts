import { log, pow } from '../random/math.ts';
import { expm1 } from './expm1.ts';

/** Terms added one by one before the Euler–Maclaurin tail takes over. */
const DIRECT_TERMS = 32;

/** Steepest exponent {@link zipfExponentForShare} looks at. */
const STEEPEST = 64;

/**
 * Generalised harmonic number H_{n,s} = Σ_{k=1..n} k^{−s}, dimensionless; n whole ≥ 0, s ≥ 0. The first 32 terms one by
 * one, the rest by Euler–Maclaurin with four derivative terms: relative error under 1e-13, and cost independent of n.
 * Source: NIST Digital Library of Mathematical Functions §2.10(i).
 */
export function harmonic(n: number, s: number): number {
  let sum = 0;
  const direct = n < DIRECT_TERMS ? n : DIRECT_TERMS - 1;
  for (let k = 1; k <= direct; k++) sum += pow(k, -s);
  if (n < DIRECT_TERMS) return sum;
  const from = DIRECT_TERMS;
  const atFrom = pow(from, -s);
  const atN = pow(n, -s);
  const stretch = log(n / from);
  const integral = s === 1 ? stretch : (pow(from, 1 - s) * expm1((1 - s) * stretch)) / (1 - s);
  return sum + integral + (atFrom + atN) / 2 + slopeTerms(from, s, atFrom) - slopeTerms(n, s, atN);
}

/** Euler–Maclaurin derivative terms of x^{−s} at x, with the Bernoulli factors 1/12, −1/720, 1/30240, −1/1209600. */
function slopeTerms(x: number, s: number, value: number): number {
  const inverseSquare = 1 / (x * x);
  const first = (s * value) / x;
  const third = first * (s + 1) * (s + 2) * inverseSquare;
  const fifth = third * (s + 3) * (s + 4) * inverseSquare;
  const seventh = fifth * (s + 5) * (s + 6) * inverseSquare;
  return first / 12 - third / 720 + fifth / 30240 - seventh / 1209600;
}

/**
 * Share of requests that go to the k most popular of N keys: H_{k,s}/H_{N,s}. It is also the hit ratio of an ideal LFU
 * cache of k entries, the best any policy reaches without knowing the future. k, N whole, k above N counts as N,
 * exponent s ≥ 0.
 * Source: L. Breslau et al., Web Caching and Zipf-like Distributions, INFOCOM 1999.
 */
export function zipfTopShare(topKeys: number, keyCount: number, exponent: number): number {
  return topKeys >= keyCount ? 1 : harmonic(topKeys, exponent) / harmonic(keyCount, exponent);
}

/**
 * The exponent at which the k most popular of N keys draw `share` of requests, by bisection in [0, 64] to within
 * rounding. NaN where none does: share below k/N (that would be flatter than uniform) or ≥ 1, or k ≥ N. Infinity if it
 * would lie above 64.
 * Source: inverse of {@link zipfTopShare}, which rises with the exponent.
 */
export function zipfExponentForShare(share: number, topKeys: number, keyCount: number): number {
  if (!(topKeys >= 1 && topKeys < keyCount && share >= topKeys / keyCount && share < 1)) return NaN;
  if (zipfTopShare(topKeys, keyCount, STEEPEST) < share) return Infinity;
  let low = 0;
  let high = STEEPEST;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (zipfTopShare(topKeys, keyCount, middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Request probabilities of Zipf keys by rank, k^{−s}/H_{N,s} at index k−1; they add up to 1. N whole ≥ 1, s ≥ 0. One
 * power a key: keep the array rather than ask again. Source: Breslau et al. 1999.
 */
export function zipfShares(keyCount: number, exponent: number): Float64Array {
  const total = harmonic(keyCount, exponent);
  const shares = new Float64Array(keyCount);
  for (let k = 1; k <= keyCount; k++) shares[k - 1] = pow(k, -exponent) / total;
  return shares;
}
