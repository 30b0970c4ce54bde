import type { Process } from '../kernel/Effect.ts';
import type { Handles, Request, SharedCacheHandle, Value, VersionedHandle } from '../nodes/Handles.ts';

/** Write the database, then move the key's pointer on to the new version; never back. */
export function* movePointer({ key }: Request, { cache, database }: Handles): Process<Value> {
  const row = yield* database.write(key);
  yield* cache.update(key, row);
  return row;
}

/**
 * Under the key lies a pointer to its current version, and the value lies under key@version. A fill that comes late lands
 * under an old version, where nobody looks; old versions stay until their time to live ends or room is needed.
 * @source the course's source document 002; memcached wiki, "Namespacing" (a generation number in every key).
 */
export const versionedKeys = (cache: SharedCacheHandle, versions: VersionedHandle): SharedCacheHandle => ({
  ...cache,
  *get(key) {
    const version = yield* cache.get(key);
    return version === undefined ? undefined : yield* versions.get(key, version);
  },
  *entry(key) {
    const pointer = yield* cache.entry(key);
    return pointer === undefined ? undefined : yield* versions.entry(key, pointer.value);
  },
  *set(key, value) {
    yield* versions.set(key, value);
    yield* cache.update(key, value);
  },
});
