import type { Process } from '../kernel/Effect.ts';
import type { Handles, Request, Value } from '../nodes/Handles.ts';

/**
 * Write the database, then the cache, and answer when both have it. The database comes first because it may refuse: the
 * other way round readers would be shown what was never written. The price of that order: where the second write is lost, the
 * old value stays in the cache until its time to live ends or the next write; and of two writers at once the slower one may
 * store its older value last, since nothing orders their second writes.
 * @source Oracle Coherence, "Read-Through, Write-Through, Write-Behind, and Refresh-Ahead Caching"; the course's source
 *   documents 001–004.
 */
export function* writeThrough({ key }: Request, { cache, database }: Handles): Process<Value> {
  const row = yield* database.write(key);
  yield* cache.set(key, row);
  return row;
}
