import type { Handles, Pattern, Request } from '../nodes/Handles.ts';

/**
 * Write by the pattern behind it, then tell the other servers which key changed, so that they drop their own copies.
 * @source Redis, "Pub/Sub" (at most once, to whoever is connected) and "Streams" (kept, and read from where one stopped).
 */
export const broadcast = (next: Pattern): Pattern =>
  function* broadcast(request: Request, handles: Handles) {
    const value = yield* next(request, handles);
    yield* handles.bus.publish(request.key);
    return value;
  };
