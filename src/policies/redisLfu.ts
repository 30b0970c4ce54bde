import type { Insides } from './Insides.ts';
import { KeySlots } from './KeySlots.ts';
import { LogCounterRises } from './LogCounterRises.ts';
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

/** What a counter begins with, so that a newcomer is not the next to leave: LFU_INIT_VAL. */
const counterFirst = 5;

/** Counters have eight bits. */
const counterMax = 255;

/** Minutes are kept in sixteen bits. */
const minuteMask = 65_535;

const minuteUs = 60_000_000;

/** What LFU has to be told besides. */
export interface RedisLfuOptions extends RedisOptions {
  /** `lfu-log-factor`, 10 where nothing is said: the higher, the slower counters rise. */
  logFactor?: number;
}

/**
 * Redis's approximation of LFU: among sampled keys and those in the pool the one with the lowest counter. A counter c has eight bits;
 * a use raises it with probability 1 / ((c − 5) × factor + 1), never past 255, and it falls by one for each whole minute since the
 * last use. The fall is reckoned when a counter is read and stored only on a use.
 */
export class RedisLfu implements Policy, RedisRanking {
  private readonly context: PolicyContext;
  private readonly onlyVolatile: boolean;
  /** The value of each has the minute of its last use in the upper sixteen bits and its counter in the lower eight. */
  private readonly keys = new KeySlots();
  private readonly sampler: RedisSampler;
  private readonly rises: LogCounterRises;
  private capacityEntries: number;
  private minuteStartUs = 0;
  private minuteNow = 0;

  constructor(context: PolicyContext, { onlyVolatile, samples = redisSamples, logFactor = 10 }: RedisLfuOptions) {
    this.context = context;
    this.onlyVolatile = onlyVolatile;
    this.rises = new LogCounterRises(context, counterFirst, logFactor);
    this.sampler = new RedisSampler(samples, context);
    this.capacityEntries = context.capacityEntries;
  }

  touch(id: number): void {
    this.count(this.keys.slots[id]);
    if (this.onlyVolatile) this.keys.follow(id, this.mayLeave(id));
  }

  private count(slot: number): void {
    const { keys } = this;
    const minute = this.clockNow();
    const counter = counterOf(keys.valueAt(slot), minute);
    keys.setValueAt(slot, (minute << 8) | (this.rises.next(counter) ? counter + 1 : counter));
  }

  insert(id: number): void {
    this.keys.add(id, (this.clockNow() << 8) | counterFirst, this.mayLeave(id));
  }

  remove(id: number): void {
    this.keys.remove(id);
  }

  evict(): number {
    return this.sampler.evict(this.keys, this);
  }

  /** The minute, in sixteen bits. It is asked for at every use: as long as it lasts, nothing is divided. */
  private clockNow(): number {
    const sinceUs = this.context.clock.nowUs - this.minuteStartUs;
    if (sinceUs >= 0 && sinceUs < minuteUs) return this.minuteNow;
    const minutes = Math.floor(this.context.clock.nowUs / minuteUs);
    this.minuteStartUs = minutes * minuteUs;
    this.minuteNow = minutes & minuteMask;
    return this.minuteNow;
  }

  /** Those with low counters leave first. */
  rate(_ids: Int32Array, values: Int32Array, count: number, scores: Float64Array): void {
    const minute = this.clockNow();
    for (let i = 0; i < count; i++) scores[i] = counterMax - counterOf(values[i], minute);
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
      const slot = slots[id];
      if (slot !== NONE) {
        hits++;
        this.count(slot);
      } else if (keys.size < capacityEntries) this.insert(id);
      else {
        const victim = this.sampler.choose(keys, this);
        if (victim !== NONE) keys.replace(victim, id, (this.clockNow() << 8) | counterFirst, this.mayLeave(id));
      }
    }
    return hits;
  }

  inspect(): Insides {
    const { context, keys } = this;
    const minute = this.clockNow();
    const marks = (id: number, slot: number) => [
      { name: 'counter', value: counterOf(keys.valueAt(slot), minute) },
      ...ttlMarks(context.expiresUs(id), context.clock.nowUs),
    ];
    return {
      lists: [residentKeys(keys, this.capacityEntries, marks), ...this.sampler.inspect(keys, '255 − counter')],
      gauges: [{ id: 'clock', title: 'LFU clock, minutes', value: minute, most: minuteMask }],
      grids: [],
    };
  }

  private mayLeave(id: number): boolean {
    return !this.onlyVolatile || this.context.expiresUs(id) < Number.POSITIVE_INFINITY;
  }
}

/** A counter as it is read in this minute, decay included. */
function counterOf(value: number, minute: number): number {
  const elapsed = minute - (value >>> 8);
  const counter = (value & counterMax) - (elapsed < 0 ? elapsed + minuteMask : elapsed);
  return counter < 0 ? 0 : counter;
}

const source =
  'Redis 7.0, evict.c (LFULogIncr, LFUDecrAndReturn, evictionPoolPopulate); Redis documentation, "Key eviction"';

/** Registry line of LFU as Redis approximates it, over all keys. */
export const redisAllkeysLfu: PolicyEntry = {
  id: 'redis-allkeys-lfu',
  title: 'Redis allkeys-lfu',
  summary: 'Evicts the sampled key with the lowest counter, which rises ever more slowly and falls by one a minute.',
  source,
  create: (context) => new RedisLfu(context, { onlyVolatile: false }),
};

/** Registry line of LFU as Redis approximates it, over keys with an expiry. */
export const redisVolatileLfu: PolicyEntry = {
  id: 'redis-volatile-lfu',
  title: 'Redis volatile-lfu',
  summary: 'As allkeys-lfu, but only keys with an expiry may leave; where there are none, writes are refused.',
  source,
  create: (context) => new RedisLfu(context, { onlyVolatile: true }),
};
