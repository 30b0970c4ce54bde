import type { Insides } from './Insides.ts';
import { KeySlots } from './KeySlots.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { residentKeys, ttlMarks } from './redisSampling.ts';
import { largestId } from './room.ts';

const NONE = -1;

/** Redis's noeviction: at the limit whatever needs memory is refused; reads and deletes go on. */
class RedisNoEviction implements Policy {
  private readonly context: PolicyContext;
  private readonly keys = new KeySlots();
  private capacityEntries: number;

  constructor(context: PolicyContext) {
    this.context = context;
    this.capacityEntries = context.capacityEntries;
  }

  touch(): void {}

  insert(id: number): void {
    this.keys.add(id, 0, false);
  }

  remove(id: number): void {
    this.keys.remove(id);
  }

  evict(): number {
    return NONE;
  }

  clear(): void {
    this.keys.clear();
  }

  resize(capacityEntries: number): void {
    this.capacityEntries = capacityEntries;
  }

  order(): number[] {
    return [];
  }

  replay(ids: Uint32Array, from: number, to: number): number {
    const { keys, capacityEntries } = this;
    const { clock, requestIntervalUs } = this.context;
    keys.fit(largestId(ids, from, to));
    const { slots } = keys;
    let hits = 0;
    for (let i = from; i < to; i++) {
      clock.nowUs += requestIntervalUs;
      const id = ids[i];
      if (slots[id] !== NONE) hits++;
      else if (keys.size < capacityEntries) this.insert(id);
    }
    return hits;
  }

  inspect(): Insides {
    const { context, keys } = this;
    const marks = (id: number) => ttlMarks(context.expiresUs(id), context.clock.nowUs);
    return { lists: [residentKeys(keys, this.capacityEntries, marks)], gauges: [], grids: [] };
  }
}

/** Registry line of a Redis that evicts nothing. */
export const redisNoEviction: PolicyEntry = {
  id: 'redis-noeviction',
  title: 'Redis noeviction',
  summary:
    'Evicts nothing: at the limit new keys are refused until something expires or is deleted. The default of Redis.',
  source: 'Redis 7.0, evict.c (performEvictions); Redis documentation, "Key eviction"',
  create: (context) => new RedisNoEviction(context),
};
