import { absent, type Handles, type Pattern, type Request } from '../nodes/Handles.ts';

/**
 * Look in this server's own memory first; whatever the pattern behind it answers is kept here too.
 * @source the course's source documents 000 and 003; Oracle Coherence, "Near Cache".
 */
export const nearCacheRead = (next: Pattern): Pattern =>
  function* nearCacheRead(request: Request, handles: Handles) {
    const near = yield* handles.local.get(request.key);
    if (near !== undefined) return near;
    const value = yield* next(request, handles);
    if (value !== absent || handles.settings.protect.negative > 0) yield* handles.local.set(request.key, value);
    return value;
  };

/** Write by the pattern behind it, then delete the copy of this server; the other servers keep theirs. */
export const nearCacheWrite = (next: Pattern): Pattern =>
  function* nearCacheWrite(request: Request, handles: Handles) {
    const value = yield* next(request, handles);
    yield* handles.local.delete(request.key);
    return value;
  };
