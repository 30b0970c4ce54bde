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
  'wait', // a process waits: for the row whose id is its `detail`, or for time to pass where that is 0
  'refresh', // a load in the background, for nobody in particular
  'warm', // a load of one key from a list
  'cache.lock', // SET NX PX; `miss` where another holds it
  'cache.unlock',
  'cache.load', // read-through: the cache itself asks the database
  'cache.write', // write-behind: the cache takes the write and answers
  'cache.update', // compare-and-set by version; `absent` where the cache held a newer one
  'cache.get-many', // one round trip for several keys; `detail` is how many
  'database.batch', // buffered writes in one statement; `detail` is how many
  'bus.publish', // a server tells the others which key changed
  'bus.deliver', // the bus tells one server
  'queue.publish', // an event for the invalidation worker
  'queue.work', // the worker takes one event
  'log.append', // the write-behind log takes one write
  'log.read', // the reader of the database's log takes one change
  'early', // instants of protections: an entry was loaded again before its end (XFetch)
  'shed', // a request was turned away to save the others
  'breaker', // a circuit breaker changed; `detail`: 0 closed, 1 open, 2 half-open
  'bloom', // a key was turned away by the Bloom filter
  'skip', // a value was not admitted into the cache
  'lose-writes', // acknowledged writes were lost with the cache; `detail` is how many
  'later', // what a writer has put off: the second of two deletes
] as const;

const instants: ReadonlySet<string> = new Set<Operation>([
  'evict',
  'expire',
  'flush',
  'fault',
  'early',
  'shed',
  'breaker',
  'bloom',
  'skip',
  'lose-writes',
]);
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
  'not-admitted', // the cache was told not to keep it
  'overdue', // it was there, but past its time
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
  /** A look-up or an answer past its time to live, kept for this. */
  overdue: 16,
  /** The page was not in the database's buffer pool. */
  disk: 32,
  /** The second of two queries for the same thing. */
  hedge: 64,
  /** Older than what this very user had written. */
  ownStale: 128,
} as const;

const isInstantByCode = operations.map((name) => instants.has(name));

/** True for what takes no time: rows with start = end that are no call. */
export function isInstant(op: number): boolean {
  return isInstantByCode[op];
}

/** True for rows that are kept whatever the sampling: errors, timeouts, stale answers, faults. */
export function isNotable(op: number, outcome: number, flags: number): boolean {
  return (
    outcome >= OUTCOME.timeout ||
    (flags & FLAG.stale) !== 0 ||
    op === OP.fault ||
    op === OP.flush ||
    op === OP['lose-writes'] ||
    op === OP.breaker
  );
}
