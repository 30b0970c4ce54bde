import type { Process } from '../kernel/Effect.ts';
import type { Handles, Request, Value } from '../nodes/Handles.ts';

/**
 * Look in the cache; on a miss load. An entry that is getting old and is in use is loaded anew in the background before it
 * ends, so that nobody has to wait for it; what nobody asks for again was loaded in vain.
 * @source Oracle Coherence, "Read-Through, Write-Through, Write-Behind, and Refresh-Ahead Caching".
 */
export function* refreshAheadRead(request: Request, { cache, here, load, settings }: Handles): Process<Value> {
  const entry = yield* cache.entry(request.key);
  if (entry === undefined || entry.freshUntilUs <= here.nowUs()) return yield* load(request);
  const { refreshAfter, refreshUses } = settings.pattern;
  if (here.nowUs() - entry.storedUs >= refreshAfter && entry.uses >= refreshUses)
    yield* here.refresh(request.key, entry, load);
  return entry.value;
}
