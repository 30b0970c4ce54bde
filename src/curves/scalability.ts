/** A miniature of fewer entries than this has a granularity of its own: one segment, one ghost, one step of a hand more or less. */
const LEAST_ENTRIES = 32;
/** Redis looks at 5 keys and remembers 16 whatever the size; in a cache of a few hundred that is still a small share. */
const LEAST_ENTRIES_REDIS = 320;

/** Whether a miniature cache tells of a large one under a policy: from how many entries on, or why never. */
export type Scalability = { leastEntries: number } | { refused: string };

/**
 * How far a policy may be scaled down. Policies whose parts are shares of the capacity are (LRU, ARC, LIRS, 2Q, MIN: Waldspurger,
 * Saemundsson, Ahmad and Park, "Cache Modeling and Optimization using Miniature Simulations", USENIX ATC 2017); one that steers
 * itself by measuring is not, because the luck of a small cache would do the steering.
 */
export function scalabilityOf(policyId: string): Scalability {
  if (policyId === 'w-tinylfu-climbing') {
    return {
      refused:
        'the hill climber follows the hit ratio that it measures over a stretch as long as the cache is large, and in a miniature that is mostly luck',
    };
  }
  return { leastEntries: policyId.startsWith('redis-') ? LEAST_ENTRIES_REDIS : LEAST_ENTRIES };
}
