import { agingLfuTwin } from './agingLfu.ts';
import { arcTwin } from './arc.ts';
import { beladyTwin } from './belady.ts';
import { clockTwin } from './clock.ts';
import { fifoTwin } from './fifo.ts';
import { lfuTwin } from './lfu.ts';
import { lirsTwin } from './lirs.ts';
import { lruTwin } from './lru.ts';
import { lruKTwin } from './lruK.ts';
import { randomTwin } from './random.ts';
import { redisNoEvictionTwin, redisTwin } from './redis.ts';
import { s3FifoTwin } from './s3Fifo.ts';
import { sieveTwin } from './sieve.ts';
import { slruTwin } from './slru.ts';
import { ttlOnlyTwin } from './ttlOnly.ts';
import type { CreateTwin } from './Twin.ts';
import { twoQueueTwin } from './twoQueue.ts';
import { wTinyLfuClimbingTwin, wTinyLfuTwin } from './wTinyLfu.ts';

/** The twin of each policy, by its id. */
export const twins: Record<string, CreateTwin> = {
  // One a line, so that several hands can add theirs.
  lru: lruTwin,
  fifo: fifoTwin,
  clock: clockTwin,
  random: randomTwin,
  lfu: lfuTwin,
  'lfu-aging': agingLfuTwin,
  slru: slruTwin,
  'lru-2': lruKTwin,
  '2q': twoQueueTwin,
  arc: arcTwin,
  lirs: lirsTwin,
  sieve: sieveTwin,
  's3-fifo': s3FifoTwin,
  'w-tinylfu': wTinyLfuTwin,
  'w-tinylfu-climbing': wTinyLfuClimbingTwin,
  belady: beladyTwin,
  'ttl-only': ttlOnlyTwin,
  'redis-noeviction': redisNoEvictionTwin,
  'redis-allkeys-lru': redisTwin({ scope: 'allkeys', rank: 'lru' }),
  'redis-allkeys-lfu': redisTwin({ scope: 'allkeys', rank: 'lfu' }),
  'redis-allkeys-random': redisTwin({ scope: 'allkeys', rank: 'random' }),
  'redis-volatile-lru': redisTwin({ scope: 'volatile', rank: 'lru' }),
  'redis-volatile-lfu': redisTwin({ scope: 'volatile', rank: 'lfu' }),
  'redis-volatile-random': redisTwin({ scope: 'volatile', rank: 'random' }),
  'redis-volatile-ttl': redisTwin({ scope: 'volatile', rank: 'ttl' }),
};
