import type { BareHandles } from '../nodes/createHandles.ts';
import type { Handles, Pattern } from '../nodes/Handles.ts';
import type { Scenario } from '../scenario/schema.ts';
import { bloomGuard } from './bloomGuard.ts';
import { admitCostly, admitSecondRequest } from './admission.ts';
import { cacheBreaker, databaseBreaker, versionsBreaker } from './circuitBreaker.ts';
import { hedging } from './hedging.ts';
import { loadLimit } from './loadLimit.ts';
import { negativeEntries } from './negativeEntries.ts';
import { retries } from './retries.ts';

/**
 * Cache and database behind the guards that are on. A retry passes the breaker anew, and a query with its hedge is one
 * call to the breaker.
 */
export function guardHandles(
  { protect }: Scenario,
  bare: BareHandles,
): Pick<Handles, 'cache' | 'versions' | 'database'> {
  let { cache, versions, database } = bare;
  if (protect.breaker === 'cache' || protect.breaker === 'both') {
    cache = cacheBreaker(cache, bare);
    versions = versionsBreaker(versions, bare);
  }
  if (protect.hedge < Number.POSITIVE_INFINITY) database = hedging(database, bare);
  if (protect.breaker === 'database' || protect.breaker === 'both') database = databaseBreaker(database, bare);
  if (protect.retries > 0) database = retries(database, bare);
  return { cache, versions, database };
}

/** A load behind the guards that are on. Whoever waits for another's load stands outside and counts for nothing here. */
export function guardLoad({ protect }: Scenario, { guards }: BareHandles, load: Pattern): Pattern {
  let guarded = load;
  if (protect.negative > 0) guarded = negativeEntries(guarded);
  if (protect.admit === 'second-request') guarded = admitSecondRequest(guarded, guards);
  if (protect.admit === 'cost') guarded = admitCostly(guarded, guards);
  if (protect.limit < Number.POSITIVE_INFINITY) guarded = loadLimit(guarded, guards);
  return guarded;
}

/** A read behind the guard that is on. */
export function guardRead({ bloom }: Scenario, read: Pattern): Pattern {
  return bloom.enabled ? bloomGuard(read) : read;
}
