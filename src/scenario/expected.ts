import { zipfWeights } from '../random/Zipf.ts';
import { fifoTtl, lruTtl } from '../theory/lruTtl.ts';
import { groupPopulation, type Population } from '../theory/Population.ts';
import { mgcAllenCunneen, mmc } from '../theory/queues.ts';
import { stampedeFetches } from '../theory/stampede.ts';
import type { Scenario, Workload } from './schema.ts';

/** One closed form beside the run. */
export interface ClosedForm {
  /** The formula in a few signs. */
  formula: string;
  /** What it leaves out of account here. */
  assumes: string;
  source: string;
}

/** What closed forms expect of a scenario once it is warm; undefined where none applies. */
export interface Expected {
  /** Share of look-ups that hit. */
  hitRatio?: ClosedForm & { value: number };
  /** Queries a second that the misses leave to the database. */
  databaseRate?: ClosedForm & { value: number };
  /** Mean number in line before the database; Infinity where the line grows without end. */
  databaseQueue?: ClosedForm & { value: number; waitS: number };
  /** Queries when the hottest key expires. */
  stampede?: ClosedForm & { value: number; readsPerS: number; rebuildS: number };
}

/** Expects of the scenario as it stands (its settings in force), by `src/theory/`. Cheap enough to call a few times a second. */
export function expectedOf(scenario: Scenario): Expected {
  const workloads = Object.values(scenario.traffic);
  const [workload] = workloads;
  const isOpen = workloads.length === 1 && (workload.arrivals === 'poisson' || workload.arrivals === 'constant');
  if (!isOpen || scenario.local.enabled || workload.rate <= 0) return {};
  const writesPerS = workload.rate * workload.writes;
  const readsPerS = workload.rate - writesPerS;
  const cached = scenario.pattern.read === 'cache-aside';
  const hit = cached ? expectedHitRatio(scenario, workload, readsPerS) : undefined;
  const missing = readsPerS * workload.missing;
  const misses = !cached
    ? readsPerS
    : hit === undefined
      ? undefined
      : (readsPerS - missing) * (1 - hit.alone) + missing;
  const expected: Expected = {};
  if (hit !== undefined) expected.hitRatio = hit.form;
  if (misses !== undefined) {
    expected.databaseRate = {
      formula: 'λ(1 − h)',
      assumes: 'steady state',
      source: 'definition',
      value: misses + writesPerS,
    };
    const queue = expectedQueue(scenario, misses, writesPerS);
    if (queue !== undefined) expected.databaseQueue = queue;
  }
  const stampede = cached ? expectedStampede(scenario, workload, readsPerS) : undefined;
  if (stampede !== undefined) expected.stampede = stampede;
  return expected;
}

/** Popularity of the keys, or undefined for loads that no closed form here describes. */
function populationOf(workload: Workload): Population | undefined {
  if (workload.keys === 'zipf') return cachedPopulation(workload.count, workload.exponent);
  if (workload.keys === 'uniform') return cachedPopulation(workload.count, 0);
  return undefined;
}

const remembered = new Map<string, Population>();

function cachedPopulation(count: number, exponent: number): Population {
  const name = `${count}/${exponent}`;
  const known = remembered.get(name);
  if (known !== undefined) return known;
  if (remembered.size > 20) remembered.clear();
  const population = groupPopulation(zipfWeights(count, exponent));
  remembered.set(name, population);
  return population;
}

/** Policies of which first in, first out and any victim at random are the closed form (Gelenbe 1973). */
const likeFifo = ['fifo', 'random', 'redis-allkeys-random'];

