import type { Effect, Process } from '../kernel/Effect.ts';
import type { Scenario } from '../scenario/schema.ts';

/** A value is known by its version; {@link absent} where there is no such row. */
export type Value = number;

/** The database has no such row. */
export const absent: Value = 0;

/** Something to `yield*`: one call, or a short process of several. */
export interface Step<T> {
  [Symbol.iterator](): Iterator<Effect<unknown>, T, unknown>;
}

/** What a pattern knows of the request it serves. */
export interface Request {
  readonly key: number;
  /** When its author last wrote this key, µs; −Infinity where never. */
  readonly wroteUs: number;
}

/** An entry as its cache keeps it; times in µs. */
export interface Entry {
  readonly value: Value;
  readonly storedUs: number;
  /** From then on it is overdue. */
  readonly freshUntilUs: number;
  /** Then it is gone. */
  readonly expiresUs: number;
  /** How long it took to load. */
  readonly costUs: number;
  /** Look-ups that found it since it was stored, this one included. */
  readonly uses: number;
}

/** A cache as a pattern sees it. A cache that is down misses and never throws, unless its calls are unguarded. */
export interface CacheHandle {
  /** The value of a live entry, `undefined` on a miss; `absent` where the cache knows that there is no such row. */
  get(key: number): Step<Value | undefined>;
  /** The same look-up, with all that the cache knows of the entry; overdue entries are found too. */
  entry(key: number): Step<Entry | undefined>;
  set(key: number, value: Value): Step<void>;
  delete(key: number): Step<void>;
}

/** What only the shared cache can do. */
export interface SharedCacheHandle extends CacheHandle {
  /** Stores unless a newer version is there; false where it was. */
  update(key: number, value: Value): Step<boolean>;
  /** SET NX PX: true where the lock is now ours. */
  lock(key: number): Step<boolean>;
  /** Frees our lock; one that lapsed and is another's stays. */
  unlock(key: number): Step<void>;
  /** Read-through: the cache looks, and asks the database itself on a miss. */
  load(key: number): Step<Value>;
  /** Write-behind: the cache takes the write, answers, and tells the database later. */
  write(key: number): Step<Value>;
}

/** The database as a pattern sees it. Throws CallFailed when it refuses or takes too long. */
export interface DatabaseHandle {
  /** From a replica where there are any. */
  read(key: number): Step<Value>;
  /** From the primary, whatever replicas there are. */
  readPrimary(key: number): Step<Value>;
  /** Writes the next version and returns it. */
  write(key: number): Step<Value>;
}

/** Time and work at this server. */
export interface HereHandle {
  nowUs(): number;
  /** A uniform number in (0, 1] of this request's own luck. */
  luck(request: Request): number;
  /** Lets time pass, as a row of its own. */
  pause(key: number, us: number): Step<void>;
  /** Starts work in the background on this request's behalf and goes on at once. */
  background(request: Request, work: () => Process<unknown>): Step<void>;
  /** Notes that something happened at this moment, as an instant of operation code `op`. */
  note(request: Request, op: number, detail?: number): void;
}

/** Everything that a pattern can reach from one server. Made once a server; holds nothing of any request. */
export interface Handles {
  readonly local: CacheHandle;
  readonly cache: SharedCacheHandle;
  readonly database: DatabaseHandle;
  readonly here: HereHandle;
  /** The settings as they are now. */
  readonly settings: Scenario;
  /** What a miss does: the query and the fill, behind whatever protections are on. */
  load(request: Request): Step<Value>;
}

/** A pattern: a process that serves one request. */
export type Pattern = (request: Request, handles: Handles) => Process<Value>;
