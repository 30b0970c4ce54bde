import { checkAtLeast, checkWhole } from './domain.ts';
import { averageDecay, expm1, log1p } from './expm1.ts';
import type { Population } from './Population.ts';
import { staleHitShare } from './staleness.ts';

function check(writesPerS: number, flushS: number): void {
  checkAtLeast('writes a second', writesPerS);
  checkAtLeast('a flush interval', flushS);
}

/**
 * Acknowledged writes lost in the mean when a buffer that is flushed every F seconds dies at a random moment: wF/2.
 * Steady writes, flushes on a fixed beat that take no time, no log. Per second, seconds, finite and ≥ 0; throws a
 * RangeError otherwise. Source: uniform age of a random moment, S. Ross, Stochastic Processes, 2nd ed. 1996, §3.4.
 */
export function meanWritesLost(writesPerS: number, flushS: number): number {
  check(writesPerS, flushS);
  return (writesPerS * flushS) / 2;
}

/**
 * Writes lost at the worst moment, just before a flush: wF. Assumptions, range and throws as {@link meanWritesLost}.
 */
export function mostWritesLost(writesPerS: number, flushS: number): number {
  check(writesPerS, flushS);
  return writesPerS * flushS;
}

/**
 * Mean distinct keys among exactly n writes to K keys, each equally likely: K(1−(1−1/K)ⁿ). `writes` whole ≥ 0, `keys`
 * whole ≥ 1; throws a RangeError otherwise. Source: occupancy, W. Feller, An Introduction to Probability Theory and Its
 * Applications vol. 1, 3rd ed. 1968, §IV.2.
 */
export function distinctKeys(writes: number, keys: number): number {
  checkWhole('writes', writes, 0);
  checkWhole('keys', keys, 1);
  if (keys === 1) return writes > 0 ? 1 : 0;
  return -keys * expm1(writes * log1p(-1 / keys));
}

/**
 * Mean distinct keys in a batch of F seconds of Poisson writes: Σ(1−e^{−pᵢwF}), for K equal keys K(1−e^{−wF/K}). It is
 * the batch's size once writes to one key are merged. Range and throws as {@link meanWritesLost}.
 * Source: thinning of a Poisson process.
 */
export function batchKeys(writesPerS: number, flushS: number, keys: Population): number {
  check(writesPerS, flushS);
  return sumOver(keys, (share) => -expm1(-share * writesPerS * flushS));
}

/**
 * Mean distinct keys lost when the buffer dies at a random moment: {@link batchKeys} averaged over the age of the
 * batch, for K equal keys K(1−(1−e^{−x})/x) with x = wF/K. More than half of a batch, since a batch gathers new keys
 * fastest at its start. Range, throws and assumptions as {@link meanWritesLost}, Poisson writes. Source: the integral
 * of {@link staleHitShare}, where the age of a hit takes the place of the batch's.
 */
export function meanKeysLost(writesPerS: number, flushS: number, keys: Population): number {
  check(writesPerS, flushS);
  return sumOver(keys, (share) => staleHitShare(share * writesPerS, flushS));
}

/**
 * Rows a second that reach the database once writes to one key in one batch are merged: {@link batchKeys}/F, w for
 * F = 0. Range and throws as {@link meanWritesLost}. Source: as {@link batchKeys}.
 */
export function coalescedWritesPerS(writesPerS: number, flushS: number, keys: Population): number {
  check(writesPerS, flushS);
  return sumOver(keys, (share) => share * writesPerS * averageDecay(share * writesPerS * flushS));
}

function sumOver(keys: Population, ofShare: (share: number) => number): number {
  let sum = 0;
  for (let i = 0; i < keys.shares.length; i++) sum += keys.keys[i] * ofShare(keys.shares[i]);
  return sum;
}
