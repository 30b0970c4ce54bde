/** What a row records. Calls have a duration; instants have start = end. The index is the stored code: append only. */
export const operations = [
  'request.read', // a client's read, from sending to the answer
  'request.write',
  'local.get',
  'local.set',
  'local.delete',
  'cache.get',
  'cache.set',
  'cache.delete',
  'database.read',
  'database.write',
  'evict', // instants of a cache's contents
  'expire',
  'flush',
  'fault', // an act upon the world: a scenario's fault or a person's
] as const;
/** Name of an operation. */
export type Operation = (typeof operations)[number];

/** How a call ended for its caller. */
export const outcomes = [
  'ok',
  'hit', // look-ups, and reads answered from a cache
  'miss', // look-ups, and reads answered from the database
  'absent', // the database has no such row
  'timeout', // the caller gave up
  'rejected', // a full line refused it
  'refused', // the node was down
  'lost', // the message never arrived
  'error',
] as const;
/** Name of an outcome. */
export type Outcome = (typeof outcomes)[number];

/** Why a look-up missed. */
export const missCauses = [
  'none',
  'first',
  'capacity',
  'expired',
  'invalidated',
  'node-lost',
  'cache-down',
  'refused-entry',
] as const;
/** Name of a cause. */
export type MissCause = (typeof missCauses)[number];

const codeOf = <T extends string>(names: readonly T[]): Record<T, number> =>
  Object.fromEntries(names.map((name, code) => [name, code])) as Record<T, number>;

/** Code of each operation, as stored in the columns. */
export const OP = codeOf(operations);
/** Code of each outcome, as stored. */
export const OUTCOME = codeOf(outcomes);
/** Code of each cause, as stored. */
export const CAUSE = codeOf(missCauses);

/** Bits of a row's `flags`. */
export const FLAG = {
  /** The answer was older than the database when the request began. */
  stale: 1,
  /** The key has no row. */
  missingKey: 2,
  /** The caller had given up before the callee finished. */
  abandoned: 4,
  /** An act of a person, not of the scenario. */
  byPerson: 8,
} as const;

/** True for rows that are kept whatever the sampling: errors, timeouts, stale answers, faults. */
export function isNotable(op: number, outcome: number, flags: number): boolean {
  return outcome >= OUTCOME.timeout || (flags & FLAG.stale) !== 0 || op === OP.fault || op === OP.flush;
}
