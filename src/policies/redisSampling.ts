import type { InsideCell, InsideList } from './Insides.ts';
import type { KeySlots } from './KeySlots.ts';
import type { PolicyContext } from './Policy.ts';

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

/** How a policy ranks keys: those with the highest scores leave first. */
export interface RedisRanking {
  /**
   * Writes the scores of the first `count` of these keys with these numbers. All of a draw at one go: which ranking it is has to be found
   * out once, where a worker has seen several.
   */
  rate(ids: Int32Array, values: Int32Array, count: number, scores: Float64Array): void;
}

/**
 * How Redis looks for a victim. Some keys are drawn and offered to a pool of sixteen, which is kept between evictions in the
 * order of their scores at the time of sampling. A key enters if there is room or if it scores higher than the worst, who then
 * leaves. The highest goes, if it is still there: of those who are gone the pool does not hear before it comes to them. The keys of one
 * draw are neighbours in a table in which chance made them so, from any of them on, each as likely.
 * @source Redis 7.0, evict.c: evictionPoolPopulate, performEvictions; dict.c: dictGetSomeKeys
 */
export class RedisSampler {
  private readonly samples: number;
  private readonly context: PolicyContext;
  /** The keys drawn last, their numbers and their scores. */
  private readonly drawn: Int32Array;
  private readonly drawnValues: Int32Array;
  private readonly drawnScores: Float64Array;
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
    this.drawnValues = new Int32Array(samples);
    this.drawnScores = new Float64Array(samples);
  }

  /** The slot of the victim; −1 where none may be evicted. */
  choose(keys: KeySlots, ranking: RedisRanking): number {
    let slot = NONE;
    while (slot === NONE && keys.candidates > 0) {
      this.draw(keys);
      ranking.rate(this.drawn, this.drawnValues, this.drawnCount, this.drawnScores);
      this.offer();
      slot = this.best(keys);
    }
    return slot;
  }

  /** Takes the victim out of the keys and returns it; −1 where none may be evicted. */
  evict(keys: KeySlots, ranking: RedisRanking): number {
    const slot = this.choose(keys, ranking);
    if (slot === NONE) return NONE;
    const victim = keys.at(slot);
    keys.remove(victim);
    return victim;
  }

  /** Draws neighbours that may be evicted. */
  private draw({ records, candidates }: KeySlots): void {
    const { drawn, drawnValues } = this;
    const count = this.samples < candidates ? this.samples : candidates;
    let slot = this.context.below(candidates);
    for (let i = 0; i < count; i++) {
      drawn[i] = records[slot << 1];
      drawnValues[i] = records[(slot << 1) + 1];
      slot++;
      if (slot === candidates) slot = 0;
    }
    this.drawnCount = count;
  }

  /** Offers the pool who was drawn. */
  private offer(): void {
    // At most so many enter without that anybody leaves.
    if (this.low < poolSize) this.lift();
    const { drawn, drawnScores, drawnCount, ids, scores, end } = this;
    let { low } = this;
    for (let i = 0; i < drawnCount; i++) {
      const score = drawnScores[i];
      // The lowest place is free, or its tenant has to leave.
      if (end - low < poolSize) low--;
      else if (scores[low] >= score) continue;
      let place = low;
      for (let above = low + 1; above < end && scores[above] < score; above++) {
        ids[place] = ids[above];
        scores[place] = scores[above];
        place = above;
      }
      ids[place] = drawn[i];
      scores[place] = score;
    }
    this.low = low;
  }

  /** Takes the best that is still there out of the pool, and those above it who are gone: its slot; −1 where nobody is left. */
  private best(keys: KeySlots): number {
    const { ids, low } = this;
    const { slots, candidates } = keys;
    while (this.end > low) {
      const slot = slots[ids[--this.end]];
      if (slot !== NONE && slot < candidates) return slot;
    }
    return NONE;
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
