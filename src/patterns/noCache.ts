import type { Process } from '../kernel/Effect.ts';
import type { Handles, Request, Value } from '../nodes/Handles.ts';

/** No cache: every read is a query. */
export function* noCacheRead({ key }: Request, { database }: Handles): Process<Value> {
  const row = yield* database.read(key);
  return row;
}
