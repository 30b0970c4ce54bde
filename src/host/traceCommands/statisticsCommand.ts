import { lruCurve } from '../../curves/lruCurve.ts';
import { sizesOf } from '../../curves/sizes.ts';
import { partOf } from '../../curves/Sliced.ts';
import type { KeysOverTime } from '../../curves/statistics/keysOverTime.ts';
import { idealLfuHits, type OneHitWonders, type Popularity } from '../../curves/statistics/popularity.ts';
import type { ReuseDistances } from '../../curves/statistics/reuseDistances.ts';
import { traceStatistics } from '../../curves/statistics/traceStatistics.ts';
import type { WorkingSet } from '../../curves/statistics/workingSet.ts';
import type { ZipfFit } from '../../curves/statistics/zipfFit.ts';
import type { Trace } from '../../replay/Trace.ts';
import type { Step } from './TraceCommand.ts';

/** What is to be known of a trace. */
export interface StatisticsInput {
  /** How far the working set looks back, in requests; a hundredth of the trace unless given. */
  windowRequests?: number;
}

/** What is told of a trace. */
export interface StatisticsOutput {
  requests: number;
  distinct: number;
  /** Highest hit ratio that any cache can have that starts empty: all but the first request for each key. */
  mostHitRatio: number;
  oneHitWonders: OneHitWonders;
  /** Popularity at up to 300 ranks, evenly spread on a logarithmic axis: requests of the key there, and of all up to it. */
  ranks: { rank: number; requests: number; reached: number }[];
  /** The most asked-for keys, at most 100, by the names that the trace gives them. */
  hottest: { id: number; name: string; requests: number }[];
  zipf: ZipfFit;
  reuse: ReuseDistances;
  workingSet: WorkingSet;
  keysOverTime: KeysOverTime;
}

const shownRanks = 300;

/** Popularity, reuse distances, working set, one-hit wonders and new keys of the trace. */
export function* statisticsCommand(
  trace: Trace,
  { windowRequests }: StatisticsInput,
): Generator<Step<never>, StatisticsOutput, void> {
  const curve = yield* partOf(lruCurve(trace), 0, 0.5);
  const statistics = yield* partOf(traceStatistics(trace, curve, windowRequests), 0.5, 1);
  const { popularity, zipf, reuse, workingSet, keysOverTime } = statistics;
  const { requests, distinct, oneHitWonders, hottest } = popularity;
  return {
    requests,
    distinct,
    mostHitRatio: (requests - distinct) / requests,
    oneHitWonders,
    ranks: ranksOf(popularity),
    hottest: hottest.map(({ id, requests: count }) => ({ id, name: trace.keyName(id), requests: count })),
    zipf,
    reuse,
    workingSet,
    keysOverTime,
  };
}

function ranksOf(popularity: Popularity): StatisticsOutput['ranks'] {
  const ranks = sizesOf({ points: shownRanks, scale: 'log', most: popularity.distinct });
  return ranks.map((rank) => ({
    rank,
    requests: popularity.counts[rank - 1],
    reached: idealLfuHits(popularity, rank),
  }));
}
