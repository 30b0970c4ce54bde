import { exp } from '../random/math.ts';
import { checkAtLeast, checkPositive, checkShare, checkWhole } from './domain.ts';
import { averageDecay } from './expm1.ts';

/**
 * Reads a second of one key that get past m caches side by side, each with a TTL of T seconds and 1/m of the reads:
 * l/(1+lT/m), at most m/T. Local memories of servers and points of presence of a CDN alike; one cache behind them all
 * is m = 1. Poisson reads, instant fill. Rate and TTL finite and ≥ 0, `caches` whole ≥ 1; throws a RangeError
 * otherwise.
 * Source: J. Jung, A. Berger, H. Balakrishnan, Modeling TTL-based Internet Caches, INFOCOM 2003; thinning.
 */
export function pastLocalCachesPerS(readsPerS: number, ttlS: number, caches: number): number {
  checkAtLeast('reads a second', readsPerS);
  checkAtLeast('a time to live', ttlS);
  checkWhole('caches', caches, 1);
  return readsPerS / (1 + (readsPerS * ttlS) / caches);
}

/** Updates of one key and the messages that tell the caches of them. */
export interface Broadcast {
  /** Poisson updates of the key, per second, ≥ 0. */
  updatesPerS: number;
  /** Constant seconds from an update to a cache's dropping its entry, ≥ 0. */
  delayS: number;
  /** Share of messages to a cache that never arrive, independently, 0..1; 1 is no broadcast at all. */
  lostShare: number;
}

function check({ updatesPerS, delayS, lostShare }: Broadcast): void {
  checkAtLeast('updates a second', updatesPerS);
  checkAtLeast('a delay', delayS);
  checkShare('a share of lost messages', lostShare);
}

/**
 * The same when each update is broadcast and drops the entry wherever it is heard: an entry then lives
 * T·(1−e^{−x})/x seconds in the mean, x = u(1−f)T with f the lost share, since messages reach a cache as a Poisson
 * process whatever their delay. Range, throws and assumptions as {@link pastLocalCachesPerS} and {@link Broadcast}.
 * Source: displacement theorem, J. Kingman, Poisson Processes, 1993, §5.5; renewal-reward theorem, S. Ross, Stochastic
 * Processes, 2nd ed. 1996, §3.6.
 */
export function pastLocalCachesWithBroadcastPerS(
  readsPerS: number,
  ttlS: number,
  caches: number,
  broadcast: Broadcast,
): number {
  checkAtLeast('a time to live', ttlS);
  check(broadcast);
  const heardPerS = broadcast.updatesPerS * (1 - broadcast.lostShare);
  return pastLocalCachesPerS(readsPerS, ttlS * averageDecay(heardPerS * ttlS), caches);
}

/**
 * Share of hits in a local cache that serve an overwritten value although updates are broadcast. An entry of age a is
 * still there with probability e^{−ka} and there and current with e^{−ua−k·min(a,δ)}, k = u(1−f) the updates heard of,
 * δ the delay; the share is one less the ratio of their integrals over 0..T. With f = 1 it is the share under a TTL
 * alone. Poisson reads and updates, fills read the current value. T finite and > 0 seconds; throws a RangeError
 * otherwise and outside {@link Broadcast}.
 * Source: derived from the independence of a Poisson process over disjoint intervals.
 */
export function localStaleHitShare(ttlS: number, broadcast: Broadcast): number {
  checkPositive('a time to live', ttlS);
  check(broadcast);
  const { updatesPerS, lostShare } = broadcast;
  const heardPerS = updatesPerS * (1 - lostShare);
  const delayS = Math.min(broadcast.delayS, ttlS);
  const bothPerS = updatesPerS + heardPerS;
  const restS = ttlS - delayS;
  const currentS =
    delayS * averageDecay(bothPerS * delayS) + exp(-bothPerS * delayS) * restS * averageDecay(updatesPerS * restS);
  return 1 - currentS / (ttlS * averageDecay(heardPerS * ttlS));
}
