import type { Process } from '../kernel/Effect.ts';
import { CallFailed } from '../nodes/Call.ts';
import type { FlushHandles } from '../nodes/WriteBehind.ts';

/**
 * What a write-behind cache does all the time: wait until enough writes have come or the first of them has waited long
 * enough, then send them to the database in one statement. A batch that fails goes back and is tried again later; what was
 * written meanwhile is newer and wins.
 * @source Oracle Coherence, "Write-Behind Caching" (write-behind queue, coalescing, requeue after a failure).
 */
export function* flushBuffer({ buffer, database }: FlushHandles): Process<never> {
  for (;;) {
    const batch = yield* buffer.next();
    try {
      yield* database.batch(batch);
      buffer.stored(batch);
    } catch (failure) {
      if (!(failure instanceof CallFailed)) throw failure;
      buffer.putBack(batch);
    }
  }
}
