import { zipfWeights } from '../random/Zipf.ts';
import * as theory from '../theory/index.ts';
import { type Form, form } from './Form.ts';

const zipf = (keys: number, exponent: number) => theory.groupPopulation(zipfWeights(keys, exponent));

const zipfKeys = { keys: 'count', exponent: 'number' } as const;
const earlyKey = { readsPerS: 'rate', ttlS: 'time', rebuildS: 'time', beta: 'number' } as const;
const rebuilt = { readsPerS: 'rate', ttlS: 'time', rebuildS: 'time' } as const;
const revalidated = { ...rebuilt, staleWindowS: 'time' } as const;
const buffered = { writesPerS: 'rate', flushS: 'time' } as const;
const hedged = { meanS: 'time', hedgeAfterS: 'time' } as const;
const bloom = { bits: 'count', keys: 'count', hashes: 'count' } as const;
const beside = { readsPerS: 'rate', ttlS: 'time', caches: 'count' } as const;
const told = { updatesPerS: 'rate', delayS: 'time', lostShare: 'share' } as const;

/** What protections, invalidation and write patterns come to; see {@link forms} for what holds of all. */
export const protectionForms: Readonly<Record<string, Form>> = {
  xFetchRefreshedShare: form('share', { ...earlyKey, leadS: 'time' }, ({ leadS, ...key }) =>
    theory.xFetchRefreshedShare(key, leadS),
  ),
  xFetchUnrefreshedShare: form('share', earlyKey, (key) => theory.xFetchUnrefreshedShare({ ...key })),
  xFetchMeanLead: form('time', earlyKey, (key) => theory.xFetchMeanLeadS({ ...key })),
  xFetchFetches: form('count', earlyKey, (key) => theory.xFetchFetches({ ...key })),
  singleFlightOriginShare: form(
    'share',
    rebuilt,
    (g) => theory.singleFlightShares(g.readsPerS, g.ttlS, g.rebuildS).originShare,
  ),
  singleFlightHitShare: form(
    'share',
    rebuilt,
    (g) => theory.singleFlightShares(g.readsPerS, g.ttlS, g.rebuildS).hitShare,
  ),
  uncoalescedOriginShare: form(
    'share',
    rebuilt,
    (g) => theory.uncoalescedShares(g.readsPerS, g.ttlS, g.rebuildS).originShare,
  ),
  staleWhileRevalidateStaleShare: form(
    'share',
    revalidated,
    (g) => theory.staleWhileRevalidateShares(g.readsPerS, g.ttlS, g.staleWindowS, g.rebuildS).staleShare,
  ),
  staleWhileRevalidateBlockedShare: form(
    'share',
    revalidated,
    (g) => theory.staleWhileRevalidateShares(g.readsPerS, g.ttlS, g.staleWindowS, g.rebuildS).blockedShare,
  ),
  singleFlightMeanAge: form('time', rebuilt, (g) => theory.singleFlightMeanAgeS(g.readsPerS, g.ttlS, g.rebuildS)),
  staleWhileRevalidateMeanAge: form('time', revalidated, (g) =>
    theory.staleWhileRevalidateMeanAgeS(g.readsPerS, g.ttlS, g.staleWindowS, g.rebuildS),
  ),
  bloomBits: form('count', { keys: 'count', falsePositive: 'share' }, (g) => theory.bloomBits(g.keys, g.falsePositive)),
  bloomHashes: form('count', { bits: 'count', keys: 'count' }, (g) => theory.bloomHashes(g.bits, g.keys)),
  bloomFalsePositive: form('share', bloom, (g) => theory.bloomFalsePositive(g.bits, g.keys, g.hashes)),
  bloomFill: form('share', bloom, (g) => theory.bloomExpectedFill(g.bits, g.keys, g.hashes)),
  missingIdQueries: form('rate', { lookupsPerS: 'rate', negativeTtlS: 'time' }, (g) =>
    theory.missingIdQueriesPerS(g.lookupsPerS, g.negativeTtlS),
  ),
  missingIdsQueries: form('rate', { lookupsPerS: 'rate', negativeTtlS: 'time', ids: 'count' }, (g) =>
    theory.missingIdsQueriesPerS(g.lookupsPerS, g.negativeTtlS, g.ids),
  ),
  meanWritesLost: form('count', buffered, (g) => theory.meanWritesLost(g.writesPerS, g.flushS)),
  mostWritesLost: form('count', buffered, (g) => theory.mostWritesLost(g.writesPerS, g.flushS)),
  zipfBatchKeys: form('count', { ...buffered, ...zipfKeys }, (g) =>
    theory.batchKeys(g.writesPerS, g.flushS, zipf(g.keys, g.exponent)),
  ),
  zipfKeysLost: form('count', { ...buffered, ...zipfKeys }, (g) =>
    theory.meanKeysLost(g.writesPerS, g.flushS, zipf(g.keys, g.exponent)),
  ),
  zipfCoalescedWrites: form('rate', { ...buffered, ...zipfKeys }, (g) =>
    theory.coalescedWritesPerS(g.writesPerS, g.flushS, zipf(g.keys, g.exponent)),
  ),
  staleReplicaReadShare: form('share', { updatesPerS: 'rate', lagS: 'time' }, (g) =>
    theory.staleReplicaReadShare(g.updatesPerS, g.lagS),
  ),
  zipfStaleReplicaReadShare: form('share', { writesPerS: 'rate', lagS: 'time', ...zipfKeys }, (g) =>
    theory.staleReplicaReadShareOver(zipf(g.keys, g.exponent), g.writesPerS, g.lagS),
  ),
  meanUnseenWrites: form('count', { writesPerS: 'rate', lagS: 'time' }, (g) =>
    theory.meanUnseenWrites(g.writesPerS, g.lagS),
  ),
  missedOwnWriteShare: form('share', { lagS: 'time', meanReadBackS: 'time', pinS: 'time' }, (g) =>
    theory.missedOwnWriteShare(g.lagS, g.meanReadBackS, g.pinS),
  ),
  missedOwnWriteShareRandomLag: form('share', { meanLagS: 'time', readBackS: 'time' }, (g) =>
    theory.missedOwnWriteShareRandomLag(g.meanLagS, g.readBackS),
  ),
  meanAttempts: form('number', { failureShare: 'share', retries: 'count' }, (g) =>
    theory.meanAttempts(g.failureShare, g.retries),
  ),
  retriedSuccessShare: form('share', { failureShare: 'share', retries: 'count' }, (g) =>
    theory.retriedSuccessShare(g.failureShare, g.retries),
  ),
  meanBackoff: form('time', { failureShare: 'share', retries: 'count', baseS: 'time', capS: 'time' }, (g) =>
    theory.meanBackoffS(g.failureShare, g.retries, g.baseS, g.capS),
  ),
  hedgedQuantile: form('time', { ...hedged, quantile: 'share' }, (g) =>
    theory.hedgedQuantileS(g.meanS, g.hedgeAfterS, g.quantile),
  ),
  hedgedMean: form('time', hedged, (g) => theory.hedgedMeanS(g.meanS, g.hedgeAfterS)),
  hedgeShare: form('share', hedged, (g) => theory.hedgeShare(g.meanS, g.hedgeAfterS)),
  hotShardShare: form('share', { hottestShare: 'share', shards: 'count' }, (g) =>
    theory.hotShardShare(g.hottestShare, g.shards),
  ),
  pastLocalCaches: form('rate', beside, (g) => theory.pastLocalCachesPerS(g.readsPerS, g.ttlS, g.caches)),
  pastLocalCachesWithBroadcast: form('rate', { ...beside, ...told }, ({ readsPerS, ttlS, caches, ...broadcast }) =>
    theory.pastLocalCachesWithBroadcastPerS(readsPerS, ttlS, caches, broadcast),
  ),
  localStaleHitShare: form('share', { ttlS: 'time', ...told }, ({ ttlS, ...broadcast }) =>
    theory.localStaleHitShare(ttlS, broadcast),
  ),
  staleSetShare: form('share', { updatesPerS: 'rate', gapS: 'time' }, (g) =>
    theory.staleSetShare(g.updatesPerS, g.gapS),
  ),
  staleSets: form('rate', { fillsPerS: 'rate', updatesPerS: 'rate', gapS: 'time' }, (g) =>
    theory.staleSetsPerS(g.fillsPerS, g.updatesPerS, g.gapS),
  ),
  staleSetMeanStay: form('time', { updatesPerS: 'rate', ttlS: 'time' }, (g) =>
    theory.staleSetMeanStayS(g.updatesPerS, g.ttlS),
  ),
  refillCrest: form('rate', { keys: 'count', jitterS: 'time', refills: 'count' }, (g) =>
    theory.refillCrestPerS(g.keys, g.jitterS, g.refills),
  ),
  twoTierHitRatio: form('share', { first: 'share', second: 'share' }, (g) =>
    theory.combinedHitRatio([g.first, g.second]),
  ),
  serialMeanLatency: form('time', { hitRatio: 'share', lookupS: 'time', originS: 'time' }, ({ originS, ...tier }) =>
    theory.serialMeanLatencyS([tier], originS),
  ),
  originLeverage: form('number', { before: 'share', after: 'share' }, (g) => theory.originLeverage(g.before, g.after)),
};
