import type { Handles, Pattern, Request } from '../nodes/Handles.ts';

/**
 * Write by the pattern behind it, then leave an event for the worker who invalidates. The commit and the event are two steps:
 * an event that is lost, or never sent because the writer died in between, is missed by nobody.
 * @source Chris Richardson, "Transactional outbox", microservices.io (the problem of the two writes).
 */
export const enqueue = (next: Pattern): Pattern =>
  function* enqueue(request: Request, handles: Handles) {
    const value = yield* next(request, handles);
    yield* handles.queue.publish(request.key);
    return value;
  };
