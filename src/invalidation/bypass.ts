import type { Process } from '../kernel/Effect.ts';
import type { Handles, Pattern, Request, Value } from '../nodes/Handles.ts';
import { order } from '../patterns/order.ts';
import { writeAround } from '../patterns/writeAround.ts';
import type { Scenario } from '../scenario/schema.ts';

/** Past all caches: what must be right is asked of the primary database. */
export function* readPrimary({ key }: Request, { database }: Handles): Process<Value> {
  return yield* database.readPrimary(key);
}

/** What one traffic runs. */
export interface Route {
  read: Pattern;
  write: Pattern;
  order: Pattern;
}

/**
 * What each traffic runs, in order of name, where some goes another way than all others: a `direct` writer writes the database
 * and tells nobody, a reader of the `database` asks the primary. Null where everybody runs `program`.
 */
export function bypasses({ traffic }: Scenario, program: Route): Route[] | null {
  const workloads = Object.keys(traffic)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => traffic[name]);
  if (workloads.every(({ reader, writer }) => reader === 'pattern' && writer === 'app')) return null;
  return workloads.map(({ reader, writer }) => {
    if (reader === 'pattern' && writer === 'app') return program;
    const read = reader === 'database' ? readPrimary : program.read;
    const write = writer === 'direct' ? writeAround : program.write;
    return { read, write, order: order(read, write) };
  });
}
