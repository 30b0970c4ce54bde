import type { ReplayedTrace } from '../../replay/replay.ts';
import { checkNotEmpty } from '../checkTrace.ts';
import { type Sliced, sliceRequests } from '../Sliced.ts';

/** Counts up to this are tallied; the ids above it, few for lack of requests, are sorted one by one. */
const TALLIED = 4096;

/** How often the keys of a trace are asked for. */
export interface Popularity {
  requests: number;
  distinct: number;
  /** Requests of each key, most asked-for first: rank r stands at index r − 1. */
  counts: Uint32Array<ArrayBuffer>;
  /** Requests of the keys up to each rank: `reached[r]` for the r most asked-for keys, r in 0 … distinct. */
  reached: Uint32Array<ArrayBuffer>;
  /** Most asked-for ids, at most 100, for a table; among equals the one that came first. */
  hottest: { id: number; requests: number }[];
  /** Keys that are asked for exactly once. */
  oneHitWonders: OneHitWonders;
}

/** Keys that come once and never again: every cache misses them, and storing them only pushes others out. */
export interface OneHitWonders {
  keys: number;
  /** Of all keys, 0..1. */
  shareOfKeys: number;
  /** Of all requests, 0..1. */
  shareOfRequests: number;
}

/** Requests for each id. */
export function* countIds({ ids, distinct }: ReplayedTrace): Sliced<Uint32Array> {
  const counts = new Uint32Array(distinct);
  for (let from = 0; from < ids.length; from += sliceRequests) {
    const to = Math.min(ids.length, from + sliceRequests);
    for (let i = from; i < to; i++) counts[ids[i]]++;
    yield to / ids.length;
  }
  return counts;
}

/**
 * Popularity by rank: what the curve of an ideal LFU is read from, the Zipf exponent is fitted to, and the one-hit wonders are
 * counted in. Throws a RangeError on an empty trace.
 */
export function* popularity(trace: ReplayedTrace): Sliced<Popularity> {
  checkNotEmpty(trace, 'popularity');
  const byId = yield* countIds(trace);
  const counts = sortedCounts(byId);
  const reached = new Uint32Array(counts.length + 1);
  for (let rank = 0; rank < counts.length; rank++) reached[rank + 1] = reached[rank] + counts[rank];
  return {
    requests: trace.ids.length,
    distinct: trace.distinct,
    counts,
    reached,
    hottest: hottestOf(byId, counts),
    oneHitWonders: wondersOf(counts, trace.ids.length),
  };
}

/** All counts, the largest first, by counting them: a million numbers through a comparator would take a second. */
function sortedCounts(byId: Uint32Array): Uint32Array<ArrayBuffer> {
  const tally = new Uint32Array(TALLIED + 1);
  const large: number[] = [];
  for (const count of byId) {
    if (count > TALLIED) large.push(count);
    else tally[count]++;
  }
  large.sort((a, b) => b - a);
  const sorted = new Uint32Array(byId.length);
  sorted.set(large);
  let place = large.length;
  for (let count = TALLIED; count >= 0; count--) {
    sorted.fill(count, place, place + tally[count]);
    place += tally[count];
  }
  return sorted;
}

function hottestOf(byId: Uint32Array, sorted: Uint32Array): { id: number; requests: number }[] {
  const wanted = Math.min(100, sorted.length);
  const least = sorted[wanted - 1];
  const hot: { id: number; requests: number }[] = [];
  const equals: { id: number; requests: number }[] = [];
  for (let id = 0; id < byId.length; id++) {
    if (byId[id] > least) hot.push({ id, requests: byId[id] });
    else if (byId[id] === least && equals.length < wanted) equals.push({ id, requests: least });
  }
  hot.sort((a, b) => b.requests - a.requests || a.id - b.id);
  return [...hot, ...equals].slice(0, wanted);
}

function wondersOf(sorted: Uint32Array, requests: number): OneHitWonders {
  let keys = 0;
  while (keys < sorted.length && sorted[sorted.length - 1 - keys] <= 1) keys++;
  return { keys, shareOfKeys: keys / sorted.length, shareOfRequests: keys / requests };
}

/**
 * Hits of an ideal LFU of this many entries that knows the popularities beforehand and holds the hottest keys from the first request on: the
 * bound for every policy without a future where requests are independent draws. On a real trace, where popularity changes, others may
 * beat it. Source: Breslau et al., "Web Caching and Zipf-like Distributions", INFOCOM 1999.
 */
export function idealLfuHits({ reached }: Popularity, sizeEntries: number): number {
  return reached[Math.min(sizeEntries, reached.length - 1)];
}
