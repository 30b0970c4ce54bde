import type { InsideCell, InsideList } from './Insides.ts';
import type { PolicyContext } from './Policy.ts';
import { grown } from './room.ts';

/** Nobody. */
const NONE = -1;

/** Keys looked at for one eviction: `maxmemory-samples`, by default. */
export const redisSamples = 5;

/** Candidates remembered between evictions: EVPOOL_SIZE. */
const poolSize = 16;

/** What a Redis policy is run with, beside the context of every policy. */
export interface RedisOptions {
  /** Only keys that have an expiry may be evicted: the policies `volatile-*`. */
  onlyVolatile: boolean;
  /** `maxmemory-samples`; 5 where nothing is said. */
  samples?: number;
}

/**
 * The resident keys in slots, each with a number: first those that may be evicted, then the others. When a slot becomes free the last of
 * its part moves into it. The numbers lie beside one another, so that a look at any few of many keys stays near.
 */
export class KeySlots {
  /** How many keys there are. */
  size = 0;
  /** How many of them may be evicted: slots 0 … candidates − 1. */
  candidates = 0;
  /** The number of each key, by slot. */
  values = new Int32Array(0);
  /** The slot of each key, by id; −1 where it is not resident. */
  slots = new Int32Array(0);
  private ids = new Int32Array(0);

  /** Makes room for ids up to this one. */
  fit(id: number): void {
    if (id >= this.slots.length) this.slots = grown(this.slots, id, NONE);
  }

  /** The id in a slot below `size`. */
  at(slot: number): number {
    return this.ids[slot];
  }

  /** Whether an id is there and may be evicted. */
  isCandidate(id: number): boolean {
    const slot = this.slots[id];
    return slot !== NONE && slot < this.candidates;
  }

  /** Adds an id that is not there. */
  add(id: number, value: number, isCandidate: boolean): void {
    this.fit(id);
    if (this.size >= this.ids.length) {
      this.ids = grown(this.ids, this.size, NONE);
      this.values = grown(this.values, this.size, 0);
    }
    this.put(this.size++, id, value);
    if (isCandidate) this.follow(id, true);
  }

  /** Takes out an id that is there. */
  remove(id: number): void {
    let slot = this.slots[id];
    this.slots[id] = NONE;
    if (slot < this.candidates) {
      // The last candidate closes the gap among them, which leaves one at their end.
      const border = --this.candidates;
      if (slot !== border) this.put(slot, this.ids[border], this.values[border]);
      slot = border;
    }
    const last = --this.size;
    if (slot !== last) this.put(slot, this.ids[last], this.values[last]);
  }

  /** Sees to it that an id that is there may be evicted, or may not. */
  follow(id: number, isCandidate: boolean): void {
    const slot = this.slots[id];
    if (slot < this.candidates === isCandidate) return;
    const border = isCandidate ? this.candidates++ : --this.candidates;
    if (slot === border) return;
    const [other, otherValue, value] = [this.ids[border], this.values[border], this.values[slot]];
    this.put(border, id, value);
    this.put(slot, other, otherValue);
  }

  clear(): void {
    for (let slot = 0; slot < this.size; slot++) this.slots[this.ids[slot]] = NONE;
    this.size = 0;
    this.candidates = 0;
  }

  private put(slot: number, id: number, value: number): void {
    this.ids[slot] = id;
    this.values[slot] = value;
    this.slots[id] = slot;
  }
}

/**
 * How Redis looks for a victim. Some keys are drawn and offered to a pool of sixteen, which is kept between evictions in the
 * order of their scores at the time of sampling. A key enters if there is room or if it scores higher than the worst, who then
 * leaves. The highest goes, if it is still there: of those who are gone the pool does not hear before it comes to them. Here the keys
 * of one draw are distinct and each as likely; Redis walks neighbouring buckets of its hash table, which is not quite that.
 * @source Redis 7.0, evict.c: evictionPoolPopulate, performEvictions
 */
export class RedisSampler {
  /** The ids drawn last. */
  readonly drawn: Int32Array;
  /** The slots in which they stood. */
  readonly places: Int32Array;
  private readonly samples: number;
  private readonly context: PolicyContext;
  private readonly drawnScores: Float64Array;
  private drawnCount = 0;
  /** From the lowest score to the highest. */
  private readonly ids = new Int32Array(poolSize);
  private readonly scores = new Float64Array(poolSize);
  private size = 0;

