import type { BareHandles } from '../nodes/createHandles.ts';
import { bypasses, readPrimary, type Route } from '../invalidation/bypass.ts';
import { announced, invalidatingWrites, invalidationCache, pinned } from '../invalidation/index.ts';
import type { Handles, Pattern, Request, Step, Value } from '../nodes/Handles.ts';
import { guardHandles, guardLoad, guardRead } from '../protections/guards.ts';
import { singleFlight } from '../protections/singleFlight.ts';
import { agingCache, oneLoad } from '../protections/stampedes.ts';
import type { Scenario } from '../scenario/schema.ts';
import { cacheAsideRead, cacheAsideWrite, queryAndFill } from './cacheAside.ts';
import { cacheOnlyRead } from './cacheOnly.ts';
import { loadInCache } from './loadInCache.ts';
import { nearCacheRead, nearCacheWrite } from './nearCache.ts';
import { noCacheRead } from './noCache.ts';
import { order } from './order.ts';
import { page, pageAtOnce } from './page.ts';
import { readThroughRead } from './readThrough.ts';
import { refreshAheadRead } from './refreshAhead.ts';
import { writeAround } from './writeAround.ts';
import { writeBehind } from './writeBehind.ts';
import { writeThrough } from './writeThrough.ts';

/** What one server runs: its patterns, and the handles that they are given. */
export interface Program {
  read: Pattern;
  write: Pattern;
  /** What a write is where there is a stock. */
  order: Pattern;
  handles: Handles;
  /** What each traffic runs instead, by its number; null where all run the above. */
  bypasses: Route[] | null;
}

const reads: Record<Scenario['pattern']['read'], Pattern> = {
  'cache-aside': cacheAsideRead,
  'read-through': readThroughRead,
  'refresh-ahead': refreshAheadRead,
  'cache-only': cacheOnlyRead,
  none: noCacheRead,
};

const writes: Record<Scenario['pattern']['write'], Pattern> = {
  'cache-aside': cacheAsideWrite,
  'write-through': writeThrough,
  'write-behind': writeBehind,
  'write-around': writeAround,
};

/**
 * The program of a server under these settings. Protections are handles around handles and loads around loads, so that
 * the patterns stay what they are in a textbook; what is off is not there.
 */
export function composePatterns(settings: Scenario, bare: BareHandles): Program {
  const guarded = guardHandles(settings, bare);
  const cache = invalidationCache(settings, guarded.cache, guarded.versions);
  const behind: Handles = {
    ...bare,
    ...guarded,
    cache,
    load: (request: Request): Step<Value> => load(request, behind),
  };
  // Readers meet entries that end early or late; a load and a write meet what the cache really holds.
  const handles: Handles = { ...behind, cache: agingCache(settings, behind) };
  const load = oneLoad(settings, guardLoad(settings, bare, queryAndFill));
  const { pattern, local } = settings;
  const far =
    pattern.write === 'cache-aside' ? invalidatingWrites[settings.invalidation.onWrite] : writes[pattern.write];
  const near = local.enabled ? nearCacheRead(reads[pattern.read]) : reads[pattern.read];
  const read = guardRead(settings, pinned(settings, near));
  const write = announced(settings, local.enabled ? nearCacheWrite(far) : far);
  const route = { read, write, order: order(read, write) };
  return {
    ...paged(settings, route),
    handles,
    bypasses: bypasses(settings, route)?.map((other) => paged(settings, other)) ?? null,
  };
}

/** The same for requests of several keys, where some traffic sends such; an order is for one key. */
function paged({ traffic }: Scenario, route: Route): Route {
  if (Object.values(traffic).every(({ pageKeys }) => pageKeys === 1)) return route;
  return {
    ...route,
    read: route.read === readPrimary ? page(readPrimary) : pageAtOnce(route.read),
    write: page(route.write),
  };
}

/** What the cache itself does on a miss under these settings, when it is asked to load. */
export function composeCacheLoad({ protect }: Scenario): Pattern {
  return protect.singleFlight ? singleFlight(loadInCache) : loadInCache;
}
