import type { Process } from '../kernel/Effect.ts';
import { CallFailed } from '../nodes/Call.ts';
import type { Handles, Request, Value } from '../nodes/Handles.ts';
import { OUTCOME } from '../spans/codes.ts';

/**
 * The cache is the only place that is asked: whatever it does not have is an error, and nothing fills it but a writer or a
 * warm-up. That is a store without durability, not a cache.
 * @source the course's source document 000 (a cache treated as the store of record).
 */
export function* cacheOnlyRead({ key }: Request, { cache }: Handles): Process<Value> {
  const cached = yield* cache.get(key);
  if (cached === undefined) throw new CallFailed(OUTCOME.error);
  return cached;
}
