import { exp } from '../random/math.ts';
import { averageDecay, expm1, log1p } from './expm1.ts';
import type { Population } from './Population.ts';

/**
 * Hit ratio of one key whose entry lives `ttlS` seconds from its fill, under Poisson reads: λT/(1+λT).
 * Rate per second, TTL in seconds, both ≥ 0; instant rebuild, no capacity limit. Infinity in either gives 1.
 * Source: J. Jung, A. Berger, H. Balakrishnan, Modeling TTL-based Internet Caches, INFOCOM 2003.
 */
export function ttlHitRatio(readsPerS: number, ttlS: number): number {
  if (readsPerS === 0 || ttlS === 0) return 0;
  const readsInTtl = readsPerS * ttlS;
  return readsInTtl === Infinity ? 1 : readsInTtl / (1 + readsInTtl);
}

/**
 * Hit ratio of one key whose entry lives `ttlS` seconds from its last read (sliding), under Poisson reads: 1−e^{−λT}.
 * Rate per second, TTL in seconds, both ≥ 0; instant rebuild, no capacity limit.
 * Source: N. Choungmo Fofack et al., Analysis of TTL-based cache networks, VALUETOOLS 2012.
 */
export function slidingTtlHitRatio(readsPerS: number, ttlS: number): number {
  return readsPerS === 0 || ttlS === 0 ? 0 : -expm1(-readsPerS * ttlS);
}

/**
 * Hit ratio over a population of independent keys: Σ pᵢ·h(pᵢλ), where `hitRatioAt(ratePerS)` is one key's hit ratio.
 * `readsPerS` is the rate over all keys. Independent reference model; the grouping error is stated at the population.
 * Source: thinning of a Poisson process.
 */
export function populationHitRatio(
  population: Population,
  readsPerS: number,
  hitRatioAt: (keyReadsPerS: number) => number,
): number {
  let hits = 0;
  for (let i = 0; i < population.shares.length; i++) {
    const share = population.shares[i];
    hits += population.keys[i] * share * hitRatioAt(share * readsPerS);
  }
  return hits;
}

/**
 * Fixed TTL drawn anew at every fill, uniform in [minTtlS, maxTtlS]: by renewal reward only the mean counts,
 * λE[T]/(1+λE[T]). So jitter round the same mean costs no hit at all. Units and range as {@link ttlHitRatio}.
 * Source: renewal-reward theorem, S. Ross, Stochastic Processes, 2nd ed. 1996, §3.6.
 */
export function jitteredTtlHitRatio(readsPerS: number, minTtlS: number, maxTtlS: number): number {
  return ttlHitRatio(readsPerS, (minTtlS + maxTtlS) / 2);
}

/**
 * Fixed TTL drawn once for each key and kept, uniform in [a, b] = [minTtlS, maxTtlS]: the average of λT/(1+λT) over the
 * range, 1 − ln((1+λb)/(1+λa))/(λ(b−a)). This is the mean over many keys of that rate. Units and range as
 * {@link ttlHitRatio}.
 * Source: elementary integral of Jung, Berger, Balakrishnan 2003.
 */
export function jitteredTtlHitRatioPerKey(readsPerS: number, minTtlS: number, maxTtlS: number): number {
  const growth = (readsPerS * (maxTtlS - minTtlS)) / (1 + readsPerS * minTtlS);
  if (growth === 0) return ttlHitRatio(readsPerS, minTtlS);
  return 1 - log1p(growth) / growth / (1 + readsPerS * minTtlS);
}

/**
 * Sliding TTL drawn anew at every read, uniform in [minTtlS, maxTtlS]: the average of 1−e^{−λT} over the range.
 * Units and range as {@link slidingTtlHitRatio}. Source: elementary integral.
 */
export function jitteredSlidingTtlHitRatio(readsPerS: number, minTtlS: number, maxTtlS: number): number {
  return 1 - exp(-readsPerS * minTtlS) * averageDecay(readsPerS * (maxTtlS - minTtlS));
}

/**
 * Sliding TTL drawn at the fill and kept until the entry dies, uniform in [minTtlS, maxTtlS]: an entry brings
 * E[e^{λT}]−1 hits, so h = 1−1/E[e^{λT}] — more than drawing at every read, since long draws live longer. Units as
 * {@link slidingTtlHitRatio}.
 * Source: renewal-reward theorem, Ross 1996, §3.6.
 */
export function jitteredSlidingTtlHitRatioPerFill(readsPerS: number, minTtlS: number, maxTtlS: number): number {
  return 1 - exp(-readsPerS * maxTtlS) / averageDecay(readsPerS * (maxTtlS - minTtlS));
}
