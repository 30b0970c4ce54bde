import type { Process } from '../kernel/Effect.ts';
import { absent, type Handles, type Request, type Value } from '../nodes/Handles.ts';

/**
 * What the cache itself does when it is asked to load a key that it has not got: the query of cache-aside and its fill, but
 * over the cache's own connections to the database, and with no way to itself.
 * @source Oracle Coherence, "Read-Through, Write-Through, Write-Behind, and Refresh-Ahead Caching" (the CacheLoader).
 */
export function* loadInCache({ key }: Request, { cache, database, settings }: Handles): Process<Value> {
  const row = yield* database.read(key);
  if (row !== absent || settings.protect.negative > 0) yield* cache.set(key, row);
  return row;
}