/** `alone` is the ratio among keys that exist; the form's value counts look-ups of missing ids as the misses they are. */
function expectedHitRatio(scenario: Scenario, workload: Workload, readsPerS: number) {
  const population = populationOf(workload);
  const { cache } = scenario;
  if (population === undefined || cache.memory < Number.POSITIVE_INFINITY) return undefined;
  // Where every key has its place nobody is ever evicted, by whatever policy.
  const unbounded = cache.capacity >= workload.count;
  const { eviction } = cache;
  const everyoneExpires = eviction === 'redis-volatile-random' && cache.ttl < Number.POSITIVE_INFINITY;
  if (!unbounded && eviction !== 'lru' && !likeFifo.includes(eviction) && !everyoneExpires) return undefined;
  const bounded = {
    capacityEntries: Math.min(cache.capacity, workload.count),
    readsPerS: readsPerS * (1 - workload.missing),
    // The jitter of each fill is drawn anew, so only the mean time to live counts (renewal reward).
    ttlS: (cache.ttl + cache.jitter / 2) / 1e6,
  };
  if (bounded.readsPerS <= 0) return undefined;
  const isLru = eviction === 'lru' && !unbounded;
  const alone = (isLru ? lruTtl(population, bounded, false) : fifoTtl(population, bounded)).hitRatio;
  const form = {
    formula: unbounded
      ? 'Σ pᵢ λᵢT/(1+λᵢT)'
      : isLru
        ? 'Che, with T from the fill'
        : 'Σ pᵢ λᵢT/(1+λᵢT), T = min(T_C, TTL)',
    assumes: `steady state, queries that take no time${workload.writes > 0 ? ', no writes' : ''}`,
    source: unbounded ? 'Jung, Berger, Balakrishnan 2003' : 'Che, Tung, Wang 2002; Fricker, Robert, Roberts 2012',
    value: alone * (1 - workload.missing),
  };
  return { alone, form };
}

function expectedQueue(scenario: Scenario, readsPerS: number, writesPerS: number) {
  const { database } = scenario;
  const arrivalsPerS = readsPerS + writesPerS;
  if (arrivalsPerS <= 0 || database.read <= 0) return undefined;
  const moment = (mean: number) => {
    const s = mean / 1e6;
    return database.shape === 'constant' ? s * s : 2 * s * s;
  };
  const meanS = (readsPerS * database.read + writesPerS * database.write) / arrivalsPerS / 1e6;
  const secondMomentS2 = (readsPerS * moment(database.read) + writesPerS * moment(database.write)) / arrivalsPerS;
  if (database.shape === 'lognormal') return undefined;
  const exact = database.shape === 'exponential' && (writesPerS === 0 || database.read === database.write);
  const waitS = exact
    ? mmc({ arrivalsPerS, servicePerS: 1 / meanS, servers: database.slots }).meanWaitS
    : mgcAllenCunneen(arrivalsPerS, { meanS, secondMomentS2 }, database.slots).meanWaitS;
  return {
    formula: exact ? 'M/M/c: C(c, λ/μ)/(cμ − λ)' : 'Allen–Cunneen',
    assumes: 'arrivals at random, no limit on the line or the pool',
    source: exact ? 'Erlang 1917' : 'Allen 1990 (an approximation)',
    value: waitS * arrivalsPerS,
    waitS,
  };
}

function expectedStampede(scenario: Scenario, workload: Workload, readsPerS: number) {
  if (workload.keys !== 'zipf' && workload.keys !== 'hot' && workload.keys !== 'uniform') return undefined;
  const share =
    workload.keys === 'hot'
      ? workload.hotShare
      : cachedPopulation(workload.count, workload.keys === 'zipf' ? workload.exponent : 0).shares.reduce(
          (most, one) => Math.max(most, one),
          0,
        );
  const { cache, database } = scenario;
  // From the look-up that misses to the store that ends it: back from Redis, to the database and back, to Redis.
  const rebuildS = (2 * cache.link + cache.command + 2 * database.link + database.read) / 1e6;
  const perS = readsPerS * (1 - workload.missing) * share;
  return {
    formula: '1 + λD',
    assumes: 'queries that do not wait in line',
    source: 'Little; the course’s source documents 001–003',
    value: stampedeFetches(perS, rebuildS),
    readsPerS: perS,
    rebuildS,
  };
}
