import { policyEntry } from '../policies/allPolicies.ts';
import { type ReplayedTrace, type ReplayOptions, ReplayRun } from '../replay/replay.ts';
import { checkNotEmpty, checkSize } from './checkTrace.ts';
import { gapCourse, type GapCourse, gridRequests } from './gapCourse.ts';
import { partOf, type Sliced, sliceRequests } from './Sliced.ts';
import { smallTrace, type SmallTrace } from './smallTrace.ts';

/** Longest stretch that is shown: what the microscope steps through. */
const WINDOW_GRIDS = 8;

/** Where two policies come apart. */
export interface Difference {
  policyIds: [string, string];
  sizeEntries: number;
  /** Hits of each over the whole trace. */
  totalHits: [number, number];
  /** The stretch of at most 200 requests, `from` … `to` − 1 counted from 0, in which the one that is ahead over all gains most. */
  from: number;
  to: number;
  /** Hits of each within it. */
  hits: [number, number];
  /** The difference of hits from start to end, for drawing. */
  course: GapCourse['course'];
  /** A short trace that shows the same lead in a small cache, or in words that none was found. */
  small: SmallTrace | { refused: string };
}

/**
 * Looks for the accesses behind a gap between two hit-ratio curves at one size. Where both have the same hits over all, the stretch
 * with the greatest difference of any sign. Null where they never differ on more than single requests that cancel out, or not at all.
 * Throws a RangeError on an empty trace, an unknown policy and a size that is none or beyond the distinct keys.
 */
export function* whereTheyDiffer(
  trace: ReplayedTrace,
  policyIds: readonly [string, string],
  sizeEntries: number,
  options: ReplayOptions = {},
): Sliced<Difference | null> {
  checkNotEmpty(trace, 'difference');
  checkSize(sizeEntries, trace);
  const { hits, differences, course } = yield* partOf(gapCourse(trace, policyIds, sizeEntries, options), 0, 0.5);
  const total = hits[0] - hits[1];
  const { grid, sign } = bestWindow(differences, total > 0 ? 1 : total < 0 ? -1 : 0);
  if (grid < 0) return null;
  const from = grid * gridRequests;
  const to = Math.min(trace.ids.length, from + WINDOW_GRIDS * gridRequests);
  const runs = policyIds.map((id) => new ReplayRun(trace, id, sizeEntries, options));
  const outcomes: Uint8Array[] = [];
  for (const [index, run] of runs.entries()) {
    outcomes.push(yield* partOf(outcomesIn(run, from, to), 0.5 + 0.15 * index, 0.65 + 0.15 * index));
  }
  const [first, second] = outcomes;
  const causes = causesOf(trace.ids.subarray(from, to), first, second, sign);
  const search = { trace, policyIds, sizeEntries, from, to, causes, sign, options };
  const small = yield* partOf(smallTrace(search), 0.8, 1);
  const sum = (outcome: Uint8Array) => outcome.reduce((count, hit) => count + hit, 0);
  return {
    policyIds: [...policyIds],
    sizeEntries,
    totalHits: hits,
    from,
    to,
    hits: [sum(first), sum(second)],
    course,
    small: small ?? { refused: noneSmall(policyIds, sizeEntries) },
  };
}

/** The window on the grid with the greatest lead of `sign`, or of any where that is 0; −1 where there is none. */
function bestWindow(differences: Int8Array, sign: 1 | 0 | -1): { grid: number; sign: 1 | -1 } {
  let best: { grid: number; sign: 1 | -1 } = { grid: -1, sign: 1 };
  let [lead, sum] = [0, 0];
  for (let end = 0; end < differences.length; end++) {
    sum += differences[end] - (end >= WINDOW_GRIDS ? differences[end - WINDOW_GRIDS] : 0);
    const size = sign === 0 ? Math.abs(sum) : sign * sum;
    if (size <= lead) continue;
    lead = size;
    best = { grid: Math.max(0, end - WINDOW_GRIDS + 1), sign: sum > 0 ? 1 : -1 };
  }
  return best;
}

/** Hit (1) or miss (0) of every request of the window. */
function* outcomesIn(run: ReplayRun, from: number, to: number): Sliced<Uint8Array> {
  while (run.requests < from) {
    run.advance(Math.min(sliceRequests, from - run.requests));
    yield run.requests / to;
  }
  const outcomes = new Uint8Array(to - from);
  for (let i = 0; i < outcomes.length; i++) {
    const before = run.hits;
    run.advance(1);
    outcomes[i] = run.hits - before;
  }
  return outcomes;
}

/** Ids that the one ahead had and the other had not, most often first. */
function causesOf(ids: Uint32Array, first: Uint8Array, second: Uint8Array, sign: 1 | -1): number[] {
  const counts = new Map<number, number>();
  for (const [i, id] of ids.entries()) {
    if (first[i] - second[i] === sign) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([id]) => id);
}

function noneSmall(policyIds: readonly [string, string], sizeEntries: number): string {
  const [first, second] = policyIds.map((id) => policyEntry(id).title);
  return (
    `No short trace of a few of these keys was found in which ${first} and ${second} differ in the same direction with 4 to 16 entries: what ` +
    `tells them apart at ${sizeEntries} entries needs more keys or a longer history than can be followed by eye.`
  );
}
