/** Names of the charts that a scenario can put forward. */
export const chartIds = [
  'hit-ratio',
  'database-rate',
  'read-latency',
  'stale-share',
  'database-queue',
  'errors',
  'throughput',
  'misses-by-cause',
] as const;
