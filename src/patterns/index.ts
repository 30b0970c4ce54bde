import type { BareHandles } from '../nodes/createHandles.ts';
import type { Handles, Pattern, Request, Step, Value } from '../nodes/Handles.ts';
import type { Scenario } from '../scenario/schema.ts';
import { cacheAsideRead, cacheAsideWrite, queryAndFill } from './cacheAside.ts';
import { nearCacheRead, nearCacheWrite } from './nearCache.ts';
import { noCacheRead } from './noCache.ts';
import { writeAround } from './writeAround.ts';

/** What one server runs: its patterns, and the handles that they are given. */
export interface Program {
  read: Pattern;
  write: Pattern;
  handles: Handles;
}

const reads: Record<Scenario['pattern']['read'], Pattern> = {
  'cache-aside': cacheAsideRead,
  'read-through': cacheAsideRead,
  'refresh-ahead': cacheAsideRead,
  'cache-only': cacheAsideRead,
  none: noCacheRead,
};

const writes: Record<Scenario['pattern']['write'], Pattern> = {
  'cache-aside': cacheAsideWrite,
  'write-through': cacheAsideWrite,
  'write-behind': cacheAsideWrite,
  'write-around': writeAround,
};

/**
 * The program of a server under these settings. Protections are handles around handles and loads around loads, so that
 * the patterns stay what they are in a textbook; what is off is not there.
 */
export function composePatterns(settings: Scenario, bare: BareHandles): Program {
  const handles: Handles = { ...bare, load: (request: Request): Step<Value> => load(request, handles) };
  const load: Pattern = queryAndFill;
  const read = reads[settings.pattern.read];
  const write = writes[settings.pattern.write];
  return settings.local.enabled
    ? { read: nearCacheRead(read), write: nearCacheWrite(write), handles }
    : { read, write, handles };
}
