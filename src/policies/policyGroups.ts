const classic = {
  lru: 'LRU',
  fifo: 'FIFO',
  clock: 'CLOCK',
  random: 'Random',
  lfu: 'LFU',
  'ttl-only': 'TTL only',
} as const;

const adaptive = {
  'lfu-aging': 'LFU with ageing',
  slru: 'SLRU',
  'lru-2': 'LRU-2',
  '2q': '2Q',
  arc: 'ARC',
  lirs: 'LIRS',
  sieve: 'SIEVE',
  's3-fifo': 'S3-FIFO',
  'w-tinylfu': 'W-TinyLFU',
  'w-tinylfu-climbing': 'W-TinyLFU, climbing',
} as const;

const redis = {
  'redis-noeviction': 'Redis noeviction',
  'redis-allkeys-lru': 'Redis allkeys-lru',
  'redis-allkeys-lfu': 'Redis allkeys-lfu',
  'redis-allkeys-random': 'Redis allkeys-random',
  'redis-volatile-lru': 'Redis volatile-lru',
  'redis-volatile-lfu': 'Redis volatile-lfu',
  'redis-volatile-random': 'Redis volatile-random',
  'redis-volatile-ttl': 'Redis volatile-ttl',
} as const;

/**
 * What the eviction policies of a live cache are called, by id: the titles of the registry, kept here as well because whoever
 * only names policies need not load them.
 */
export const policyTitles = { ...classic, ...adaptive, ...redis } as const;

/** A policy that a live cache can have: all but those that need to know the future. */
export type EvictionId = keyof typeof policyTitles;

/** The same in groups, for lists from which a person chooses. */
export const policyGroups: readonly { title: string; ids: readonly string[] }[] = [
  { title: 'Classic', ids: Object.keys(classic) },
  { title: 'Adaptive', ids: Object.keys(adaptive) },
  { title: 'As in Redis', ids: Object.keys(redis) },
];
