import type { Pattern } from '../nodes/Handles.ts';
import type { Scenario } from '../scenario/schema.ts';
import { cacheAsideRead, cacheAsideWrite } from './cacheAside.ts';
import { nearCacheRead, nearCacheWrite } from './nearCache.ts';
import { noCacheRead, noCacheWrite } from './noCache.ts';

const reads: Record<Scenario['pattern']['read'], Pattern> = { 'cache-aside': cacheAsideRead, none: noCacheRead };
const writes: Record<Scenario['pattern']['write'], Pattern> = { 'cache-aside': cacheAsideWrite, none: noCacheWrite };

/** The patterns that a server runs under these settings: the chosen ones, behind its own cache where there is one. */
export function composePatterns(settings: Scenario): { read: Pattern; write: Pattern } {
  const read = reads[settings.pattern.read];
  const write = writes[settings.pattern.write];
  return settings.local.enabled ? { read: nearCacheRead(read), write: nearCacheWrite(write) } : { read, write };
}
