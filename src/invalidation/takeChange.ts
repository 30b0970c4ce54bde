import type { Process } from '../kernel/Effect.ts';
import type { FeedHandles } from '../nodes/Feed.ts';

/** How long the worker waits before it tries again, µs. */
const againUs = 100_000;

/**
 * What the worker of a feed does for one change: delete the key, again and again until the cache has answered, and then tell
 * the servers. Deleting twice does no harm, so a change may come twice.
 * @source Debezium, "Automating cache invalidation with change data capture", 2018; the course's source documents 000 and 004.
 */
export function* takeChange(key: number, { here, cache, bus, workUs }: FeedHandles): Process<void> {
  yield* here.pause(key, workUs());
  while (!(yield* cache.delete(key))) yield* here.pause(key, againUs);
  yield* bus.publish(key);
}
