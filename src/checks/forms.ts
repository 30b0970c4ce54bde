import { exp } from '../random/math.ts';
import { zipfWeights } from '../random/Zipf.ts';
import * as theory from '../theory/index.ts';
import { type Form, form } from './Form.ts';
import { protectionForms } from './protectionForms.ts';

const zipf = (keys: number, exponent: number) => theory.groupPopulation(zipfWeights(keys, exponent));

/** Share of hits that are stale over a population: each key's by its part of the hits. */
function populationStaleShare(
  population: theory.Population,
  { readsPerS, updatesPerS, ttlS }: Record<'readsPerS' | 'updatesPerS' | 'ttlS', number>,
): number {
  const hits = theory.populationHitRatio(population, readsPerS, (rate) => theory.ttlHitRatio(rate, ttlS));
  const stale = theory.populationHitRatio(
    population,
    readsPerS,
    (rate) => theory.ttlHitRatio(rate, ttlS) * theory.staleHitShare((rate / readsPerS) * updatesPerS, ttlS),
  );
  return stale / hits;
}

/** So many keys stand for keys of which nobody asks for one twice. */
const ONE_OFF_KEYS = 1e9;

/**
 * Hit ratio of a population in an LRU cache that has to take keys as well for which nobody comes back: a scan, a crawler. Che's
 * approximation over both, then the population's part of it.
 */
function lruHitRatioBesideOneOffs(
  { shares, keys, keyCount }: theory.Population,
  { readsPerS, oneOffsPerS, capacityEntries }: Record<'readsPerS' | 'oneOffsPerS' | 'capacityEntries', number>,
): number {
  const part = readsPerS / (readsPerS + oneOffsPerS);
  const all: theory.Population = {
    shares: Float64Array.of(...shares.map((share) => share * part), (1 - part) / ONE_OFF_KEYS),
    keys: Float64Array.of(...keys, ONE_OFF_KEYS),
    keyCount: keyCount + ONE_OFF_KEYS,
  };
  return theory.windowHitRatio({ shares, keys, keyCount }, part * theory.lruCharacteristicTime(all, capacityEntries));
}

const line = { arrivalsPerS: 'rate', servicePerS: 'rate' } as const;
const lines = { ...line, servers: 'count' } as const;
const zipfKeys = { keys: 'count', exponent: 'number' } as const;
const ttlReads = { readsPerS: 'rate', ttlS: 'time' } as const;
const jitteredReads = { readsPerS: 'rate', minTtlS: 'time', maxTtlS: 'time' } as const;

/**
 * The closed forms that experiments may name, each with the kinds of its arguments; sources are at the functions of
 * `theory/`. One more: one line. Names that begin with `zipf` sum over keys of that popularity.
 */
