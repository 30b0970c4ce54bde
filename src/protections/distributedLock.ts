import type { Process } from '../kernel/Effect.ts';
import type { Handles, Pattern, Request, Value } from '../nodes/Handles.ts';

/** Longer than this nobody waits for another's load, µs. */
const patienceUs = 30_000_000;

/**
 * One of all servers loads a key: the one who gets its lock. It looks once more, since the value may have come meanwhile, then
 * loads, fills and unlocks. The others look again and again; should the holder die, the lock lapses and the next of them takes
 * it. A cache that does not answer locks nobody out. A lock shorter than the load lets a second one in: it saves work, it is
 * no proof against two at once.
 * @source Redis, "Distributed Locks with Redis"; Kleppmann, "How to do distributed locking", 2016 (efficiency or correctness).
 */
export const distributedLock = (next: Pattern): Pattern =>
  function* distributedLock(request, handles) {
    const { cache, here, settings } = handles;
    const { key } = request;
    const untilUs = here.nowUs() + Math.min(settings.database.timeout, patienceUs);
    while (here.nowUs() <= untilUs) {
      const locked = yield* cache.lock(key);
      if (locked === undefined) break;
      if (locked) return yield* loadAndUnlock(next, request, handles);
      const old = settings.protect.lockWaiters === 'stale' ? yield* cache.entry(key) : undefined;
      if (old !== undefined) {
        if (old.freshUntilUs <= here.nowUs()) here.servesOverdue(request);
        return old.value;
      }
      yield* here.pause(key, settings.protect.lockPoll);
      const value = yield* loadedByNow(request, handles);
      if (value !== undefined) return value;
    }
    return yield* next(request, handles);
  };

function* loadAndUnlock(next: Pattern, request: Request, handles: Handles): Process<Value> {
  const { cache } = handles;
  try {
    return (yield* loadedByNow(request, handles)) ?? (yield* next(request, handles));
  } finally {
    yield* cache.unlock(request.key);
  }
}

/** A fresh value, unless it is the very one that this load is to replace. */
function* loadedByNow({ key, replacesUs }: Request, { cache, here }: Handles): Process<Value | undefined> {
  const entry = yield* cache.entry(key);
  return entry !== undefined && entry.freshUntilUs > here.nowUs() && entry.storedUs > replacesUs
    ? entry.value
    : undefined;
}
