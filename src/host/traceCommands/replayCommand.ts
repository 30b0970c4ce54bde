import { policyEntry } from '../../policies/allPolicies.ts';
import { ReplayRun } from '../../replay/replay.ts';
import type { Trace } from '../../replay/Trace.ts';
import type { Step } from './TraceCommand.ts';

/** What to replay: every policy at every size. */
export interface ReplayInput {
  /** Ids of policies. */
  policies: readonly string[];
  /** Capacities in entries. */
  sizes: readonly number[];
  /** Seed of the policies' own draws; 1 unless given. */
  seed?: number;
}

/** What one policy at one size came to. */
export interface ReplayRow {
  policy: string;
  size: number;
  requests: number;
  distinct: number;
  hits: number;
  misses: number;
  hitRatio: number;
}

const sliceRequests = 32_768;
/** Where the trace tells no times: 2,000 requests a second. */
const defaultIntervalUs = 500;

/** The time between two requests that the policies with a clock see: the trace's own mean, whole µs. */
export function intervalUs({ ids, seconds }: Trace): number {
  if (seconds === null || ids.length < 2) return defaultIntervalUs;
  return Math.round((seconds[ids.length - 1] * 1e6) / (ids.length - 1));
}

/** Replays a trace through every policy at every size, each from an empty cache; each row is a part as soon as it is there. */
export function* replayCommand(
  trace: Trace,
  { policies, sizes, seed = 1 }: ReplayInput,
): Generator<Step<ReplayRow>, ReplayRow[], void> {
  for (const id of policies) policyEntry(id);
  const rows: ReplayRow[] = [];
  const requests = trace.ids.length;
  const options = { seed, requestIntervalUs: intervalUs(trace) };
  const total = policies.length * sizes.length;
  for (const policy of policies) {
    for (const size of sizes) {
      const run = new ReplayRun(trace, policy, size, options);
      while (run.advance(sliceRequests)) yield (rows.length + run.requests / requests) / total;
      const { hits } = run;
      const row = {
        policy,
        size,
        requests,
        distinct: trace.distinct,
        hits,
        misses: requests - hits,
        hitRatio: hits / requests,
      };
      rows.push(row);
      yield { share: rows.length / total, part: row };
    }
  }
  return rows;
}
