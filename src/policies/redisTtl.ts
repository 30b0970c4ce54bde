import type { Insides } from './Insides.ts';
import { KeySlots } from './KeySlots.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { type RedisRanking, RedisSampler, redisSamples, residentKeys, ttlMarks } from './redisSampling.ts';
import { largestId } from './room.ts';

const NONE = -1;

/** Redis's volatile-ttl: among sampled keys with an expiry and those in the pool the one that expires first. */
export class RedisTtl implements Policy, RedisRanking {
  private readonly context: PolicyContext;
  private readonly keys = new KeySlots();
  private readonly sampler: RedisSampler;
  private capacityEntries: number;

  constructor(context: PolicyContext, samples = redisSamples) {
    this.context = context;
    this.sampler = new RedisSampler(samples, context);
    this.capacityEntries = context.capacityEntries;
  }

  touch(id: number): void {
    this.keys.follow(id, this.context.expiresUs(id) < Number.POSITIVE_INFINITY);
  }

  insert(id: number): void {
    this.keys.add(id, 0, this.context.expiresUs(id) < Number.POSITIVE_INFINITY);
  }

  remove(id: number): void {
    this.keys.remove(id);
  }

  evict(): number {
    return this.sampler.evict(this.keys, this);
  }

  /** What ends sooner scores higher. */
  rate(ids: Int32Array, _values: Int32Array, count: number, scores: Float64Array): void {
    for (let i = 0; i < count; i++) scores[i] = -this.context.expiresUs(ids[i]);
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
        if (victim !== NONE) keys.replace(victim, id, 0, this.context.expiresUs(id) < Number.POSITIVE_INFINITY);
      }
    }
    return hits;
  }

  inspect(): Insides {
    const { context, keys } = this;
    const left = (expiresUs: number) => ttlMarks(expiresUs, context.clock.nowUs);
    const lists = this.sampler.inspect(keys, 'ttl').map((list) => ({
      ...list,
      // The pool ranks by moments of expiry; people read times to live.
      cells: list.cells.map(({ id, marks: [score, gone] }) => ({ id, marks: [...left(-score.value), gone] })),
    }));
    const residents = residentKeys(keys, this.capacityEntries, (id) => left(context.expiresUs(id)));
    return { lists: [residents, ...lists], gauges: [], grids: [] };
  }
}

/** Registry line of eviction by nearest expiry. */
export const redisVolatileTtl: PolicyEntry = {
  id: 'redis-volatile-ttl',
  title: 'Redis volatile-ttl',
  summary: 'Evicts the sampled key that would expire first: only as good as what its times to live say of its worth.',
  source: 'Redis 7.0, evict.c (evictionPoolPopulate); Redis documentation, "Key eviction"',
  create: (context) => new RedisTtl(context),
};
