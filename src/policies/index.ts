import { findPolicy } from './findPolicy.ts';
import { lru } from './lru.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';

/**
 * The policies that every simulation can have at once: what most have, and no more, because the first page loads them. All
 * there are stand in `allPolicies.ts`.
 */
export const policies: readonly PolicyEntry[] = [lru];

/** A fresh policy of this id. Throws a RangeError that names the nearest id where there is none such. */
export function createPolicy(id: string, context: PolicyContext): Policy {
  return findPolicy(id, policies).create(context);
}
