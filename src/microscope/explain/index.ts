import { explainArc } from './arc.ts';
import { explainBelady } from './belady.ts';
import { explainClock, explainSieve } from './hands.ts';
import { explainAgingLfu, explainLfu } from './lfu.ts';
import { explainLirs } from './lirs.ts';
import { explainLru2 } from './lruK.ts';
import type { Explain } from './Moment.ts';
import { explainPlainly } from './plain.ts';
import { explainFifo, explainLru } from './queues.ts';
import { explainRandom, explainTtlOnly } from './random.ts';
import { explainRedis } from './redis.ts';
import { explainS3Fifo } from './s3Fifo.ts';
import { explainSlru } from './slru.ts';
import { explainTwoQueue } from './twoQueue.ts';
import { explainWTinyLfu } from './wTinyLfu.ts';

/** Who explains which policy. Those of Redis share one. */
const explainers: Record<string, Explain> = {
  lru: explainLru,
  fifo: explainFifo,
  clock: explainClock,
  sieve: explainSieve,
  slru: explainSlru,
  '2q': explainTwoQueue,
  's3-fifo': explainS3Fifo,
  lfu: explainLfu,
  'lfu-aging': explainAgingLfu,
  'lru-2': explainLru2,
  arc: explainArc,
  lirs: explainLirs,
  'w-tinylfu': explainWTinyLfu,
  'w-tinylfu-climbing': explainWTinyLfu,
  belady: explainBelady,
  random: explainRandom,
  'ttl-only': explainTtlOnly,
};

/** Says in one to four plain sentences why an access went as it did. */
export const explain: Explain = (moment) => {
  const own = moment.policy.startsWith('redis-') ? explainRedis : (explainers[moment.policy] ?? explainPlainly);
  return own(moment);
};

/** Policies that are explained by what they do, not only by what happened. */
export function isExplained(policy: string): boolean {
  return policy.startsWith('redis-') || policy in explainers;
}
