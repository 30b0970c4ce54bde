import { fifo } from './fifo.ts';
import { lfu } from './lfu.ts';
import { lru } from './lru.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { random } from './random.ts';
import { ttlOnly } from './ttlOnly.ts';

/** Every eviction policy, in the order in which a person is offered them. A new one is a file and a line here. */
export const policies: readonly PolicyEntry[] = [lru, fifo, lfu, random, ttlOnly];

/** How many insertions, deletions and replacements turn one text into the other (Levenshtein 1966; Wagner and Fischer 1974). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length];
}

/** The policy whose id reads most like `id`; the first of equals. */
function nearest(id: string): PolicyEntry {
  // A stray text may be long; a few letters more than any id are enough to tell ids apart.
  const wanted = id.toLowerCase().slice(0, 40);
  let best = policies[0];
  for (const entry of policies) if (editDistance(wanted, entry.id) < editDistance(wanted, best.id)) best = entry;
  return best;
}

/** A fresh policy of this id. Throws a RangeError that names the nearest id where there is none such. */
export function createPolicy(id: string, context: PolicyContext): Policy {
  const entry = policies.find((candidate) => candidate.id === id);
  if (!entry) throw new RangeError(`no eviction policy '${id}'; did you mean '${nearest(id).id}'?`);
  return entry.create(context);
}
