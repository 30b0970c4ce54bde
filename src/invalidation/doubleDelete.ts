import type { Process } from '../kernel/Effect.ts';
import type { Handles, Request, Value } from '../nodes/Handles.ts';
import { OP } from '../spans/codes.ts';

/**
 * Delete, write, delete, and once more later: by then a reader who had read the old row before the write has stored it, and
 * the last delete takes it out again. How long "later" must be, nobody knows; longer than a query and a fill.
 * @source the delayed double delete, a common practice without an author; the race it answers: Nishtala et al., "Scaling
 * Memcache at Facebook", NSDI 2013, §3.2.1.
 */
export function* doubleDelete(request: Request, { cache, database, here, settings }: Handles): Process<Value> {
  const { key } = request;
  function* deleteAgain(): Process<void> {
    yield* here.pause(key, settings.invalidation.secondDelete);
    yield* cache.delete(key);
  }
  yield* cache.delete(key);
  const row = yield* database.write(key);
  yield* cache.delete(key);
  yield* here.background(request, deleteAgain, OP.later);
  return row;
}
