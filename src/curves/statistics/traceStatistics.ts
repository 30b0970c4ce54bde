import type { ReplayedTrace } from '../../replay/replay.ts';
import type { LruCurve } from '../lruCurve.ts';
import { partOf, type Sliced } from '../Sliced.ts';
import { type KeysOverTime, keysOverTime } from './keysOverTime.ts';
import { type Popularity, popularity } from './popularity.ts';
import { type ReuseDistances, reuseDistances } from './reuseDistances.ts';
import { type WorkingSet, workingSet } from './workingSet.ts';
import { fitZipf, type ZipfFit } from './zipfFit.ts';

/** Everything that is told about a trace besides its curves. */
export interface TraceStatistics {
  popularity: Popularity;
  zipf: ZipfFit;
  reuse: ReuseDistances;
  workingSet: WorkingSet;
  keysOverTime: KeysOverTime;
}

/**
 * All statistics of a trace, the reuse distances from its LRU curve, which is at hand as a rule. The working set looks back over a hundredth
 * of the trace unless told how many requests. Throws a RangeError on an empty trace.
 */
export function* traceStatistics(
  trace: ReplayedTrace,
  curve: LruCurve,
  windowRequests = Math.max(1, Math.round(trace.ids.length / 100)),
): Sliced<TraceStatistics> {
  const ranks = yield* partOf(popularity(trace), 0, 0.4);
  const zipf = yield* atRest(fitZipf(ranks), 0.4);
  const set = yield* partOf(workingSet(trace, windowRequests), 0.4, 0.7);
  const keys = yield* partOf(keysOverTime(trace), 0.7, 1);
  return { popularity: ranks, zipf, reuse: reuseDistances(curve), workingSet: set, keysOverTime: keys };
}

/** Work too short to be counted, whose steps do not rise. */
function* atRest<Result>(work: Sliced<Result>, share: number): Sliced<Result> {
  return yield* partOf(work, share, share);
}
