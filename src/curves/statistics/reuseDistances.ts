import type { LruCurve } from '../lruCurve.ts';

/** One bar of a histogram. */
export interface DistanceBar {
  /** Distances `from` … `to`, both included. */
  from: number;
  to: number;
  requests: number;
}

/** How far back the request for the same key lies. */
export interface ReuseDistances {
  /** Requests for keys that had not been asked for before: they have no distance, and no cache hits on them. */
  firstRequests: number;
  /** Bars of doubling width over the whole range, empty ones included; distance 1 is an immediate repeat. */
  bars: DistanceBar[];
  /** Half of all requests that have a distance lie at or under it; null where none has. */
  median: number | null;
}

/**
 * Histogram of the LRU stack distances: how many different keys were asked for since the last request for the same one, itself included.
 * It is the slope of the LRU curve: a request hits in an LRU cache at least as large as its distance.
 * Source: Mattson et al., IBM Systems Journal 9(2), 1970.
 */
export function reuseDistances({ requests, distinct, hits }: LruCurve): ReuseDistances {
  const bars: DistanceBar[] = [];
  for (let from = 1; from <= distinct; from *= 2) {
    const to = Math.min(distinct, from * 2 - 1);
    bars.push({ from, to, requests: hits[to] - hits[from - 1] });
  }
  const known = hits[distinct];
  return { firstRequests: requests - known, bars, median: known === 0 ? null : firstReaching(hits, known / 2) };
}

/** The smallest index at which a rising array reaches `value`. */
function firstReaching(rising: Uint32Array, value: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}
