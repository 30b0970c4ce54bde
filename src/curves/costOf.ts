/** Time of a replay in units of LRU's, as measured on a Zipf trace of a million keys; only the order is relied upon. */
const COSTS: Record<string, number> = {
  lru: 1,
  fifo: 1.01,
  'ttl-only': 1.02,
  'redis-noeviction': 1.03,
  clock: 1.04,
  sieve: 1.05,
  random: 1.06,
  slru: 1.5,
  '2q': 1.6,
  's3-fifo': 1.7,
  arc: 1.8,
  lfu: 2.2,
  'lfu-aging': 2.5,
  'lru-2': 3,
  lirs: 3.5,
  'w-tinylfu': 4.5,
  'w-tinylfu-climbing': 4.6,
  belady: 4.8,
};

/** What lies on the unknown side: Redis looks at several keys for every victim. */
const UNKNOWN = 5;

/** About how much longer than LRU a replay of this policy takes: the order in which curves are drawn. */
export function costOf(policyId: string): number {
  return COSTS[policyId] ?? UNKNOWN;
}

/** Cheapest first; equals keep their order. */
export function byCost(policyIds: readonly string[]): string[] {
  return [...policyIds].sort((a, b) => costOf(a) - costOf(b));
}
