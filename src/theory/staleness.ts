import { exp } from '../random/math.ts';
import { averageDecay, expm1 } from './expm1.ts';

/** Below this the closed difference loses digits and the series does not. */
const SERIES_BELOW = 0.02;

/**
 * Share of hits that serve an overwritten value with a TTL from fill: 1−(1−e^{−uT})/(uT), since a hit's age is uniform
 * in [0, T]. Poisson reads, Poisson updates at `updatesPerS` u independent of them, no invalidation. Per second,
 * seconds, both ≥ 0.
 * Source: elementary integral over the uniform age; ages in J. Jung et al., Modeling TTL-based Internet Caches, INFOCOM
 * 2003.
 */
export function staleHitShare(updatesPerS: number, ttlS: number): number {
  const x = updatesPerS * ttlS;
  if (x < SERIES_BELOW) return x * (1 / 2 - x * (1 / 6 - x * (1 / 24 - x * (1 / 120 - x * (1 / 720 - x / 5040)))));
  return 1 - averageDecay(x);
}

/**
 * Mean age of a hit with a TTL from fill: T/2 seconds, whatever the read rate. Assumptions as {@link staleHitShare}.
 */
export function meanHitAgeS(ttlS: number): number {
  return ttlS / 2;
}

/**
 * Share of hits that serve an overwritten value with a sliding TTL: 1 − φ(1−q)/((1−φ)q) with q = 1−e^{−λT} and
 * φ = λ/(λ+u)·(1−e^{−(λ+u)T}). Reads keep an entry alive, so it outlives many updates. Poisson reads and updates, no
 * invalidation. Per second, seconds; λ, T > 0, u ≥ 0.
 * Source: renewal argument over the reads of one residence; S. Ross, Stochastic Processes, 2nd ed. 1996, §3.6.
 */
export function slidingStaleHitShare(readsPerS: number, updatesPerS: number, ttlS: number): number {
  const bothPerS = readsPerS + updatesPerS;
  const hitNext = -expm1(-readsPerS * ttlS);
  const freshNext = (readsPerS / bothPerS) * -expm1(-bothPerS * ttlS);
  const staleNext = (updatesPerS + readsPerS * exp(-bothPerS * ttlS)) / bothPerS;
  return 1 - (freshNext * exp(-readsPerS * ttlS)) / (staleNext * hitNext);
}

/**
 * Mean age of a hit with a sliding TTL: E[X | X < T]/e^{−λT} seconds for exponential gaps X. Grows without bound as λT
 * does; Infinity once e^{−λT} underflows. λ, T > 0; per second, seconds. Source: as {@link slidingStaleHitShare}.
 */
export function slidingMeanHitAgeS(readsPerS: number, ttlS: number): number {
  const x = readsPerS * ttlS;
  const survives = exp(-x);
  // Mean of a truncated exponential, by its series where the closed form would cancel.
  const gap =
    x < SERIES_BELOW ? ttlS * (1 / 2 - x / 12 + (x * x * x) / 720) : 1 / readsPerS - (ttlS * survives) / -expm1(-x);
  return gap / survives;
}
