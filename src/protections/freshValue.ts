import type { Process } from '../kernel/Effect.ts';
import type { Entry, HereHandle, Step, Value } from '../nodes/Handles.ts';

/** The value of an entry that is still fresh here and now; `undefined` without one. */
export function* freshValue(entry: Step<Entry | undefined>, here: HereHandle): Process<Value | undefined> {
  const found = yield* entry;
  return found !== undefined && found.freshUntilUs > here.nowUs() ? found.value : undefined;
}
