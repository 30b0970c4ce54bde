import type { Insides } from './Insides.ts';
import { KeySlots } from './KeySlots.ts';
import type { Policy, PolicyContext, PolicyEntry } from './Policy.ts';
import { residentKeys, ttlMarks } from './redisSampling.ts';
import { largestId } from './room.ts';

const NONE = -1;

/** Redis's random policies: one key is drawn, each as likely, and no pool is kept. */
class RedisRandom implements Policy {
  private readonly context: PolicyContext;
  private readonly onlyVolatile: boolean;
  private readonly keys = new KeySlots();
  private capacityEntries: number;
  private drawn = NONE;

  constructor(context: PolicyContext, onlyVolatile: boolean) {
    this.context = context;
    this.onlyVolatile = onlyVolatile;
    this.capacityEntries = context.capacityEntries;
  }

  touch(id: number): void {
    if (this.onlyVolatile) this.keys.follow(id, this.mayLeave(id));
  }

  insert(id: number): void {
    this.keys.add(id, 0, this.mayLeave(id));
  }

  remove(id: number): void {
    this.keys.remove(id);
  }

  evict(): number {
    const { keys } = this;
    if (keys.candidates === 0) return NONE;
    this.drawn = keys.at(this.context.below(keys.candidates));
    keys.remove(this.drawn);
    return this.drawn;
  }

  clear(): void {
    this.keys.clear();
    this.drawn = NONE;
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
      } else if (keys.size < capacityEntries || this.evict() !== NONE) this.insert(id);
    }
    return hits;
  }

  inspect(): Insides {
    const { context, keys, drawn } = this;
    const marks = (id: number) => ttlMarks(context.expiresUs(id), context.clock.nowUs);
    const gone = { name: 'gone', value: drawn !== NONE && keys.isCandidate(drawn) ? 0 : 1 };
    const cells = drawn === NONE ? [] : [{ id: drawn, marks: [gone] }];
    return {
      lists: [
        residentKeys(keys, this.capacityEntries, marks),
        { id: 'sample', title: 'Drawn last', kind: 'sample', cells, firstIs: 'slot', limit: 1, hand: null },
      ],
      gauges: [],
      grids: [],
    };
  }

  private mayLeave(id: number): boolean {
    return !this.onlyVolatile || this.context.expiresUs(id) < Number.POSITIVE_INFINITY;
  }
}

const source = 'Redis 7.0, evict.c (performEvictions, dictGetRandomKey); Redis documentation, "Key eviction"';

/** Registry line of Redis's random eviction, over all keys. */
export const redisAllkeysRandom: PolicyEntry = {
  id: 'redis-allkeys-random',
  title: 'Redis allkeys-random',
  summary: 'Evicts any key, each as likely: for loads in which every key is asked for as often.',
  source,
  create: (context) => new RedisRandom(context, false),
};

/** Registry line of Redis's random eviction, over keys with an expiry. */
export const redisVolatileRandom: PolicyEntry = {
  id: 'redis-volatile-random',
  title: 'Redis volatile-random',
  summary: 'Evicts any key that has an expiry, each as likely; where there are none, writes are refused.',
  source,
  create: (context) => new RedisRandom(context, true),
};
