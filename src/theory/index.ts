/**
 * Closed forms drawn beside the simulation. Throughout: rates per second, times in seconds (names end in S; convert
 * from the engine's microseconds at the call), shares and ratios in 0..1. Pure functions that never throw: outside a
 * stated range the answer is whatever the formula gives, Infinity for an unstable queue, NaN where the docstring says
 * so.
 */
export * from './Population.ts';
export * from './finiteQueues.ts';
export * from './jitter.ts';
export * from './lruChe.ts';
export * from './lruExact.ts';
export * from './lruTtl.ts';
export * from './queues.ts';
export * from './staleness.ts';
export * from './stampede.ts';
export * from './ttlCache.ts';
export * from './ttlRebuild.ts';
export * from './zipf.ts';
