import type { Insides } from './Insides.ts';
import { KeySlots } from './KeySlots.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import {
  type RedisOptions,
  type RedisRanking,
  RedisSampler,
  redisSamples,
  residentKeys,
  ttlMarks,
} from './redisSampling.ts';
import { largestId } from './room.ts';

const NONE = -1;

/** The clock of Redis counts seconds in 24 bits. */
const clockMax = 16_777_215;

/**
 * Redis's approximation of LRU: among sampled keys and those in the pool the one that has been idle for longest. Idle time is in
 * whole seconds, so what was used within the same second ranks alike.
 */
export class RedisLru implements Policy, RedisRanking {
  private readonly context: PolicyContext;
  private readonly onlyVolatile: boolean;
  /** The value of each is the second of its last use. */
  private readonly keys = new KeySlots();
  private readonly sampler: RedisSampler;
  private capacityEntries: number;

  constructor(context: PolicyContext, { onlyVolatile, samples = redisSamples }: RedisOptions) {
    this.context = context;
    this.onlyVolatile = onlyVolatile;
    this.sampler = new RedisSampler(samples, context);
    this.capacityEntries = context.capacityEntries;
  }

  touch(id: number): void {
    this.keys.setValueAt(this.keys.slots[id], this.clockNow());
    if (this.onlyVolatile) this.keys.follow(id, this.mayLeave(id));
  }

  insert(id: number): void {
    this.keys.add(id, this.clockNow(), this.mayLeave(id));
  }

  remove(id: number): void {
    this.keys.remove(id);
  }

  evict(): number {
    return this.sampler.evict(this.keys, this);
  }

  /** The second, in 24 bits. */
  private clockNow(): number {
    return Math.floor(this.context.clock.nowUs / 1e6) & clockMax;
  }

  /** Those idle for longest leave first. */
  rate(_ids: Int32Array, usedS: Int32Array, count: number, scores: Float64Array): void {
    const nowS = this.clockNow();
    for (let i = 0; i < count; i++) scores[i] = idleS(usedS[i], nowS);
  }

  clear(): void {
    this.keys.clear();
    this.sampler.clear();
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
      if (slots[id] !== NONE) {
        hits++;
        this.touch(id);
      } else if (keys.size < capacityEntries) this.insert(id);
      else {
        const victim = this.sampler.choose(keys, this);
        if (victim !== NONE) keys.replace(victim, id, this.clockNow(), this.mayLeave(id));
      }
    }
    return hits;
  }

  inspect(): Insides {
    const { context, keys } = this;
    const nowS = this.clockNow();
    const marks = (id: number, slot: number) => [
      { name: 'idle', value: idleS(keys.valueAt(slot), nowS) },
      ...ttlMarks(context.expiresUs(id), context.clock.nowUs),
    ];
    return {
      lists: [residentKeys(keys, this.capacityEntries, marks), ...this.sampler.inspect(keys, 'idle')],
      gauges: [{ id: 'clock', title: 'LRU clock, seconds', value: nowS, most: clockMax }],
      grids: [],
    };
  }

  private mayLeave(id: number): boolean {
    return !this.onlyVolatile || this.context.expiresUs(id) < Number.POSITIVE_INFINITY;
  }
}

/** Seconds between a use and now, on a clock that may have begun anew between. */
function idleS(usedS: number, nowS: number): number {
  return nowS < usedS ? nowS - usedS + clockMax : nowS - usedS;
}

const source = 'Redis 7.0, evict.c (estimateObjectIdleTime, evictionPoolPopulate); Redis documentation, "Key eviction"';

/** Registry line of LRU as Redis approximates it, over all keys. */
export const redisAllkeysLru: PolicyEntry = {
  id: 'redis-allkeys-lru',
  title: 'Redis allkeys-lru',
  summary:
    'Evicts the longest idle of five sampled keys and a pool of sixteen: close to LRU, without keeping an order.',
  source,
  create: (context) => new RedisLru(context, { onlyVolatile: false }),
};

/** Registry line of LRU as Redis approximates it, over keys with an expiry. */
export const redisVolatileLru: PolicyEntry = {
  id: 'redis-volatile-lru',
  title: 'Redis volatile-lru',
  summary: 'As allkeys-lru, but only keys with an expiry may leave; where there are none, writes are refused.',
  source,
  create: (context) => new RedisLru(context, { onlyVolatile: true }),
};
