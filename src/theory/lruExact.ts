import type { Population } from './Population.ts';
import { fifoCharacteristicTime } from './lruChe.ts';

/** 2^N subsets: beyond this the table no longer fits a page's patience. */
const MOST_KEYS = 20;

/**
 * LRU hit ratio without approximation, for few keys, by King's formula summed over subsets: the C last distinct keys
 * are the set S with probability f(S) = Σ_{i∈S} f(S−i)·pᵢ/(1−P(S−i)), and the hit ratio is Σ f(S)P(S) over |S| = C.
 * Independent references; `weights` > 0 of any scale, at most 20 of them (NaN beyond), `capacityEntries` whole. Cost
 * 2^N·N.
 * Source: W. F. King, Analysis of Demand Paging Algorithms, IFIP Congress 1971.
 */
export function lruExactHitRatio(weights: ArrayLike<number>, capacityEntries: number): number {
  const keyCount = weights.length;
  if (keyCount > MOST_KEYS) return NaN;
  if (capacityEntries >= keyCount) return keyCount > 0 ? 1 : 0;
  if (capacityEntries <= 0) return 0;
  const shares = normalised(weights);
  const reach = new Float64Array(1 << keyCount);
  const mass = new Float64Array(1 << keyCount);
  const size = new Uint8Array(1 << keyCount);
  reach[0] = 1;
  let hits = 0;
  for (let set = 0; set < reach.length; set++) {
    if (size[set] === capacityEntries) hits += reach[set] * mass[set];
    for (let key = 0; key < keyCount; key++) {
      const grown = set | (1 << key);
      if (grown === set) continue;
      size[grown] = size[set] + 1;
      mass[grown] = mass[set] + shares[key];
      if (size[set] < capacityEntries) reach[grown] += (reach[set] * shares[key]) / (1 - mass[set]);
    }
  }
  return hits;
}

/**
 * FIFO = RANDOM hit ratio without approximation: contents S have probability ∝ Π_{i∈S} pᵢ, so the miss ratio is
 * (C+1)·e_{C+1}(p)/e_C(p) with elementary symmetric polynomials, computed as a conditional Bernoulli sum that neither
 * over- nor underflows. Independent references; `weights` > 0 of any scale, `capacityEntries` whole. Cost N·C, some 10
 * ms at 10,000 and 1,000.
 * Source: E. Gelenbe, A Unified Approach to the Evaluation of a Class of Replacement Algorithms, IEEE ToC C-22(6),
 * 1973; X. Chen, A. Dempster, J. Liu, Weighted Finite Population Sampling to Maximize Entropy, Biometrika 81(3), 1994.
 */
export function fifoExactHitRatio(weights: ArrayLike<number>, capacityEntries: number): number {
  const keyCount = weights.length;
  if (capacityEntries >= keyCount) return keyCount > 0 ? 1 : 0;
  if (capacityEntries <= 0) return 0;
  const shares = normalised(weights);
  const each: Population = { shares, keys: new Float64Array(keyCount).fill(1), keyCount };
  // Tilted by the characteristic time, C is the mean of the sum, so its probability is never tiny.
  const tilt = fifoCharacteristicTime(each, capacityEntries);
  const chance = new Float64Array(capacityEntries + 2);
  chance[0] = 1;
  for (let key = 0; key < keyCount; key++) {
    const taken = (shares[key] * tilt) / (1 + shares[key] * tilt);
    const most = key < capacityEntries ? key + 1 : capacityEntries + 1;
    for (let n = most; n > 0; n--) chance[n] = chance[n] * (1 - taken) + chance[n - 1] * taken;
    chance[0] *= 1 - taken;
  }
  return 1 - ((capacityEntries + 1) * chance[capacityEntries + 1]) / (chance[capacityEntries] * tilt);
}

function normalised(weights: ArrayLike<number>): Float64Array {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i];
  const shares = new Float64Array(weights.length);
  for (let i = 0; i < weights.length; i++) shares[i] = weights[i] / total;
  return shares;
}
