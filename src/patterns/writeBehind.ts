import type { Process } from '../kernel/Effect.ts';
import type { Handles, Request, Value } from '../nodes/Handles.ts';

/**
 * Write the cache and answer: the database hears of it later, in a batch. Fast, and many writes of one key become one; but
 * what the cache has not passed on when it crashes is gone, although it was promised. A cache that does not answer has no
 * stand-in: the write fails.
 * @source Oracle Coherence, "Read-Through, Write-Through, Write-Behind, and Refresh-Ahead Caching"; the course's source
 *   documents 002 and 003.
 */
export function* writeBehind({ key }: Request, { cache }: Handles): Process<Value> {
  const value = yield* cache.write(key);
  return value;
}
