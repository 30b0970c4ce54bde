import type { HereHandle, Request, SharedCacheHandle, Step, Value } from '../nodes/Handles.ts';
import { freshValue } from './freshValue.ts';

/**
 * An entry past its time is answered all the same, and loaded anew in the background, once a key and server: nobody waits.
 * The cache keeps entries for so long past their time; after that they are gone, and a reader loads as ever.
 * @source Nottingham, "HTTP Cache-Control Extensions for Stale Content", RFC 5861, §3.
 */
export const staleWhileRevalidate = (
  cache: SharedCacheHandle,
  { here, load }: { here: HereHandle; load: (request: Request) => Step<Value> },
): SharedCacheHandle => {
  function* entry(key: number) {
    const found = yield* cache.entry(key);
    if (found === undefined || found.freshUntilUs > here.nowUs()) return found;
    yield* here.refresh(key, found, load);
    if (found.early !== true) here.servesOverdue(yield* here.asked());
    return { ...found, freshUntilUs: Number.POSITIVE_INFINITY };
  }
  return { ...cache, entry, get: (key) => freshValue(entry(key), here) };
};
