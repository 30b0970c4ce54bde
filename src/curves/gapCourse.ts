import { type ReplayedTrace, type ReplayOptions, ReplayRun } from '../replay/replay.ts';
import type { Sliced } from './Sliced.ts';

/** Requests by which both replays go on at a time; windows are found on this grid. */
export const gridRequests = 25;
const GRIDS_A_SLICE = 256;
const COURSE_POINTS = 200;

/** How the hits of two policies come apart over a trace. */
export interface GapCourse {
  /** Hits of each over the whole trace. */
  hits: [number, number];
  /** Hits of the first less hits of the second in every stretch of {@link gridRequests}. */
  differences: Int8Array;
  /** The difference of hits so far, at no more than 200 moments, for drawing. */
  course: { at: number[]; gap: number[] };
}

/** Replays two policies side by side at one size. Throws as {@link ReplayRun} does. */
export function* gapCourse(
  trace: ReplayedTrace,
  policyIds: readonly [string, string],
  sizeEntries: number,
  options: ReplayOptions,
): Sliced<GapCourse> {
  const [a, b] = policyIds.map((id) => new ReplayRun(trace, id, sizeEntries, options));
  const count = Math.ceil(trace.ids.length / gridRequests);
  const differences = new Int8Array(count);
  const every = Math.ceil(count / COURSE_POINTS);
  const course: GapCourse['course'] = { at: [0], gap: [0] };
  let before = 0;
  for (let grid = 0; grid < count; grid++) {
    a.advance(gridRequests);
    b.advance(gridRequests);
    const gap = a.hits - b.hits;
    differences[grid] = gap - before;
    before = gap;
    if ((grid + 1) % every === 0 || grid === count - 1) {
      course.at.push(a.requests);
      course.gap.push(gap);
    }
    if (grid % GRIDS_A_SLICE === 0) yield grid / count;
  }
  return { hits: [a.hits, b.hits], differences, course };
}
