import type { Handles, Pattern, Request, Step } from '../nodes/Handles.ts';
import type { ServerGuards } from '../nodes/ServerGuards.ts';

/** Whether the value that a process has just loaded may enter the cache. */
type Admits = (key: number, loader: Request, handles: Handles) => boolean;

/**
 * Keep only what is worth a place. Stands between a load and the cache that it fills; what a write stores passes, because
 * turning that away would leave the old value.
 * @source Einziger, Friedman, Manes, "TinyLFU: A Highly Efficient Cache Admission Policy", ACM TOS 13 (2017).
 */
const admission = (load: Pattern, guards: ServerGuards, admits: Admits): Pattern =>
  function* admission(request, handles) {
    const { cache, here } = handles;
    function* fill<T>(key: number, store: () => Step<T>) {
      const loader = yield* here.asked();
      if (admits(key, loader, handles)) return yield* store();
      guards.skipped(key, loader);
      return undefined;
    }
    const filling = {
      ...cache,
      set: (key: number, value: number) => fill(key, () => cache.set(key, value)) as Step<void>,
      update: (key: number, value: number) => fill(key, () => cache.update(key, value)) as Step<boolean>,
    };
    return yield* load(request, { ...handles, cache: filling });
  };

/** Keep what was asked for before: one-hit wonders never enter. */
export const admitSecondRequest = (load: Pattern, guards: ServerGuards): Pattern =>
  admission(load, guards, (key, _loader, { settings }) => guards.doorkeeper.knows(key, settings.cache.capacity));

/** Keep what took long to load: only that is worth remembering. */
export const admitCostly = (load: Pattern, guards: ServerGuards): Pattern =>
  admission(load, guards, (_key, loader, { settings }) => guards.costUs(loader) >= settings.protect.admitCost);
