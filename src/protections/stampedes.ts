import type { Handles, Pattern, SharedCacheHandle } from '../nodes/Handles.ts';
import type { Scenario } from '../scenario/schema.ts';
import { distributedLock } from './distributedLock.ts';
import { earlyExpiration } from './earlyExpiration.ts';
import { singleFlight } from './singleFlight.ts';
import { staleWhileRevalidate } from './staleWhileRevalidate.ts';

/** A load behind what keeps others from the same load: at this server the flight, then the lock of all servers. */
export function oneLoad({ protect }: Scenario, load: Pattern): Pattern {
  const locked = protect.lock ? distributedLock(load) : load;
  return protect.singleFlight ? singleFlight(locked) : locked;
}

/** The shared cache as readers see it: some of its entries end early, and those that have ended are served for a while. */
export function agingCache({ protect }: Scenario, handles: Handles): SharedCacheHandle {
  const early = protect.early > 0 ? earlyExpiration(handles.cache, handles) : handles.cache;
  return protect.stale > 0 ? staleWhileRevalidate(early, handles) : early;
}
