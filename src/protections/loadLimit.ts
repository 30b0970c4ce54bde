import { CallFailed } from '../nodes/Call.ts';
import type { Pattern } from '../nodes/Handles.ts';
import type { ServerGuards } from '../nodes/ServerGuards.ts';
import { OUTCOME } from '../spans/codes.ts';

/**
 * Only so many loads of one server at the same time; one more is refused at once, and its reader with it. What the database
 * cannot take does not even stand in its line.
 * @source Nygard, "Release It!", 2nd ed. (2018), ch. 5, "Bulkheads"; the course's source document 002.
 */
export const loadLimit = (load: Pattern, guards: ServerGuards): Pattern =>
  function* loadLimit(request, handles) {
    if (guards.loads >= handles.settings.protect.limit) {
      handles.here.count('loads.refused');
      throw new CallFailed(OUTCOME.rejected);
    }
    guards.loads++;
    try {
      return yield* load(request, handles);
    } finally {
      guards.loads--;
    }
  };
