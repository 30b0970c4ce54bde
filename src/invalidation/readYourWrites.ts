import type { Handles, Pattern, Request } from '../nodes/Handles.ts';

/**
 * Whoever has just written this key reads it from the primary database, past caches and replicas; everybody else reads as
 * before.
 * @source Terry et al., "Session Guarantees for Weakly Consistent Replicated Data", PDIS 1994; Kleppmann, "Designing
 * Data-Intensive Applications", ch. 5, "Reading Your Own Writes".
 */
export const readYourWrites = (next: Pattern): Pattern =>
  function* readYourWrites(request: Request, handles: Handles) {
    const { database, here, settings } = handles;
    if (here.nowUs() - request.wroteUs >= settings.invalidation.pin) return yield* next(request, handles);
    return yield* database.readPrimary(request.key);
  };
