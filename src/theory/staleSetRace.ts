import { averageDecay, expm1 } from './expm1.ts';
import { checkAtLeast } from './domain.ts';

function check(updatesPerS: number, gapS: number): void {
  checkAtLeast('updates a second', updatesPerS);
  checkAtLeast('a gap', gapS);
}

/**
 * Probability that a reader who missed stores a value that was overwritten meanwhile: 1−e^{−wg}, an update of the key
 * committed and its delete done within the g seconds between the reader's query and its store. The old value then stays
 * although the writer deleted it. Poisson updates of the key, independent of reads; the delete follows the commit at
 * once. Per second, seconds, finite and ≥ 0; throws a RangeError otherwise.
 * Source: definition of a Poisson process; the race in R. Nishtala et al., Scaling Memcache at Facebook, NSDI 2013,
 * §3.2.1.
 */
export function staleSetShare(updatesPerS: number, gapS: number): number {
  check(updatesPerS, gapS);
  return -expm1(-updatesPerS * gapS);
}

/**
 * Stale stores a second: every fill may be one, m(1−e^{−wg}) for `fillsPerS` m. Range, throws, assumptions and source
 * as {@link staleSetShare}.
 */
export function staleSetsPerS(fillsPerS: number, updatesPerS: number, gapS: number): number {
  checkAtLeast('fills a second', fillsPerS);
  return fillsPerS * staleSetShare(updatesPerS, gapS);
}

/**
 * Mean seconds such a stored value stays: until the next update's delete or the end of its TTL, T(1−e^{−wT})/(wT); T
 * for a key that is not updated again. Range, throws, assumptions and source as {@link staleSetShare}, `ttlS` finite
 * and ≥ 0.
 */
export function staleSetMeanStayS(updatesPerS: number, ttlS: number): number {
  checkAtLeast('updates a second', updatesPerS);
  checkAtLeast('a time to live', ttlS);
  return ttlS * averageDecay(updatesPerS * ttlS);
}
