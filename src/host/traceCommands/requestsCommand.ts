import type { Trace } from '../../replay/Trace.ts';
import type { Step } from './TraceCommand.ts';

/** Which requests: [from, to), counted from 0, at most 10,000. */
export interface RequestsInput {
  from: number;
  to: number;
}

/** A stretch of requests, as they are in the trace. */
export interface RequestsOutput {
  ids: number[];
  /** What the trace calls them, in the same order. */
  names: string[];
}

const most = 10_000;

/** A stretch of requests with their names: for the microscope and for lists. */
// eslint-disable-next-line require-yield -- A command is a generator, this one is done in its first slice.
export function* requestsCommand(
  trace: Trace,
  { from, to }: RequestsInput,
): Generator<Step<never>, RequestsOutput, void> {
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= trace.ids.length))
    throw new RangeError(
      `found requests ${from} to ${to}, expected a stretch of the ${trace.ids.length} that there are`,
    );
  if (to - from > most) throw new RangeError(`found a stretch of ${to - from} requests, expected at most ${most}`);
  const ids = Array.from(trace.ids.subarray(from, to));
  return { ids, names: ids.map((id) => trace.keyName(id)) };
}
