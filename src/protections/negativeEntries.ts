import { absent, type Pattern } from '../nodes/Handles.ts';

/**
 * Remember also that there is no row, for a short while: who asks again is answered by the cache. A row inserted meanwhile
 * stays hidden until that entry ends, unless its writer invalidates it.
 * @source Andrews, "Negative Caching of DNS Queries", RFC 2308 (1998); the course's source documents 002 and 003.
 */
export const negativeEntries = (load: Pattern): Pattern =>
  function* negativeEntries(request, handles) {
    const row = yield* load(request, handles);
    if (row === absent) yield* handles.cache.set(request.key, absent);
    return row;
  };
