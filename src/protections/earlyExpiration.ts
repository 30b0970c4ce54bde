import type { HereHandle, SharedCacheHandle } from '../nodes/Handles.ts';
import { log } from '../random/math.ts';
import type { Scenario } from '../scenario/schema.ts';
import { OP } from '../spans/codes.ts';
import { freshValue } from './freshValue.ts';

/**
 * XFetch: each reader moves the clock forward by a random time, and takes the entry for ended where its end has passed by
 * that clock. With the cost Δ of a load and −ln u exponential, the slower the load the sooner somebody begins; with β = 1 the
 * last moment at which a load can begin and still be in time is the likeliest. Δ is what the paper's `RecomputeValue()` took:
 * the query as its server felt it, from the wish for a connection to the answer, whoever made it, in the background too.
 * @source Vattani, Chierichetti, Lowenstein, "Optimal Probabilistic Cache Stampede Prevention", PVLDB 8(8), 2015, figure 2.
 */
export const earlyExpiration = (
  cache: SharedCacheHandle,
  { here, settings }: { here: HereHandle; settings: Scenario },
): SharedCacheHandle => {
  function* entry(key: number) {
    const found = yield* cache.entry(key);
    if (found === undefined || found.freshUntilUs <= here.nowUs()) return found;
    const request = yield* here.asked();
    const gapUs = -found.costUs * settings.protect.early * log(here.luck(request));
    if (here.nowUs() + gapUs < found.freshUntilUs) return found;
    here.note(request, OP.early, 0, key);
    here.count('loads.early');
    request.replacesUs = found.storedUs;
    return { ...found, freshUntilUs: here.nowUs(), early: true };
  }
  return { ...cache, entry, get: (key) => freshValue(entry(key), here) };
};
