import type { InsideCell, InsideList } from './Insides.ts';
import type { PolicyContext } from './Policy.ts';
import { grown } from './room.ts';

/** Nobody. */
const NONE = -1;

/** Keys looked at for one eviction: `maxmemory-samples`, by default. */
export const redisSamples = 5;

/** Candidates remembered between evictions: EVPOOL_SIZE. */
const poolSize = 16;

/** Places along which the pool moves down, from victim to victim, before it is lifted to their end again. */
const poolPlaces = 512;

/** What a Redis policy is run with, beside the context of every policy. */
export interface RedisOptions {
  /** Only keys that have an expiry may be evicted: the policies `volatile-*`. */
  onlyVolatile: boolean;
  /** `maxmemory-samples`; 5 where nothing is said. */
  samples?: number;
}

/**
 * The resident keys in slots, each with a number: first those that may be evicted, then the others. When a slot becomes free the last of
 * its part moves into it. What belongs to a slot lies together, and that of all slots near, so that a look at any few of many keys
 * is cheap.
 */
export class KeySlots {
  /** How many keys there are. */
  size = 0;
  /** How many of them may be evicted: slots 0 … candidates − 1. */
  candidates = 0;
  /** By slot s: the id of its key at 2s, the number of that key at 2s + 1. */
  records = new Int32Array(0);
  /** The slot of each key, by id; −1 where it is not resident. */
  slots = new Int32Array(0);

  /** Makes room for ids up to this one. */
  fit(id: number): void {
    if (id >= this.slots.length) this.slots = grown(this.slots, id, NONE);
  }

  /** The id in a slot below `size`. */
  at(slot: number): number {
    return this.records[slot << 1];
  }

  /** The number of the key in a slot below `size`. */
  valueAt(slot: number): number {
    return this.records[(slot << 1) + 1];
  }

  /** Gives the key in a slot below `size` another number. */
  setValueAt(slot: number, value: number): void {
    this.records[(slot << 1) + 1] = value;
  }

  /** Whether an id is there and may be evicted. */
  isCandidate(id: number): boolean {
    const slot = this.slots[id];
    return slot !== NONE && slot < this.candidates;
  }

  /** Adds an id that is not there. */
  add(id: number, value: number, isCandidate: boolean): void {
    this.fit(id);
    const last = (this.size << 1) + 1;
    if (last >= this.records.length) this.records = grown(this.records, last, 0);
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
      if (slot !== border) this.put(slot, this.at(border), this.valueAt(border));
      slot = border;
    }
    const last = --this.size;
    if (slot !== last) this.put(slot, this.at(last), this.valueAt(last));
  }

  /** Sees to it that an id that is there may be evicted, or may not. */
  follow(id: number, isCandidate: boolean): void {
    const slot = this.slots[id];
    if (slot < this.candidates === isCandidate) return;
    const border = isCandidate ? this.candidates++ : --this.candidates;
    if (slot === border) return;
    const [other, otherValue, value] = [this.at(border), this.valueAt(border), this.valueAt(slot)];
    this.put(border, id, value);
    this.put(slot, other, otherValue);
  }

  clear(): void {
    for (let slot = 0; slot < this.size; slot++) this.slots[this.at(slot)] = NONE;
    this.size = 0;
    this.candidates = 0;
  }

  private put(slot: number, id: number, value: number): void {
    this.records[slot << 1] = id;
    this.records[(slot << 1) + 1] = value;
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
  /** Their numbers. */
  readonly numbers: Int32Array;
  /** How they rank, to be filled in before `choose`. */
  readonly drawnScores: Float64Array;
  private readonly samples: number;
  private readonly context: PolicyContext;
  /** The slots in which they stood. */
  private readonly places: Int32Array;
  private drawnCount = 0;
  /**
   * The pool, from the lowest score at `low` to the highest below `end`. The highest leave and most who enter are below the middle:
   * where room for them is made below, fewer move.
   */
  private readonly ids = new Int32Array(poolPlaces);
  private readonly scores = new Float64Array(poolPlaces);
  private low = poolPlaces;
  private end = poolPlaces;

  /** `samples` keys are drawn at a time, with the luck of the context. */
  constructor(samples: number, context: PolicyContext) {
    this.samples = samples;
    this.context = context;
    this.drawn = new Int32Array(samples);
    this.places = new Int32Array(samples);
    this.numbers = new Int32Array(samples);
    this.drawnScores = new Float64Array(samples);
  }

  /**
   * Draws distinct ids that may be evicted into `drawn`; returns how many.
   * @source Floyd's algorithm: Bentley, "Programming pearls: a sample of brilliance", CACM 30(9), 1987
   */
  draw(keys: KeySlots): number {
    const { places, drawn, numbers, context } = this;
    const { records, candidates } = keys;
    const count = this.samples < candidates ? this.samples : candidates;
    let last = candidates - count;
    for (let i = 0; i < count; i++) {
      let place = context.below(last + 1);
      for (let j = 0; j < i; j++) {
        if (places[j] === place) {
          place = last;
          break;
        }
      }
      last++;
      places[i] = place;
      drawn[i] = records[place << 1];
      numbers[i] = records[(place << 1) + 1];
    }
    this.drawnCount = count;
    return count;
  }

  /**
   * Offers those drawn last to the pool, ranked by `drawnScores`, and takes the best that is still there out of it, and those
   * above it who are gone; −1 where nobody is left.
   */
  choose(keys: KeySlots): number {
    const { drawn, drawnScores, drawnCount, ids, scores } = this;
    // At most so many enter without that anybody leaves.
    if (this.low < poolSize) this.lift();
    let { low, end } = this;
    for (let index = 0; index < drawnCount; index++) {
      const score = drawnScores[index];
      // The lowest place is free, or its tenant has to leave.
      if (end - low < poolSize) low--;
      else if (scores[low] >= score) continue;
      let place = low;
      for (let above = low + 1; above < end && scores[above] < score; above++) {
        ids[place] = ids[above];
        scores[place] = scores[above];
        place = above;
      }
      ids[place] = drawn[index];
      scores[place] = score;
    }
    const { slots, candidates } = keys;
    let victim = NONE;
    while (victim === NONE && end > low) {
      const id = ids[--end];
      const slot = slots[id];
      if (slot !== NONE && slot < candidates) victim = id;
    }
    this.low = low;
    this.end = end;
    return victim;
  }

  /** Empties the pool. */
  clear(): void {
    this.low = poolPlaces;
    this.end = poolPlaces;
    this.drawnCount = 0;
  }

  /** Moves the pool to the end of its places, so that there is room below it. */
  private lift(): void {
    const size = this.end - this.low;
    this.ids.copyWithin(poolPlaces - size, this.low, this.end);
    this.scores.copyWithin(poolPlaces - size, this.low, this.end);
    this.low = poolPlaces - size;
    this.end = poolPlaces;
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
    const pool = Array.from({ length: this.end - this.low }, (_, i) =>
      cell(this.ids[this.end - 1 - i], this.scores[this.end - 1 - i]),
    );
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
