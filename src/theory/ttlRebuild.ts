import { exp } from '../random/math.ts';
import { expm1 } from './expm1.ts';

/** How the reads of one key split, as shares of all its reads. */
export interface RebuildShares {
  /** Fetches at the origin, a read. */
  originShare: number;
  /** Reads that waited on a fetch another read had begun. */
  delayedShare: number;
  /** Reads answered from the cache at once. */
  hitShare: number;
}

/** How reads split with stale-while-revalidate, as shares of all reads of the key. */
export interface RevalidateShares {
  /** Fetches at the origin, a read, in the background or not. */
  originShare: number;
  /** Answered at once within the TTL. */
  freshShare: number;
  /** Answered at once past the TTL. */
  staleShare: number;
  /** Had to wait: began a fetch in the foreground, or joined one. */
  blockedShare: number;
}

/**
 * Fixed TTL with single flight and a rebuild of D seconds. A cycle is the missing read, λD reads that join it, λT hits:
 * origin 1/(1+λ(T+D)), delayed λD/(1+λ(T+D)). Poisson reads; TTL counts from the end of the rebuild; constant D. Rate
 * per second, times in seconds ≥ 0. Source: renewal-reward theorem, S. Ross, Stochastic Processes, 2nd ed. 1996, §3.6.
 */
export function singleFlightShares(readsPerS: number, ttlS: number, rebuildS: number): RebuildShares {
  const reads = 1 + readsPerS * (ttlS + rebuildS);
  return {
    originShare: 1 / reads,
    delayedShare: (readsPerS * rebuildS) / reads,
    hitShare: (readsPerS * ttlS) / reads,
  };
}

/**
 * Fixed TTL without single flight: each of the 1+λD reads before the first fill fetches for itself, and every later
 * fill renews the TTL; the last is late by D−(1−e^{−λD})/λ on average. Poisson reads, constant D, valid for T ≥ D.
 * Seconds, per second.
 * Source: renewal-reward theorem, Ross 1996, §3.6; the lag is the mean of the last Poisson arrival in [0, D].
 */
export function uncoalescedShares(readsPerS: number, ttlS: number, rebuildS: number): RebuildShares {
  const lastFillLag = readsPerS * rebuildS + expm1(-readsPerS * rebuildS);
  const fetches = 1 + readsPerS * rebuildS;
  const reads = fetches + lastFillLag + readsPerS * ttlS;
  return { originShare: fetches / reads, delayedShare: 0, hitShare: 1 - fetches / reads };
}

/**
 * Stale-while-revalidate: past the TTL T, for `staleWindowS` w seconds the old value is served while one background
 * fetch of D seconds runs; past T+w reads wait for the fetch. With D = 0 the blocked share is e^{−λw}/(1+λT). Poisson
 * reads, single flight in front and behind, TTL from the end of the fetch. Rate per second, times in seconds ≥ 0.
 * Source: RFC 5861 §3 for the rule; renewal-reward theorem, Ross 1996, §3.6.
 */
export function staleWhileRevalidateShares(
  readsPerS: number,
  ttlS: number,
  staleWindowS: number,
  rebuildS: number,
): RevalidateShares {
  const reads = 1 + readsPerS * (ttlS + rebuildS);
  const lateStart = exp(-readsPerS * staleWindowS);
  const blockedAfterLateStart = lateStart * (1 + readsPerS * rebuildS);
  // A refresh that began inside the window may outlast it: λE[(X+D−w)⁺; X<w] for the exponential first read X past the
  // TTL.
  const firstOverrunS = staleWindowS > rebuildS ? staleWindowS - rebuildS : 0;
  const overrunReads =
    readsPerS * (firstOverrunS + rebuildS - staleWindowS) * exp(-readsPerS * firstOverrunS) -
    readsPerS * rebuildS * lateStart +
    (exp(-readsPerS * firstOverrunS) - lateStart);
  const blocked = blockedAfterLateStart + overrunReads;
  const fresh = readsPerS * ttlS;
  return {
    originShare: 1 / reads,
    freshShare: fresh / reads,
    staleShare: (reads - fresh - blocked) / reads,
    blockedShare: blocked / reads,
  };
}
