import { checkAtLeast, checkWhole } from './domain.ts';
import type { Population } from './Population.ts';
import { populationHitRatio, ttlHitRatio } from './ttlCache.ts';

/**
 * Queries a second that one id without a row still sends to the database when its absence is remembered for T seconds:
 * l/(1+lT). Poisson look-ups, instant query, no capacity limit. `lookupsPerS`, `negativeTtlS` finite, ≥ 0; throws a
 * RangeError otherwise. Source: RFC 2308 §5 for the idea; J. Jung, A. Berger, H. Balakrishnan, Modeling TTL-based
 * Internet Caches, INFOCOM 2003.
 */
export function missingIdQueriesPerS(lookupsPerS: number, negativeTtlS: number): number {
  checkAtLeast('look-ups a second', lookupsPerS);
  checkAtLeast('a time to live', negativeTtlS);
  return lookupsPerS / (1 + lookupsPerS * negativeTtlS);
}

/**
 * Queries a second for `idCount` missing ids asked for equally often, `lookupsPerS` over all of them: l/(1+lT/N). Tends
 * to l as N grows, so a scan through random ids is not held up at all. `idCount` whole ≥ 1; other range, throws and
 * source as {@link missingIdQueriesPerS}.
 */
export function missingIdsQueriesPerS(lookupsPerS: number, negativeTtlS: number, idCount: number): number {
  checkWhole('missing ids', idCount, 1);
  return idCount * missingIdQueriesPerS(lookupsPerS / idCount, negativeTtlS);
}

/**
 * Share of look-ups of missing ids that negative entries keep from the database: Σ pᵢ·lᵢT/(1+lᵢT), lᵢ = pᵢl. Queries a
 * second are l times what is left. `ids` group the missing ids by how often each is asked for; range, throws and source
 * as {@link missingIdQueriesPerS}.
 */
export function negativeOffload(lookupsPerS: number, negativeTtlS: number, ids: Population): number {
  checkAtLeast('look-ups a second', lookupsPerS);
  checkAtLeast('a time to live', negativeTtlS);
  return populationHitRatio(ids, lookupsPerS, (idLookupsPerS) => ttlHitRatio(idLookupsPerS, negativeTtlS));
}
