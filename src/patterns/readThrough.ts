import type { Process } from '../kernel/Effect.ts';
import type { Handles, Request, Value } from '../nodes/Handles.ts';

/**
 * Ask the cache for the value and let it see where it comes from. The server knows one store only; when that store is gone
 * there is nowhere else to ask, and the read fails.
 * @source Oracle Coherence, "Read-Through, Write-Through, Write-Behind, and Refresh-Ahead Caching"; the course's source
 *   documents 002 and 003.
 */
export function* readThroughRead({ key }: Request, { cache }: Handles): Process<Value> {
  const value = yield* cache.load(key);
  return value;
}
