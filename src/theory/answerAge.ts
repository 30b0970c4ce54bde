import { exp } from '../random/math.ts';
import { checkAtLeast } from './domain.ts';
import { expm1 } from './expm1.ts';

/**
 * Mean age in seconds of the value in an answer with a TTL, single flight and a rebuild of D: λT²/2 over 1+λ(T+D) reads
 * a cycle. Age counts from the landing of the fetch, so who waited for it gets age 0. Poisson reads, constant D. Rate
 * per second, times in seconds, finite and ≥ 0; throws a RangeError otherwise.
 * Source: renewal-reward theorem, S. Ross, Stochastic Processes, 2nd ed. 1996, §3.6.
 */
export function singleFlightMeanAgeS(readsPerS: number, ttlS: number, rebuildS: number): number {
  return staleWhileRevalidateMeanAgeS(readsPerS, ttlS, 0, rebuildS);
}

/**
 * Mean age in seconds of the value in an answer with stale-while-revalidate: the old value still answers t seconds past
 * the TTL, t up to the window w, if no read more than D ago has begun a refresh, with probability e^{−λ(t−D)⁺}. So a
 * cycle of 1+λ(T+D) reads adds up to λT²/2 + λ∫₀ʷ(T+t)e^{−λ(t−D)⁺}dt. A stale answer of a cold key is old: T+1/λ with D
 * = 0 and an endless window. Assumptions, units and range as {@link singleFlightMeanAgeS}; throws a RangeError outside
 * it.
 * Source: RFC 5861 §3 for the rule; renewal-reward theorem, Ross 1996, §3.6.
 */
export function staleWhileRevalidateMeanAgeS(
  readsPerS: number,
  ttlS: number,
  staleWindowS: number,
  rebuildS: number,
): number {
  checkAtLeast('reads a second', readsPerS);
  checkAtLeast('a time to live', ttlS);
  checkAtLeast('a stale window', staleWindowS);
  checkAtLeast('a rebuild', rebuildS);
  const surelyOldS = Math.min(staleWindowS, rebuildS);
  const perhapsOldS = staleWindowS - surelyOldS;
  const x = readsPerS * perhapsOldS;
  let agesS = readsPerS * ((ttlS * ttlS) / 2 + surelyOldS * (ttlS + surelyOldS / 2));
  agesS -= (ttlS + surelyOldS) * expm1(-x);
  // (1−e^{−x}(1+x))/λ, which is nothing for a key that is never read.
  if (x > 0) agesS -= (expm1(-x) + x * exp(-x)) / readsPerS;
  return agesS / (1 + readsPerS * (ttlS + rebuildS));
}
