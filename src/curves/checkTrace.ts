import type { ReplayedTrace } from '../replay/replay.ts';

/** Throws a RangeError where the trace has no requests: a `what` of nothing would be a drawing, not an answer. */
export function checkNotEmpty({ ids, distinct }: ReplayedTrace, what: string): void {
  if (ids.length === 0 || distinct === 0) throw new RangeError(`a trace without requests has no ${what}`);
}

/** Throws a RangeError unless `size` is a whole number of entries from 1 to the number of distinct keys. */
export function checkSize(size: number, { distinct }: Pick<ReplayedTrace, 'distinct'>): void {
  if (size > distinct) {
    throw new RangeError(
      `the trace has ${distinct} keys: more room than that, like ${size} entries, can change nothing; sizes go from 1 to ${distinct}`,
    );
  }
  if (!(Number.isInteger(size) && size >= 1))
    throw new RangeError(`a cache size is a whole number of entries from 1 to ${distinct}, not ${size}`);
}