  /** `samples` keys are drawn at a time, with the luck of the context. */
  constructor(samples: number, context: PolicyContext) {
    this.samples = samples;
    this.context = context;
    this.drawn = new Int32Array(samples);
    this.places = new Int32Array(samples);
    this.drawnScores = new Float64Array(samples);
  }

  /**
   * Draws distinct ids that may be evicted into `drawn`; returns how many.
   * @source Floyd's algorithm: Bentley, "Programming pearls: a sample of brilliance", CACM 30(9), 1987
   */
  draw(keys: KeySlots): number {
    const { places, drawn, context } = this;
    const count = Math.min(this.samples, keys.candidates);
    for (let i = 0; i < count; i++) {
      const last = keys.candidates - count + i;
      let place = context.below(last + 1);
      for (let j = 0; j < i; j++) {
        if (places[j] === place) {
          place = last;
          break;
        }
      }
      places[i] = place;
      drawn[i] = keys.at(place);
    }
    this.drawnCount = count;
    return count;
  }

  /** Offers the id drawn as number `index` to the pool. */
  offer(index: number, score: number): void {
    const { ids, scores } = this;
    this.drawnScores[index] = score;
    let place = 0;
    while (place < this.size && scores[place] < score) place++;
    if (this.size < poolSize) {
      for (let i = this.size++; i > place; i--) {
        ids[i] = ids[i - 1];
        scores[i] = scores[i - 1];
      }
    } else {
      if (place === 0) return;
      place--;
      for (let i = 0; i < place; i++) {
        ids[i] = ids[i + 1];
        scores[i] = scores[i + 1];
      }
    }
    ids[place] = this.drawn[index];
    scores[place] = score;
  }

  /** Takes the best that is still there out of the pool, and those above it who are gone; −1 where nobody is left. */
  take(keys: KeySlots): number {
    while (this.size > 0) {
      const id = this.ids[--this.size];
      if (keys.isCandidate(id)) return id;
    }
    return NONE;
  }

  /** Empties the pool. */
  clear(): void {
    this.size = 0;
    this.drawnCount = 0;
  }

  /** The keys looked at last and the pool, best candidate first; `score` names what they are ranked by. */
  inspect(keys: KeySlots, score: string): InsideList[] {
    const cell = (id: number, value: number): InsideCell => ({
      id,
      marks: [
        { name: score, value },
        { name: 'gone', value: keys.isCandidate(id) ? 0 : 1 },
      ],
    });
    const pool = Array.from({ length: this.size }, (_, i) => cell(this.ids[i], this.scores[i])).reverse();
    const sample = Array.from({ length: this.drawnCount }, (_, i) => cell(this.drawn[i], this.drawnScores[i]));
    return [
      listOf({ id: 'sample', title: 'Sampled last', kind: 'sample', cells: sample, limit: this.samples }),
      listOf({ id: 'pool', title: 'Eviction pool', kind: 'pool', cells: pool, limit: poolSize, firstIs: 'victim' }),
    ];
  }
}

/** The resident keys by slot, each with the marks given for its slot. */
export function residentKeys(
  keys: KeySlots,
  capacityEntries: number,
  marks: (id: number, slot: number) => InsideCell['marks'],
): InsideList {
  const cells = Array.from({ length: keys.size }, (_, slot) => ({
    id: keys.at(slot),
    marks: marks(keys.at(slot), slot),
  }));
  return listOf({ id: 'keys', title: 'Keys', kind: 'resident', cells, limit: capacityEntries });
}

/** The time that a key has left, whole seconds; no mark where it does not expire. */
export function ttlMarks(expiresUs: number, nowUs: number): InsideCell['marks'] {
  if (expiresUs === Number.POSITIVE_INFINITY) return [];
  return [{ name: 'ttl', value: Math.max(0, Math.ceil((expiresUs - nowUs) / 1e6)) }];
}

type ListParts = Pick<InsideList, 'id' | 'title' | 'kind' | 'cells' | 'limit'> & Partial<InsideList>;

function listOf(parts: ListParts): InsideList {
  return { firstIs: 'slot', hand: null, ...parts };
}
