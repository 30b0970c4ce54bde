/**
 * Closed forms drawn beside the simulation. Throughout: rates per second, times in seconds (names end in S; convert
 * from the engine's microseconds at the call), shares and ratios in 0..1. Pure functions. Where a docstring says so, a
 * RangeError outside the stated range; the others never throw, and outside their range the answer is whatever the
 * formula gives, Infinity for an unstable queue, NaN where the docstring says so.
 */
export * from './Population.ts';
export * from './answerAge.ts';
export * from './bloom.ts';
export * from './finiteQueues.ts';
export * from './hedging.ts';
export * from './hotShard.ts';
export * from './jitter.ts';
export * from './jitterAround.ts';
export * from './localCaches.ts';
export * from './lruChe.ts';
export * from './lruExact.ts';
export * from './lruTtl.ts';
export * from './negativeCaching.ts';
export * from './queues.ts';
export * from './replicaLag.ts';
export * from './retries.ts';
export * from './staleSetRace.ts';
export * from './staleness.ts';
export * from './stampede.ts';
export * from './tiers.ts';
export * from './ttlCache.ts';
export * from './ttlRebuild.ts';
export * from './writeBehind.ts';
export * from './xFetch.ts';
export * from './zipf.ts';
