import type { Pattern, SharedCacheHandle, VersionedHandle } from '../nodes/Handles.ts';
import { cacheAsideWrite } from '../patterns/cacheAside.ts';
import { writeAround } from '../patterns/writeAround.ts';
import type { Scenario } from '../scenario/schema.ts';
import { broadcast } from './broadcast.ts';
import { compareAndSet, storeIfNewer } from './compareAndSet.ts';
import { doubleDelete } from './doubleDelete.ts';
import { enqueue } from './enqueue.ts';
import { readYourWrites } from './readYourWrites.ts';
import { updateOnWrite } from './updateOnWrite.ts';
import { movePointer, versionedKeys } from './versionedKeys.ts';

/** What a cache-aside writer does, by `invalidation.onWrite`. */
export const invalidatingWrites: Record<Scenario['invalidation']['onWrite'], Pattern> = {
  delete: cacheAsideWrite,
  update: updateOnWrite,
  'double-delete': doubleDelete,
  'compare-and-set': compareAndSet,
  'versioned-keys': movePointer,
  none: writeAround,
};

/** The shared cache as `invalidation.onWrite` wants it to be used, by readers too. */
export function invalidationCache(
  { invalidation, pattern }: Scenario,
  cache: SharedCacheHandle,
  versions: VersionedHandle,
): SharedCacheHandle {
  if (pattern.write !== 'cache-aside') return cache;
  if (invalidation.onWrite === 'compare-and-set') return storeIfNewer(cache);
  return invalidation.onWrite === 'versioned-keys' ? versionedKeys(cache, versions) : cache;
}

/** What a writer does besides its pattern: with a feed it is the worker who tells the servers. */
export function announced({ invalidation }: Scenario, write: Pattern): Pattern {
  if (invalidation.feed === 'queue') return enqueue(write);
  return invalidation.feed === 'none' && invalidation.broadcast !== 'none' ? broadcast(write) : write;
}

/** The read pattern, behind `invalidation.pin` where that is on. */
export function pinned({ invalidation }: Scenario, read: Pattern): Pattern {
  return invalidation.pin > 0 ? readYourWrites(read) : read;
}
