import type { Effect, Process } from '../kernel/Effect.ts';
import type { Counter } from '../metrics/counters.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Flights } from './Flights.ts';

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
  /** Units that there were of the key; Infinity where a write is no order. */
  readonly stock: number;
  /** Its load wants something newer than the entry stored then, µs; −Infinity where it found none. */
  replacesUs: number;
  /** The traffic's settings, where one request may be for several keys. */
  readonly page?: Page | null;
}

/** How many neighbouring keys a request is for, whether it asks for all at once, and how many there are to go round. */
export interface Page {
  readonly pageKeys: number;
  readonly batch: boolean;
  readonly count: number;
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
  /** It has not ended, but this reader takes it for ended (XFetch). */
  readonly early?: boolean;
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
  /** SET NX PX: true where the lock is now ours, false where it is held, `undefined` where the cache did not answer. */
  lock(key: number): Step<boolean | undefined>;
  /** Frees our lock; one that lapsed and is another's stays. */
  unlock(key: number): Step<void>;
  /** Several look-ups in one round trip: a value for each key, `undefined` for those that missed. */
  getMany(keys: readonly number[]): Step<(Value | undefined)[]>;
  /** Read-through: the cache looks, and asks the database itself on a miss. */
  load(key: number): Step<Value>;
  /** Write-behind: the cache takes the write, answers, and tells the database later. */
  write(key: number): Step<Value>;
}

/** The shared cache, asked for a key at one version. */
export interface VersionedHandle {
  get(key: number, version: number): Step<Value | undefined>;
  entry(key: number, version: number): Step<Entry | undefined>;
  /** Stores under the version of the value itself. */
  set(key: number, value: Value): Step<void>;
}

/** Where a change of a key is made known. A message that does not get through fails nobody. */
export interface Channel {
  publish(key: number): Step<void>;
}

/** The database as a pattern sees it. Throws CallFailed when it refuses or takes too long. */
export interface DatabaseHandle {
  /** From a replica where there are any. */
  read(key: number): Step<Value>;
  /** Several rows in one query, in the order of the keys. */
  readMany(keys: readonly number[]): Step<Value[]>;
  /** From the primary, whatever replicas there are. */
  readPrimary(key: number): Step<Value>;
  /** Writes the next version and returns it. */
  write(key: number): Step<Value>;
}

/** The Bloom filter of the existing ids. */
export interface RowsHandle {
  /** False where there certainly is no such row. Takes no time. */
  mayExist(key: number): boolean;
}

/** Time and work at this server. */
export interface HereHandle {
  nowUs(): number;
  /** A uniform number in (0, 1] of this request's own luck. */
  luck(request: Request): number;
  /** Lets time pass, as a row of its own. */
  pause(key: number, us: number): Step<void>;
  /** The request that is served by the process that asks, for those who are only told a key. */
  asked(): Step<Request>;
  /** Begins to load the key anew in the background, unless this server is at it, and goes on at once. */
  refresh(key: number, entry: Entry, load: (request: Request) => Step<Value>): Step<void>;
  /** Notes that the answer of this request is past its time to live. */
  servesOverdue(request: Request): void;
  /** Starts work in the background on this request's behalf and goes on at once; a row of operation code `op`. */
  background(request: Request, work: () => Process<unknown>, op?: number): Step<void>;
  /** Counts something. */
  count(what: Counter): void;
  /** Notes that something happened at this moment, as an instant of operation code `op`. */
  note(request: Request, op: number, detail?: number, key?: number): void;
}

/** Everything that a pattern can reach from one server. Made once a server; holds nothing of any request. */
export interface Handles {
  readonly local: CacheHandle;
  readonly cache: SharedCacheHandle;
  readonly database: DatabaseHandle;
  readonly here: HereHandle;
  /** Loads under way at this server. */
  readonly flights: Flights;
  /** The entries of keys at versions. */
  readonly versions: VersionedHandle;
  /** Leads to the other servers. */
  readonly bus: Channel;
  /** Leads to the worker who invalidates. */
  readonly queue: Channel;
  /** Which ids may have a row. */
  readonly rows: RowsHandle;
  /** The settings as they are now. */
  readonly settings: Scenario;
  /** What a miss does: the query and the fill, behind whatever protections are on. */
  readonly load: (request: Request) => Step<Value>;
}

/** A pattern: a process that serves one request. */
export type Pattern = (request: Request, handles: Handles) => Process<Value>;
