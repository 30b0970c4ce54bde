import { exp, log } from '../random/math.ts';
import { checkAtLeast, checkPositive } from './domain.ts';
import { expm1 } from './expm1.ts';

function check(meanS: number, hedgeAfterS: number): void {
  checkPositive('a mean service time', meanS);
  if (!(hedgeAfterS >= 0)) throw new RangeError(`a hedge must come after 0 s or more, not ${hedgeAfterS}`);
}

/**
 * The time within which the share q of requests is answered when a second one is sent after d seconds and the first
 * answer counts, min(X, d+X'): −m·ln(1−q) up to d, beyond it halfway back to d. X, X' independent and exponential with
 * mean m, no waiting line. Seconds; m > 0, d ≥ 0 and Infinity for never, q in 0..1 without 1; throws a RangeError
 * otherwise. Source: J. Dean, L. Barroso, The Tail at Scale, CACM 56(2), 2013; minimum of exponentials.
 */
export function hedgedQuantileS(meanS: number, hedgeAfterS: number, quantile: number): number {
  check(meanS, hedgeAfterS);
  if (!(quantile >= 0 && quantile < 1)) throw new RangeError(`a quantile must be from 0 and below 1, not ${quantile}`);
  const aloneS = 0 - meanS * log(1 - quantile);
  return aloneS <= hedgeAfterS ? aloneS : (hedgeAfterS + aloneS) / 2;
}

/**
 * Mean of min(X, d+X'): m(1−e^{−d/m}/2) seconds, from m/2 for d = 0 to m. Assumptions, range, throws and source as
 * {@link hedgedQuantileS}.
 */
export function hedgedMeanS(meanS: number, hedgeAfterS: number): number {
  check(meanS, hedgeAfterS);
  return meanS * (1 - hedgeShare(meanS, hedgeAfterS) / 2);
}

/**
 * Share of requests that send a second one, so the extra requests: e^{−d/m}. Without a cancel that is also the extra
 * work; with one, exponential service does no extra work at all, as what is left of a long service is as long as a new
 * one. Assumptions, range, throws and source as {@link hedgedQuantileS}.
 */
export function hedgeShare(meanS: number, hedgeAfterS: number): number {
  check(meanS, hedgeAfterS);
  return exp(-hedgeAfterS / meanS);
}

/**
 * Share of requests answered within a limit of t seconds, P(min(X, d+X') ≤ t): 1−e^{−t/m} up to d, 1−e^{−(2t−d)/m}
 * beyond. `limitS` finite and ≥ 0; other range, throws, assumptions and source as {@link hedgedQuantileS}.
 */
export function hedgedWithinShare(meanS: number, hedgeAfterS: number, limitS: number): number {
  check(meanS, hedgeAfterS);
  checkAtLeast('a limit', limitS);
  return -expm1(-(limitS <= hedgeAfterS ? limitS : 2 * limitS - hedgeAfterS) / meanS);
}
