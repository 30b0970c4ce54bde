import type { Process } from '../kernel/Effect.ts';
import { CallFailed } from '../nodes/Call.ts';
import { absent, type Handles, type Pattern, type Request, type Value } from '../nodes/Handles.ts';
import { pageOf } from '../nodes/pageOf.ts';
import type { Scenario } from '../scenario/schema.ts';
import { OUTCOME } from '../spans/codes.ts';

/** One request for several neighbouring keys: one after another by the pattern. Its answer is that of the first. */
export const page = (next: Pattern): Pattern =>
  function* page(request, handles) {
    const [first, ...others] = pageOf(request);
    const answer = yield* next(first, handles);
    for (const other of others) yield* next(other, handles);
    return answer;
  };

/**
 * The same in one round trip to the cache, and one query for all that it has not got. Where a look-up is more than a
 * look-up (a cache in the server, a cache that loads, a pointer to follow, an author's own writes), one after another.
 * @source Redis documentation, MGET and "Redis pipelining": a round trip costs far more than a command; the course's source
 *   document 001.
 */
export const pageAtOnce = (next: Pattern): Pattern => {
  const oneByOne = page(next);
  return (request, handles) =>
    (request.page?.batch ?? false) && hasPlainLookUps(handles.settings)
      ? readTogether(request, handles)
      : oneByOne(request, handles);
};

function* readTogether(request: Request, { cache, database, settings }: Handles): Process<Value> {
  const { pattern, protect } = settings;
  const keys = pageOf(request).map(({ key }) => key);
  const values = pattern.read === 'none' ? [] : yield* cache.getMany(keys);
  const missing = keys.filter((_, index) => values[index] === undefined);
  if (missing.length === 0) return values[0] as Value;
  if (pattern.read === 'cache-only') throw new CallFailed(OUTCOME.error);
  const rows = yield* database.readMany(missing);
  for (const [index, key] of missing.entries()) {
    if (pattern.read === 'none' || (rows[index] === absent && protect.negative === 0)) continue;
    yield* cache.set(key, rows[index]);
  }
  return values[0] ?? rows[0];
}

function hasPlainLookUps({ pattern, local, invalidation }: Scenario): boolean {
  const isVersioned = pattern.write === 'cache-aside' && invalidation.onWrite === 'versioned-keys';
  return pattern.read !== 'read-through' && !local.enabled && !isVersioned && invalidation.pin === 0;
}
