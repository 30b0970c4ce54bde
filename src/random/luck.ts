import { mix4 } from './murmur3.ts';

/**
 * A uniform number in (0, 1], a multiple of 2^−53, that depends on nothing but its arguments: the same request meets the same
 * luck at the same node in two runs that differ in anything else (common random numbers: Law, "Simulation Modeling and
 * Analysis", §11.2). All arguments are integers, taken modulo 2^32; `salt` tells apart the draws one attempt makes
 * (service time, fault, jitter …). No state, no allocation.
 */
export function luck(seed: number, node: number, request: number, attempt: number, salt: number): number {
  const high = mix4(seed, node, request, attempt, salt) >>> 5;
  // A second seed and another order of the words: two keys that collide in one half are told apart by the other.
  const low = mix4(seed ^ 0x5bd1e995, request, salt, node, attempt) >>> 6;
  return (high * 67108864 + low + 1) / 9007199254740992;
}
