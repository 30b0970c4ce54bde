import type { Process } from '../kernel/Effect.ts';
import { absent, type Handles, type Request, type Value } from '../nodes/Handles.ts';

/**
 * Look in the cache; on a miss load.
 * @source Microsoft, "Cache-Aside pattern", Azure Architecture Center; the course's source documents 001–004.
 */
export function* cacheAsideRead(request: Request, { cache, load }: Handles): Process<Value> {
  const cached = yield* cache.get(request.key);
  if (cached !== undefined) return cached;
  return yield* load(request);
}

/** What a miss does: read the database and fill the cache. */
export function* queryAndFill({ key }: Request, { cache, database }: Handles): Process<Value> {
  const row = yield* database.read(key);
  if (row !== absent) yield* cache.set(key, row);
  return row;
}

/**
 * Write the database, then delete the key, so that the next reader fetches the new row.
 * @source Nishtala et al., "Scaling Memcache at Facebook", NSDI 2013, §2.
 */
export function* cacheAsideWrite({ key }: Request, { cache, database }: Handles): Process<Value> {
  const row = yield* database.write(key);
  yield* cache.delete(key);
  return row;
}
