import { exp } from '../random/math.ts';
import { checkAtLeast, checkPositive } from './domain.ts';
import { expm1 } from './expm1.ts';
import { logPlusExponentialIntegral, scaledExponentialIntegral } from './exponentialIntegral.ts';

/** From here e^{1/β} is near overflow, and reads that far ahead of the expiry refresh with a chance below 1e-304. */
const EAGERNESS_LOST = 700;

/** One hot key under XFetch: a read with r seconds left refreshes with probability e^{−r/(βD)}. */
export interface XFetchKey {
  /** Poisson reads of this key, per second, ≥ 0. */
  readsPerS: number;
  /** Seconds from a fill to its expiry, > 0. */
  ttlS: number;
  /** Constant seconds a rebuild takes, D > 0; also the D the rule is told. */
  rebuildS: number;
  /** β ≥ 0; 0 never refreshes early. */
  beta: number;
}

function check({ readsPerS, ttlS, rebuildS, beta }: XFetchKey): void {
  checkAtLeast('reads a second', readsPerS);
  checkPositive('a time to live', ttlS);
  checkPositive('a rebuild', rebuildS);
  checkAtLeast('beta', beta);
}

/** λ∫e^{−r/(βD)}dr over r from `leadS` to T: mean early starts of an entry down to that lead, as if none renewed it. */
function meanStartsBefore({ readsPerS, ttlS, rebuildS, beta }: XFetchKey, leadS: number): number {
  const scaleS = beta * rebuildS;
  if (scaleS === 0 || leadS >= ttlS) return 0;
  return -readsPerS * scaleS * exp(-leadS / scaleS) * expm1((leadS - ttlS) / scaleS);
}

/**
 * Probability that an entry has been refreshed early by the time `leadS` seconds are left:
 * 1−exp(−λβD(e^{−r/(βD)}−e^{−T/(βD)})), r = `leadS` in 0..T. Falls as r grows; at r = 0 it is the share of expiries
 * that no reader notices. Throws a RangeError outside the ranges of {@link XFetchKey} and of r.
 * Source: A. Vattani, F. Chierichetti, K. Lowenstein, Optimal Probabilistic Cache Stampede Prevention, VLDB 2015 for
 * the rule; thinning of a Poisson process.
 */
export function xFetchRefreshedShare(key: XFetchKey, leadS: number): number {
  check(key);
  checkAtLeast('a lead', leadS);
  if (leadS > key.ttlS) throw new RangeError(`a lead of ${leadS} s is longer than the time to live`);
  return -expm1(-meanStartsBefore(key, leadS));
}

/**
 * Probability that nobody refreshes before the expiry: exp(−λβD(1−e^{−T/(βD)})); 1 for β = 0. Throws a RangeError
 * outside the ranges of {@link XFetchKey}. Source: as {@link xFetchRefreshedShare}.
 */
export function xFetchUnrefreshedShare(key: XFetchKey): number {
  check(key);
  return exp(-meanStartsBefore(key, 0));
}

/**
 * Density of the first early refresh at `leadS` r seconds before the expiry, per second, for drawing: λe^{−r/(βD)}
 * times the share not refreshed by then. Over r in 0..T it adds up to 1 − {@link xFetchUnrefreshedShare}; 0 outside and
 * for β = 0. Throws a RangeError outside the ranges of {@link XFetchKey} or for an r that is not a number.
 * Source: as {@link xFetchRefreshedShare}.
 */
export function xFetchRefreshDensityPerS(key: XFetchKey, leadS: number): number {
  check(key);
  if (leadS !== leadS) throw new RangeError('a lead must be a number');
  const scaleS = key.beta * key.rebuildS;
  if (scaleS === 0 || leadS < 0 || leadS > key.ttlS) return 0;
  return key.readsPerS * exp(-leadS / scaleS - meanStartsBefore(key, leadS));
}

/**
 * Mean lead of the refresh before the expiry, in seconds, 0 counted where nobody refreshes early. The mean number of
 * starts y is a unit exponential cut off at its largest value, and r = −βD·ln(y/Λ+e^{−T/(βD)}) with Λ = λβD, so the
 * mean ends in exponential integrals; for a long TTL it is βD(ln Λ + γ + E₁(Λ)). Throws a RangeError outside the ranges
 * of {@link XFetchKey}. Source: derived from {@link xFetchRefreshedShare}.
 */
export function xFetchMeanLeadS(key: XFetchKey): number {
  check(key);
  const scaleS = key.beta * key.rebuildS;
  const reach = key.readsPerS * scaleS;
  if (reach === 0) return 0;
  const cutOff = exp(-meanStartsBefore(key, 0)) * scaledExponentialIntegral(reach);
  return scaleS * (cutOff - logPlusExponentialIntegral(-key.ttlS / scaleS, reach));
}

/**
 * Mean fetches of one refresh, counted like a stampede: the one that begins it, and every other that a read begins
 * before the first value lands D seconds later — early by the same rule while the old entry lives, on a miss after it.
 * No single flight. Equals 1+λD for β = 0 and tends to e^{1/β} for a hot key with a long TTL: fewer, not one. It rises
 * again as βD nears T, since reads of a young entry refresh too. Throws a RangeError outside the ranges of
 * {@link XFetchKey}.
 * Source: derived from {@link xFetchRefreshedShare}; Vattani, Chierichetti, Lowenstein 2015 for the problem.
 */
export function xFetchFetches(key: XFetchKey): number {
  check(key);
  const { readsPerS, ttlS, rebuildS, beta } = key;
  const scaleS = beta * rebuildS;
  const reach = readsPerS * scaleS;
  if (reach === 0) return 1 + readsPerS * rebuildS;
  const oldest = reach * exp(-ttlS / scaleS);
  const most = meanStartsBefore(key, 0);
  // Up to here the refresh begins so early that its value lands before the old one expires.
  const landing = meanStartsBefore(key, rebuildS);
  const unrefreshed = exp(-most);
  const inTime = exp(-landing);
  const early = 1 / beta > EAGERNESS_LOST ? 0 : expm1(1 / beta) * (gammaOfTwo(landing) - oldest * expm1(-landing));
  const logLanding = -Math.min(rebuildS, ttlS) / scaleS;
  const meanLog =
    inTime * logPlusExponentialIntegral(logLanding, reach) - unrefreshed * scaledExponentialIntegral(reach);
  const late =
    (reach + readsPerS * rebuildS) * (inTime - unrefreshed) -
    inTime * (1 + landing + oldest) +
    unrefreshed * (1 + reach) +
    reach * meanLog;
  return 1 + early + late + unrefreshed * readsPerS * rebuildS;
}

/** ∫₀ʸ te^{−t}dt = 1−e^{−y}(1+y), by its series where the difference would cancel. Source: NIST DLMF §8.7. */
function gammaOfTwo(y: number): number {
  if (y >= 1) return 1 - exp(-y) * (1 + y);
  let term = (y * y) / 2;
  let sum = 0;
  for (let k = 3; sum + term !== sum; k++) {
    sum += term;
    term *= y / k;
  }
  return sum * exp(-y);
}
