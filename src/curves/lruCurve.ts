import type { ReplayedTrace } from '../replay/replay.ts';
import { type Sliced, sliceRequests } from './Sliced.ts';
import { StackDistances } from './StackDistances.ts';
import { checkNotEmpty } from './checkTrace.ts';

/** Hits of an exact LRU cache at every size. */
export interface LruCurve {
  requests: number;
  distinct: number;
  /** `hits[c]`: hits of a cache of c entries of equal size, for c in 0 … distinct; it starts empty and is filled by misses. */
  hits: Uint32Array<ArrayBuffer>;
}

/**
 * The whole hit-ratio curve of LRU in one pass, equal to a replay at every size: LRU is a stack algorithm, so a larger
 * cache holds all that a smaller one does, and one distance a request says in which sizes it hits.
 * Throws a RangeError on an empty trace. Source: Mattson et al. 1970, see {@link StackDistances}.
 */
export function* lruCurve(trace: ReplayedTrace): Sliced<LruCurve> {
  checkNotEmpty(trace, 'curve');
  const { ids, distinct } = trace;
  const distances = new StackDistances(distinct, ids.length);
  for (let from = 0; from < ids.length; from += sliceRequests) {
    yield from / ids.length;
    distances.run(ids, from, Math.min(ids.length, from + sliceRequests));
  }
  return { requests: ids.length, distinct, hits: hitsOf(distances.counts) };
}

/** From requests at each distance to hits at each size, in the same array. */
function hitsOf(counts: Uint32Array): Uint32Array<ArrayBuffer> {
  const hits = counts as Uint32Array<ArrayBuffer>;
  hits[0] = 0;
  for (let size = 1; size < hits.length; size++) hits[size] += hits[size - 1];
  return hits;
}
