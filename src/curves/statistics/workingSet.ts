import type { ReplayedTrace } from '../../replay/replay.ts';
import { checkNotEmpty } from '../checkTrace.ts';
import { type Sliced, sliceRequests } from '../Sliced.ts';

/** The working set as the trace goes on. */
export interface WorkingSet {
  windowRequests: number;
  /** Different keys among the last `windowRequests` requests (fewer at the start), after each of `at`. */
  keys: number[];
  /** After how many requests each of them was taken, rising; the last is the whole trace. */
  at: number[];
  /** Mean over all requests, the start included. */
  mean: number;
  most: number;
}

/**
 * Denning's working set W(t, τ): the different keys of the last τ requests, followed exactly through the trace and kept at `points` evenly
 * spaced moments. A cache smaller than it cannot hold what is in use. Throws a RangeError on an empty trace and unless window and points are
 * whole numbers from 1.
 * Source: P. Denning, "The working set model for program behavior", CACM 11(5), 1968.
 */
export function* workingSet(trace: ReplayedTrace, windowRequests: number, points = 200): Sliced<WorkingSet> {
  checkNotEmpty(trace, 'working set');
  for (const value of [windowRequests, points])
    if (!(Number.isSafeInteger(value) && value >= 1)) throw new RangeError(`${value} is not a whole number from 1`);
  const { ids, distinct } = trace;
  const lastAt = new Int32Array(distinct).fill(-1);
  const count = Math.min(points, ids.length);
  const keys: number[] = [];
  const at: number[] = [];
  let [inWindow, sum, most, done] = [0, 0, 0, 0];
  for (let point = 1; point <= count; point++) {
    const stop = Math.round((ids.length * point) / count);
    while (done < stop) {
      const to = Math.min(stop, done + sliceRequests);
      for (let i = done; i < to; i++) {
        const left = i - windowRequests;
        // Who leaves the window leaves the set, unless asked for again since.
        if (left >= 0 && lastAt[ids[left]] === left) inWindow--;
        const id = ids[i];
        if (lastAt[id] < 0 || lastAt[id] <= left) inWindow++;
        lastAt[id] = i;
        sum += inWindow;
        if (inWindow > most) most = inWindow;
      }
      done = to;
      yield done / ids.length;
    }
    at.push(stop);
    keys.push(inWindow);
  }
  return { windowRequests, keys, at, mean: sum / ids.length, most };
}
