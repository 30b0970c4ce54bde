import { policyEntry } from '../policies/allPolicies.ts';
import { type ReplayedTrace, type ReplayOptions, ReplayRun } from '../replay/replay.ts';
import { checkNotEmpty, checkSize } from './checkTrace.ts';
import { sliceRequests } from './Sliced.ts';
import { coarseFirst } from './sizes.ts';

/** What a cache of one size makes of a trace, exactly. */
export interface CurvePoint {
  sizeEntries: number;
  hits: number;
  requests: number;
  /** hits / requests, 0..1. */
  hitRatio: number;
}

/** What a sliced curve tells on its way. */
export interface CurveStep<Point> {
  /** How much of the work is done, 0..1. */
  share: number;
  /** A point that has just become known; points come coarse first, so that few of them show the shape. */
  point?: Point;
}

/** What may be chosen about a curve. */
export interface CurveOptions extends ReplayOptions {
  /**
   * False where requests after the trace's last one exist but are not in it as far as the question goes (a live stream): a
   * policy that needs the future is refused then. True unless told.
   */
  futureKnown?: boolean;
}

/**
 * Throws a RangeError where the policy does not exist, or looks into a future that nobody has: its curve would be sold as a
 * ceiling without being one.
 */
export function checkPolicy(policyId: string, futureKnown: boolean): void {
  const { offline, title } = policyEntry(policyId);
  if (offline && !futureKnown)
    throw new RangeError(`${title} decides by the requests to come, and they are not known here: no future, no bound`);
}

/**
 * A policy's hits at each of the sizes, exactly, by a replay at each; the result in order of size. Cancel by abandoning the
 * generator. Throws a RangeError before the first slice on an empty trace, a size that is none or beyond the distinct keys,
 * and a policy that cannot be had.
 */
export function* policyCurve(
  trace: ReplayedTrace,
  policyId: string,
  sizesEntries: readonly number[],
  { futureKnown = true, ...options }: CurveOptions = {},
): Generator<CurveStep<CurvePoint>, CurvePoint[], void> {
  checkNotEmpty(trace, 'curve');
  checkPolicy(policyId, futureKnown);
  for (const size of sizesEntries) checkSize(size, trace);
  const sorted = [...new Set(sizesEntries)].sort((a, b) => a - b);
  const points: CurvePoint[] = [];
  const order = coarseFirst(sorted.length);
  for (const [done, place] of order.entries()) {
    const sizeEntries = sorted[place];
    const run = new ReplayRun(trace, policyId, sizeEntries, options);
    while (run.advance(sliceRequests)) yield { share: (done + run.requests / trace.ids.length) / order.length };
    const { hits, requests } = run;
    points[place] = { sizeEntries, hits, requests, hitRatio: hits / requests };
    yield { share: (done + 1) / order.length, point: points[place] };
  }
  return points;
}
