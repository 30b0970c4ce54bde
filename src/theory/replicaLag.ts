import { exp } from '../random/math.ts';
import { checkAtLeast, checkPositive } from './domain.ts';
import { expm1 } from './expm1.ts';
import type { Population } from './Population.ts';

function check(writesPerS: number, lagS: number): void {
  checkAtLeast('writes a second', writesPerS);
  checkAtLeast('a lag', lagS);
}

/**
 * Share of a key's reads that a replica answers with an overwritten value: 1−e^{−uL}, an update in the last L seconds.
 * Poisson updates of the key, reads independent of them, constant lag. Per second, seconds, finite and ≥ 0; throws a
 * RangeError otherwise. Source: definition of a Poisson process.
 */
export function staleReplicaReadShare(updatesPerS: number, lagS: number): number {
  check(updatesPerS, lagS);
  return -expm1(-updatesPerS * lagS);
}

/**
 * The same over many keys: Σ pᵢ(1−e^{−pᵢwL}), `writesPerS` over all keys, reads and writes choosing keys alike. Range,
 * throws and assumptions as {@link staleReplicaReadShare}. Source: thinning of a Poisson process.
 */
export function staleReplicaReadShareOver(keys: Population, writesPerS: number, lagS: number): number {
  check(writesPerS, lagS);
  let stale = 0;
  for (let i = 0; i < keys.shares.length; i++) {
    stale -= keys.keys[i] * keys.shares[i] * expm1(-keys.shares[i] * writesPerS * lagS);
  }
  return stale;
}

/**
 * Mean writes the primary has and a replica has not: wL. As many acknowledged writes are lost when that replica takes
 * over. Any arrivals with that mean rate; range and throws as {@link staleReplicaReadShare}.
 * Source: J. Little, A Proof for the Queuing Formula L = λW, Operations Research 9(3), 1961.
 */
export function meanUnseenWrites(writesPerS: number, lagS: number): number {
  check(writesPerS, lagS);
  return writesPerS * lagS;
}

/**
 * Share of read-backs on a replica that miss the reader's own write: e^{−P/d}−e^{−L/d} for P < L, else 0. Constant lag
 * L; the author reads an exponential time of mean d > 0 after the write; for P = `pinS` after it the primary answers
 * (default 0, no such rule). Seconds, finite, L and P ≥ 0; throws a RangeError otherwise. Source: D. Terry et al.,
 * Session Guarantees for Weakly Consistent Replicated Data, PDIS 1994, for the guarantee; elementary probability.
 */
export function missedOwnWriteShare(lagS: number, meanReadBackS: number, pinS = 0): number {
  checkAtLeast('a lag', lagS);
  checkPositive('a read-back delay', meanReadBackS);
  checkAtLeast('a pin', pinS);
  return pinS >= lagS ? 0 : -exp(-pinS / meanReadBackS) * expm1((pinS - lagS) / meanReadBackS);
}

/**
 * The same for a lag that is exponential with mean L > 0 and a read-back exactly d ≥ 0 later: e^{−d/L}. Seconds,
 * finite; throws a RangeError otherwise. Source: as {@link missedOwnWriteShare}.
 */
export function missedOwnWriteShareRandomLag(meanLagS: number, readBackS: number): number {
  checkPositive('a lag', meanLagS);
  checkAtLeast('a read-back delay', readBackS);
  return exp(-readBackS / meanLagS);
}
