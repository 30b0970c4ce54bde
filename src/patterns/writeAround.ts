import type { Process } from '../kernel/Effect.ts';
import type { Handles, Request, Value } from '../nodes/Handles.ts';

/**
 * Write the database and leave the cache alone: new data takes no room there until it is read, and an old copy stays until
 * its time to live ends.
 * @source the course's source documents 002 and 004.
 */
export function* writeAround({ key }: Request, { database }: Handles): Process<Value> {
  const row = yield* database.write(key);
  return row;
}
