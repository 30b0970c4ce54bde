import { displayQuantity } from './displayQuantity.ts';
import { guarding } from './guardContradictions.ts';
import { patterns } from './patternContradictions.ts';
import { type Problem, problemAt, type ReadOptions } from './problems.ts';
import type { Scenario } from './schema.ts';
import { storage } from './storageContradictions.ts';
import { staleness } from './staleContradictions.ts';

/** Settings that are each well formed and together make no sense. */
export interface Contradiction {
  /** True where the scenario holds the contradiction. */
  applies(scenario: Scenario): boolean;
  /** Path of the setting to change, like `protect.lockTtl`. */
  at: string;
  /** What contradicts what, and the remedy: `found …, expected …`. */
  message: string | ((scenario: Scenario) => string);
}

const duration = (us: number): string => displayQuantity('duration', us);
const lockTripUs = ({ cache }: Scenario): number => 2 * cache.link + cache.command;
const queryUs = ({ database }: Scenario): number => 2 * database.link + database.read;
const loadsNothing = ({ pattern }: Scenario): boolean => pattern.read === 'none' || pattern.read === 'cache-only';

const stampedes: Contradiction[] = [
  {
    applies: (scenario) => scenario.protect.lock && scenario.protect.lockTtl <= lockTripUs(scenario),
    at: 'protect.lockTtl',
    message: (scenario) =>
      `found a lock that lives ${duration(scenario.protect.lockTtl)}, and ${duration(lockTripUs(scenario))} pass until its holder hears of it; expected a longer life, some multiple of the load it protects`,
  },
  {
    applies: (scenario) =>
      scenario.protect.lock &&
      scenario.protect.lockTtl > lockTripUs(scenario) &&
      scenario.protect.lockTtl <= queryUs(scenario),
    at: 'protect.lockTtl',
    message: (scenario) =>
      `found a lock that lives ${duration(scenario.protect.lockTtl)}, no longer than the query of ${duration(queryUs(scenario))} it protects, so that a second reader loads as well; expected some multiple of the query`,
  },
  {
    applies: ({ protect }) => protect.lock && protect.lockWaiters === 'stale' && protect.stale === 0,
    at: 'protect.lockWaiters',
    message:
      'found stale, and no entry is kept past its time to live; expected poll, or a time in protect.stale for which old entries are kept',
  },
  {
    applies: ({ pattern, cache }) => pattern.read === 'refresh-ahead' && pattern.refreshAfter >= cache.ttl,
    at: 'pattern.refreshAfter',
    message: ({ pattern, cache }) =>
      `found a refresh after ${duration(pattern.refreshAfter)}, and entries are gone after ${duration(cache.ttl)}; expected less than cache.ttl, so that there is an entry to refresh`,
  },
  {
    applies: ({ protect, cache }) => protect.early > 0 && cache.ttl === Number.POSITIVE_INFINITY,
    at: 'protect.early',
    message: 'found early expiration of entries that never expire; expected 0, or a cache.ttl that is not none',
  },
  {
    applies: ({ protect, cache }) => protect.stale > 0 && cache.ttl === Number.POSITIVE_INFINITY,
    at: 'protect.stale',
    message: 'found old entries served, and entries never grow old; expected 0s, or a cache.ttl that is not none',
  },
  ...(['singleFlight', 'lock'] as const).map((name) => ({
    applies: (scenario: Scenario) => scenario.protect[name] && loadsNothing(scenario),
    at: `protect.${name}`,
    message: ({ pattern }: Scenario) =>
      `found a protection of loads with reads ${pattern.read}, which never load; expected false, or pattern.read: cache-aside`,
  })),
  ...(['early', 'stale'] as const).map((name) => ({
    applies: (scenario: Scenario) => scenario.protect[name] > 0 && loadsNothing(scenario),
    at: `protect.${name}`,
    message: ({ pattern }: Scenario) =>
      `found entries that are to be loaded anew with reads ${pattern.read}, which never load; expected 0, or pattern.read: cache-aside`,
  })),
];

/** Every rule, in the order in which they are reported. */
const contradictions: readonly Contradiction[] = [...patterns, ...stampedes, ...staleness, ...guarding, ...storage];

/** The contradictions in this scenario, each at the setting to change. */
export function contradictionProblems(scenario: Scenario, options: ReadOptions): Problem[] {
  return contradictions
    .filter((rule) => rule.applies(scenario))
    .map(({ at, message }) =>
      problemAt(options, at.split('.'), 'value', typeof message === 'string' ? message : message(scenario)),
    );
}
