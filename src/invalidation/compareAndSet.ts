import type { Process } from '../kernel/Effect.ts';
import type { Handles, Request, SharedCacheHandle, Value } from '../nodes/Handles.ts';

/** Write the database, then store the new value unless a newer one is there. */
export function* compareAndSet({ key }: Request, { cache, database }: Handles): Process<Value> {
  const row = yield* database.write(key);
  yield* cache.update(key, row);
  return row;
}

/**
 * Readers store by the same rule, so that an older version never takes the place of a newer one, whoever comes late. It needs
 * something to compare with: once the newer entry has been evicted, or deleted, an old one may come in again.
 * @source Redis, "Scripting with Lua": compare and write in one step on the server; memcached protocol, `cas`.
 */
export const storeIfNewer = (cache: SharedCacheHandle): SharedCacheHandle => ({
  ...cache,
  *set(key, value) {
    yield* cache.update(key, value);
  },
});
