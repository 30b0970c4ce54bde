import type { Process } from '../kernel/Effect.ts';
import type { Handles, Request, Value } from '../nodes/Handles.ts';

/**
 * Write the database, then store the new value: the next reader finds it. Of two writers who race, the one whose SET comes
 * last wins, which may be the one who wrote first; deleting has no such order to get wrong.
 * @source Nishtala et al., "Scaling Memcache at Facebook", NSDI 2013, §2 (why they delete); the course's source document 003.
 */
export function* updateOnWrite({ key }: Request, { cache, database }: Handles): Process<Value> {
  const row = yield* database.write(key);
  yield* cache.set(key, row);
  return row;
}
