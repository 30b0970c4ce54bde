import type { ReplayedTrace } from '../../replay/replay.ts';
import { checkNotEmpty } from '../checkTrace.ts';
import { type Sliced, sliceRequests } from '../Sliced.ts';

/** What keys come, stretch by stretch. */
export interface KeysOverTime {
  /** Where each stretch ends, in requests since the start; the last is the whole trace. */
  ends: number[];
  /** Keys in each stretch that had never been asked for before. */
  newKeys: number[];
  /** Different keys in each stretch. */
  keys: number[];
  /** Different keys since the start at the end of each stretch. */
  seen: number[];
}

/**
 * New and different keys in each of `stretches` stretches of about equal length (fewer where there are fewer requests). New keys that
 * never stop coming mean that no cache, of any size, gets rid of its misses. Throws a RangeError on an empty trace and
 * unless `stretches` is a whole number from 1.
 */
export function* keysOverTime(trace: ReplayedTrace, stretches = 200): Sliced<KeysOverTime> {
  checkNotEmpty(trace, 'keys');
  if (!(Number.isSafeInteger(stretches) && stretches >= 1))
    throw new RangeError(`stretches must be a whole number from 1, not ${stretches}`);
  const { ids, distinct } = trace;
  const count = Math.min(stretches, ids.length);
  const lastIn = new Int32Array(distinct);
  const result: KeysOverTime = { ends: [], newKeys: [], keys: [], seen: [] };
  let [done, seen] = [0, 0];
  for (let stretch = 1; stretch <= count; stretch++) {
    const end = Math.round((ids.length * stretch) / count);
    let [fresh, keys] = [0, 0];
    while (done < end) {
      const to = Math.min(end, done + sliceRequests);
      for (let i = done; i < to; i++) {
        const last = lastIn[ids[i]];
        if (last === stretch) continue;
        if (last === 0) fresh++;
        keys++;
        lastIn[ids[i]] = stretch;
      }
      done = to;
      yield done / ids.length;
    }
    seen += fresh;
    result.ends.push(end);
    result.newKeys.push(fresh);
    result.keys.push(keys);
    result.seen.push(seen);
  }
  return result;
}
