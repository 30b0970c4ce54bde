import { agingLfu } from './agingLfu.ts';
import { arc } from './arc.ts';
import { belady } from './belady.ts';
import { clock } from './clock.ts';
import { fifo } from './fifo.ts';
import { findPolicy } from './findPolicy.ts';
import { lfu } from './lfu.ts';
import { lirs } from './lirs.ts';
import { lru } from './lru.ts';
import { lruK } from './lruK.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { random } from './random.ts';
import { redisAllkeysLfu, redisVolatileLfu } from './redisLfu.ts';
import { redisAllkeysLru, redisVolatileLru } from './redisLru.ts';
import { redisNoEviction } from './redisNoEviction.ts';
import { redisAllkeysRandom, redisVolatileRandom } from './redisRandom.ts';
import { redisVolatileTtl } from './redisTtl.ts';
import { s3Fifo } from './s3Fifo.ts';
import { sieve } from './sieve.ts';
import { slru } from './slru.ts';
import { ttlOnly } from './ttlOnly.ts';
import { twoQueue } from './twoQueue.ts';
import { wTinyLfu, wTinyLfuClimbing } from './wTinyLfu.ts';

/** Every eviction policy, in the order in which a person is offered them. A new one is a file and a line here. */
export const allPolicies: readonly PolicyEntry[] = [
  // One a line, so that several hands can add theirs.
  lru,
  fifo,
  clock,
  random,
  lfu,
  agingLfu,
  slru,
  lruK,
  twoQueue,
  arc,
  lirs,
  sieve,
  s3Fifo,
  wTinyLfu,
  wTinyLfuClimbing,
  belady,
  ttlOnly,
  redisNoEviction,
  redisAllkeysLru,
  redisAllkeysLfu,
  redisAllkeysRandom,
  redisVolatileLru,
  redisVolatileLfu,
  redisVolatileRandom,
  redisVolatileTtl,
];

/** The entry of this id. Throws a RangeError that names the nearest id where there is none such. */
export function policyEntry(id: string): PolicyEntry {
  return findPolicy(id, allPolicies);
}

/** A fresh policy of any id there is. Throws a RangeError that names the nearest id where there is none such. */
export function createAnyPolicy(id: string, context: PolicyContext): Policy {
  return policyEntry(id).create(context);
}
