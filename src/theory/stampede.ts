import { expm1 } from './expm1.ts';

/**
 * Mean origin fetches for one expiry of a hot key without single flight: 1+λD — the first miss and every read before
 * its rebuild ends. Poisson reads of the key at `readsPerS`, constant rebuild `rebuildS` seconds. With single flight
 * over the whole cluster it is 1. Source: mean of a Poisson count; the problem in A. Vattani, F. Chierichetti, K.
 * Lowenstein, Optimal Probabilistic Cache Stampede Prevention, VLDB 2015.
 */
export function stampedeFetches(readsPerS: number, rebuildS: number): number {
  return 1 + readsPerS * rebuildS;
}

/**
 * Mean origin fetches for one expiry in a shared cache when each of m servers lets one fetch through:
 * 1+(m−1)(1−e^{−λD/m}), the first server and each other that sees a read before the first rebuild ends. Poisson reads
 * spread evenly over the servers, constant rebuild. Per second, seconds; `servers` whole ≥ 1. Tends to m for a hot key.
 * Source: thinning of a Poisson process.
 */
export function stampedeFetchesPerServerFlight(readsPerS: number, rebuildS: number, servers: number): number {
  return 1 - (servers - 1) * expm1((-readsPerS * rebuildS) / servers);
}
