import { checkShare, checkWhole } from './domain.ts';

/**
 * Share of all requests that reach the shard of the hottest key, in the mean over placements: p₁+(1−p₁)/M, that key and
 * an even part of the rest. More shards cannot take it below p₁. `hottestShare` p₁ in 0..1, `shards` whole ≥ 1; throws
 * a RangeError otherwise. Source: linearity of the mean over uniform hashing.
 */
export function hotShardShare(hottestShare: number, shards: number): number {
  checkShare('the hottest key', hottestShare);
  checkWhole('shards', shards, 1);
  return hottestShare + (1 - hottestShare) / shards;
}
