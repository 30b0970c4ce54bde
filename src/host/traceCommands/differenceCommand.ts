import { type Difference, whereTheyDiffer } from '../../curves/whereTheyDiffer.ts';
import type { Trace } from '../../replay/Trace.ts';
import { intervalUs } from './replayCommand.ts';
import type { Step } from './TraceCommand.ts';

/** Which gap between two curves. */
export interface DifferenceInput {
  /** Ids of the two policies. */
  policies: [string, string];
  sizeEntries: number;
  /** Seed of the policies' own draws; 1 unless given. */
  seed?: number;
}

/** Where two policies differ; the keys of the short trace with their names. Null where they do not. */
export type DifferenceOutput = (Difference & { names: string[] }) | null;

/** Looks for the stretch of accesses in which a gap between two curves arises, and for a short trace that shows it. */
export function* differenceCommand(
  trace: Trace,
  { policies, sizeEntries, seed = 1 }: DifferenceInput,
): Generator<Step<never>, DifferenceOutput, void> {
  const options = { seed, requestIntervalUs: intervalUs(trace) };
  const found = yield* whereTheyDiffer(trace, policies, sizeEntries, options);
  if (found === null) return null;
  const ids = 'refused' in found.small ? [] : found.small.ids;
  return { ...found, names: ids.map((id) => trace.keyName(id)) };
}
