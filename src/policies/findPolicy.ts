import { nearestId } from './nearestId.ts';
import type { PolicyEntry } from './Policy.ts';

/** The entry of this id among `entries`. Throws a RangeError that names the nearest id where there is none such. */
export function findPolicy(id: string, entries: readonly PolicyEntry[]): PolicyEntry {
  const entry = entries.find((candidate) => candidate.id === id);
  if (entry) return entry;
  const nearest = nearestId(
    id,
    entries.map((candidate) => candidate.id),
  );
  throw new RangeError(`no eviction policy '${id}'; did you mean '${nearest}'?`);
}
