import type { Handles, Pattern, Request, Step, Value } from '../nodes/Handles.ts';
import type { PlainHandles } from '../nodes/plainHandles.ts';
import type { Scenario } from '../scenario/schema.ts';
import { cacheAsideRead, cacheAsideWrite, queryAndFill } from './cacheAside.ts';
import type { Program } from './index.ts';
import { nearCacheRead, nearCacheWrite } from './nearCache.ts';
import { noCacheRead } from './noCache.ts';
import { writeAround } from './writeAround.ts';

/**
 * The program of a server of the plain engine: what `composePatterns` makes of settings that ask for nothing else, from the
 * handles that such a program uses.
 */
export function plainProgram({ pattern, invalidation, local }: Scenario, bare: PlainHandles): Program {
  const handles = { ...bare, load: (request: Request): Step<Value> => queryAndFill(request, handles) } as Handles;
  const read: Pattern = pattern.read === 'none' ? noCacheRead : cacheAsideRead;
  const tellsNobody = pattern.write === 'write-around' || invalidation.onWrite === 'none';
  const write: Pattern = tellsNobody ? writeAround : cacheAsideWrite;
  const route = local.enabled ? { read: nearCacheRead(read), write: nearCacheWrite(write) } : { read, write };
  return { ...route, order: route.write, handles, bypasses: null };
}