export const forms: Readonly<Record<string, Form>> = {
  ...protectionForms,
  stampedeFetches: form('count', { readsPerS: 'rate', rebuildS: 'time' }, ({ readsPerS, rebuildS }) =>
    theory.stampedeFetches(readsPerS, rebuildS),
  ),
  stampedeFetchesPerServerFlight: form(
    'count',
    { readsPerS: 'rate', rebuildS: 'time', servers: 'count' },
    ({ readsPerS, rebuildS, servers }) => theory.stampedeFetchesPerServerFlight(readsPerS, rebuildS, servers),
  ),
  ttlHitRatio: form('share', ttlReads, ({ readsPerS, ttlS }) => theory.ttlHitRatio(readsPerS, ttlS)),
  slidingTtlHitRatio: form('share', ttlReads, ({ readsPerS, ttlS }) => theory.slidingTtlHitRatio(readsPerS, ttlS)),
  jitteredTtlHitRatio: form('share', jitteredReads, ({ readsPerS, minTtlS, maxTtlS }) =>
    theory.jitteredTtlHitRatio(readsPerS, minTtlS, maxTtlS),
  ),
  zipfTtlHitRatio: form('share', { ...ttlReads, ...zipfKeys }, ({ readsPerS, ttlS, keys, exponent }) =>
    theory.populationHitRatio(zipf(keys, exponent), readsPerS, (rate) => theory.ttlHitRatio(rate, ttlS)),
  ),
  // An empty cache with room for all, so long after its first reader: whoever asks for a key that nobody has asked for.
  zipfColdMisses: form(
    'rate',
    { readsPerS: 'rate', afterS: 'time', ...zipfKeys },
    ({ readsPerS, afterS, ...keys }) =>
      readsPerS * theory.populationHitRatio(zipf(keys.keys, keys.exponent), readsPerS, (rate) => exp(-rate * afterS)),
  ),
  zipfLruHitRatio: form('share', { ...zipfKeys, capacityEntries: 'count' }, ({ keys, exponent, capacityEntries }) =>
    theory.lruHitRatio(zipf(keys, exponent), capacityEntries),
  ),
  zipfFifoHitRatio: form('share', { ...zipfKeys, capacityEntries: 'count' }, ({ keys, exponent, capacityEntries }) =>
    theory.fifoHitRatio(zipf(keys, exponent), capacityEntries),
  ),
  zipfLruHitRatioBesideOneOffs: form(
    'share',
    { ...zipfKeys, capacityEntries: 'count', readsPerS: 'rate', oneOffsPerS: 'rate' },
    ({ keys, exponent, ...given }) => lruHitRatioBesideOneOffs(zipf(keys, exponent), given),
  ),
  zipfTopShare: form('share', { topKeys: 'count', ...zipfKeys }, ({ topKeys, keys, exponent }) =>
    theory.zipfTopShare(topKeys, keys, exponent),
  ),
  zipfExponentForShare: form(
    'number',
    { share: 'share', topKeys: 'count', keys: 'count' },
    ({ share, topKeys, keys }) => theory.zipfExponentForShare(share, topKeys, keys),
  ),
  staleHitShare: form('share', { updatesPerS: 'rate', ttlS: 'time' }, ({ updatesPerS, ttlS }) =>
    theory.staleHitShare(updatesPerS, ttlS),
  ),
  zipfStaleHitShare: form('share', { ...ttlReads, updatesPerS: 'rate', ...zipfKeys }, ({ keys, exponent, ...given }) =>
    populationStaleShare(zipf(keys, exponent), given),
  ),
  zipfStaleReadShare: form(
    'share',
    { ...ttlReads, updatesPerS: 'rate', ...zipfKeys },
    ({ keys, exponent, readsPerS, updatesPerS, ttlS }) => {
      const population = zipf(keys, exponent);
      const hits = theory.populationHitRatio(population, readsPerS, (rate) => theory.ttlHitRatio(rate, ttlS));
      return hits * populationStaleShare(population, { readsPerS, updatesPerS, ttlS });
    },
  ),
  meanHitAge: form('time', { ttlS: 'time' }, ({ ttlS }) => theory.meanHitAgeS(ttlS)),
  jitterMeanRate: form('rate', { keys: 'count', jitterS: 'time' }, ({ keys, jitterS }) =>
    theory.jitterMeanRatePerS(keys, jitterS),
  ),
  jitterExpectedPeak: form('count', { keys: 'count', jitterS: 'time', bucketS: 'time' }, ({ keys, jitterS, bucketS }) =>
    theory.jitterExpectedPeak(keys, jitterS, bucketS),
  ),
  mm1Wait: form('time', line, ({ arrivalsPerS, servicePerS }) => theory.mm1(arrivalsPerS, servicePerS).meanWaitS),
  mm1Sojourn: form('time', line, ({ arrivalsPerS, servicePerS }) => theory.mm1(arrivalsPerS, servicePerS).meanSojournS),
  mm1SojournQuantile: form('time', { ...line, quantile: 'share' }, ({ arrivalsPerS, servicePerS, quantile }) =>
    theory.mm1SojournQuantileS(arrivalsPerS, servicePerS, quantile),
  ),
  mmcWait: form('time', lines, (queue) => theory.mmc(queue).meanWaitS),
  mmcSojourn: form('time', lines, (queue) => theory.mmc(queue).meanSojournS),
  mmcWaitQuantile: form('time', { ...lines, quantile: 'share' }, ({ quantile, ...queue }) =>
    theory.mmcWaitQuantileS(queue, quantile),
  ),
  md1Wait: form(
    'time',
    { arrivalsPerS: 'rate', serviceS: 'time' },
    ({ arrivalsPerS, serviceS }) => theory.md1(arrivalsPerS, serviceS).meanWaitS,
  ),
  lossRejectedShare: form(
    'share',
    { ...lines, queueCapacity: 'count' },
    (queue) => theory.lossQueue(queue).rejectedShare,
  ),
  lossServed: form('rate', { ...lines, queueCapacity: 'count' }, (queue) => theory.lossQueue(queue).servedPerS),
  closedThroughput: form(
    'rate',
    { users: 'count', thinkS: 'time', serviceS: 'time', servers: 'count' },
    (system) => theory.closedSystem(system).throughputPerS,
  ),
};
