import { CallFailed } from '../nodes/Call.ts';
import type { BareHandles } from '../nodes/createHandles.ts';
import type { DatabaseHandle, Step } from '../nodes/Handles.ts';

/**
 * Ask again after a failure, each time after a longer pause. A write is never sent twice: the first one may have been
 * carried out although its answer was lost, and here a second one would be another write (it is not idempotent).
 * @source Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog (2015).
 */
export function retries(database: DatabaseHandle, { here, settings, guards }: BareHandles): DatabaseHandle {
  function* query<T>(key: number, ask: () => Step<T>) {
    for (let attempt = 0; ; attempt++) {
      try {
        return yield* ask();
      } catch (failure) {
        if (!(failure instanceof CallFailed) || attempt >= settings.protect.retries) throw failure;
      }
      yield* here.pause(key, guards.backoffUs(attempt, yield* here.asked()));
      here.count('database.retries');
    }
  }
  return {
    ...database,
    read: (key) => query(key, () => database.read(key)),
    readMany: (keys) => query(keys[0], () => database.readMany(keys)),
    readPrimary: (key) => query(key, () => database.readPrimary(key)),
  };
}
