import type { Insides } from './Insides.ts';

/**
 * What every eviction policy does, in the simulation's caches and in the fast replay alike.
 * Ids are dense non-negative integers; a policy keeps its bookkeeping in typed arrays indexed by id and grows them itself.
 * The caller keeps residency: `insert` is called only for an id that is not resident, `touch` and `remove` only for one that is.
 * The caller makes room first (`evict` until there is room), then inserts: the newcomer is never a candidate of its own insert.
 */
export interface Policy {
  /** A look-up found `id` resident. */
  touch(id: number): void;
  /** `id` has just become resident. */
  insert(id: number): void;
  /** `id` left for another reason than eviction (expired, invalidated, flushed). */
  remove(id: number): void;
  /**
   * Chooses a victim, forgets it and returns it; −1 when the policy never evicts (the newcomer is then refused). `newcomer` is the
   * id that the room is made for, −1 where the cache only shrinks. May be called several times for one newcomer (byte limits).
   */
  evict(newcomer: number): number;
  /** Forgets everything, history included. */
  clear(): void;
  /** Another capacity from now on, in entries, at least 1. Evicts nobody: the caller does that. */
  resize(capacityEntries: number): void;
  /**
   * The victims that would come next, soonest first, at most `limit` of them, without changing anything; empty where the
   * order is drawn only at eviction, or depends on who comes. For display.
   */
  order(limit: number): number[];
  /**
   * Requests `ids[from … to)` one after the other against a cache of `capacityEntries` objects of size one that this policy alone
   * fills: a hit touches, a miss evicts where the cache is full, then inserts. Returns the hits. May be called again with the next
   * stretch of the same `ids`. Each policy brings its own loop (`Class.replay` calls its own methods), because in one that all
   * share every call would be megamorphic.
   */
  replay(ids: Uint32Array, from: number, to: number): number;
  /** Its bookkeeping at this moment, for display. Costs what it shows: for small caches. */
  inspect(): Insides;
}

/** A clock that its owner moves. */
export interface PolicyClock {
  /** Virtual time, whole microseconds. */
  nowUs: number;
}

/** What a policy is made from. */
export interface PolicyContext {
  /** Capacity in entries (an estimate where the limit is in bytes); at least 1. */
  capacityEntries: number;
  /** A uniform integer in [0, n), from a stream of the cache's own. n in 1..2^31. */
  below(n: number): number;
  /** The cache's clock. `replay` moves it on by `requestIntervalUs` before each request. */
  clock: PolicyClock;
  /** Time between two requests of a replay, µs; 0 where there is no replay. */
  requestIntervalUs: number;
  /** When a resident id expires, µs; `Infinity` where it does not. */
  expiresUs(id: number): number;
  /** All requests to come, in order, for a policy that knows the future; undefined where nobody does. */
  future?: Uint32Array;
}

/** One line of the registry. */
export interface PolicyEntry {
  id: string;
  title: string;
  /** One sentence for a person choosing it. */
  summary: string;
  /** Paper, documentation page or book. */
  source: string;
  /** Needs `future`: for a replay or the microscope, not for a live cache. */
  offline?: true;
  create(context: PolicyContext): Policy;
}

/** Makes a policy by its id. Throws a RangeError where there is none such. */
export type CreatePolicy = (id: string, context: PolicyContext) => Policy;
