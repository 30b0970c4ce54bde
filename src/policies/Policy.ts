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
  /** Chooses a victim, forgets it and returns it; −1 when the policy never evicts (the newcomer is then refused). */
  evict(): number;
  /** Forgets everything. */
  clear(): void;
  /**
   * The victims that would come next, soonest first, at most `limit` of them, without changing anything; empty where the
   * order is drawn only at eviction. For display.
   */
  order(limit: number): number[];
}

/** What a policy is made from. */
export interface PolicyContext {
  /** Capacity in entries (an estimate where the limit is in bytes); at least 1. */
  capacityEntries: number;
  /** A uniform integer in [0, n), from a stream of the cache's own. n in 1..2^31. */
  below(n: number): number;
}

/** One line of the registry. */
export interface PolicyEntry {
  id: string;
  title: string;
  /** One sentence for a person choosing it. */
  summary: string;
  /** Paper, documentation page or book. */
  source: string;
  create(context: PolicyContext): Policy;
}
