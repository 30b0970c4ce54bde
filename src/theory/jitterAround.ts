import { checkAtLeast, checkPositive, checkWhole } from './domain.ts';

/**
 * What a TTL of T seconds becomes with a uniform random part of width J around it: from T−J/2 to T+J/2, so that its
 * mean stays T, where a part added on top would make it T+J/2. For a hit ratio give the two ends to the forms for a
 * jittered TTL. T finite and > 0, 0 ≤ J ≤ 2T; throws a RangeError otherwise. Source: definition.
 */
export function jitterAroundRangeS(ttlS: number, jitterS: number): { minTtlS: number; maxTtlS: number } {
  checkPositive('a time to live', ttlS);
  checkAtLeast('a jitter', jitterS);
  if (jitterS > 2 * ttlS) throw new RangeError(`a jitter of ${jitterS} s around ${ttlS} s would end before it starts`);
  return { minTtlS: ttlS - jitterS / 2, maxTtlS: ttlS + jitterS / 2 };
}

/**
 * Standard deviation in seconds of the moment of the n-th refill, over keys that were set together and are read as soon
 * as they expire, each TTL drawn anew: J·√(n/12). Jitter adds up, so a wave flattens further with every round. J finite
 * and ≥ 0, `refills` whole ≥ 0; throws a RangeError otherwise. Source: variance of a sum of independent uniforms.
 */
export function refillSpreadS(jitterS: number, refills: number): number {
  checkAtLeast('a jitter', jitterS);
  checkWhole('refills', refills, 0);
  return jitterS * Math.sqrt(refills / 12);
}

/**
 * Refills a second at the crest of the n-th wave of k such keys, mean of the random refills: k/J for the first and the
 * second, then by the normal approximation k/(J·√(2πn/12)), 6% above the exact 3k/4J at n = 3 and nearer with each
 * wave. It holds while the next wave does not reach back to it, (n+1)·J < 2T. J finite and > 0, `keyCount` ≥ 0,
 * `refills` whole ≥ 1; throws a RangeError otherwise. Source: Irwin–Hall density, N. Johnson, S. Kotz, N. Balakrishnan,
 * Continuous Univariate Distributions vol. 2, 2nd ed. 1995, §26.9.
 */
export function refillCrestPerS(keyCount: number, jitterS: number, refills: number): number {
  checkAtLeast('keys', keyCount);
  checkPositive('a jitter', jitterS);
  checkWhole('refills', refills, 1);
  const spread = refills <= 2 ? 1 : Math.sqrt((2 * Math.PI * refills) / 12);
  return keyCount / (jitterS * spread);
}
