import { checkAtLeast, checkShare } from './domain.ts';

/** One cache in a row of them. */
export interface Tier {
  /** Hits among the look-ups that reach it, 0..1. */
  hitRatio: number;
  /** Seconds one look-up takes, hit or miss, ≥ 0. */
  lookupS: number;
}

/**
 * Share of requests that some cache of the row answers: 1−∏(1−hᵢ), hᵢ among the look-ups that reach cache i. Holds
 * whatever depends on what, as long as each hᵢ is measured there: a second cache behind a first sees what the first let
 * through, so its ratio is usually lower than it would be alone. Each in 0..1; throws a RangeError otherwise.
 * Source: H. Che, Y. Tung, Z. Wang, Hierarchical Web Caching Systems, IEEE JSAC 20(7), 2002; chain rule of probability.
 */
export function combinedHitRatio(hitRatios: readonly number[]): number {
  let missed = 1;
  for (const hitRatio of hitRatios) {
    checkShare('a hit ratio', hitRatio);
    missed *= 1 - hitRatio;
  }
  return 1 - missed;
}

/**
 * Mean seconds of a read that tries the caches one after the other and then the origin: each cost is paid by those who
 * get that far, t₁+(1−h₁)(t₂+(1−h₂)(…+origin)). Hit ratios in 0..1, times finite and ≥ 0; throws a RangeError
 * otherwise.
 * Source: effective access time, J. Hennessy, D. Patterson, Computer Architecture, 6th ed. 2017, §2.1.
 */
export function serialMeanLatencyS(tiers: readonly Tier[], originS: number): number {
  checkAtLeast('a time at the origin', originS);
  let reached = 1;
  let meanS = 0;
  for (const { hitRatio, lookupS } of tiers) {
    checkShare('a hit ratio', hitRatio);
    checkAtLeast('a look-up', lookupS);
    meanS += reached * lookupS;
    reached *= 1 - hitRatio;
  }
  return meanS + reached * originS;
}

/**
 * How many times the origin's load grows when the hit ratio goes from h to h': (1−h')/(1−h). `hitRatioBefore` in 0..1
 * without 1, `hitRatioAfter` in 0..1; throws a RangeError otherwise. Source: definition.
 */
export function originLeverage(hitRatioBefore: number, hitRatioAfter: number): number {
  checkShare('a hit ratio', hitRatioBefore);
  checkShare('a hit ratio', hitRatioAfter);
  if (hitRatioBefore === 1) throw new RangeError('with a hit ratio of 1 there is no load to grow');
  return (1 - hitRatioAfter) / (1 - hitRatioBefore);
}
