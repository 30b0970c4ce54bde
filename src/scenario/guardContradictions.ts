import type { Contradiction } from './contradictions.ts';
import { displayQuantity } from './displayQuantity.ts';
import type { Scenario } from './schema.ts';

const never = Number.POSITIVE_INFINITY;
const duration = (us: number): string => displayQuantity('duration', us);
/** Reads under which no server loads anything itself. */
const loadsNowhere = ({ pattern }: Scenario): boolean =>
  pattern.read === 'none' || pattern.read === 'cache-only' || pattern.read === 'read-through';

/** What stands before look-ups. */
const beforeReads: Contradiction[] = [
  {
    applies: ({ bloom }) => bloom.enabled && bloom.expected === 0,
    at: 'bloom.expected',
    message:
      'found a Bloom filter made for 0 ids: it has no bits, and a filter without bits lets everything pass; expected as many ids as there are rows',
  },
  {
    applies: ({ bloom }) => bloom.enabled && bloom.falsePositives === 1,
    at: 'bloom.falsePositives',
    message:
      'found a Bloom filter that may be wrong about all missing ids: it needs no bits, and a filter without bits lets everything pass; expected less than 100%',
  },
  {
    applies: ({ protect, pattern }) =>
      protect.negative > 0 && (pattern.read === 'none' || pattern.read === 'cache-only'),
    at: 'protect.negative',
    message: ({ pattern }) =>
      `found negative entries with reads ${pattern.read}, where no reader fills the cache; expected 0s, or pattern.read: cache-aside`,
  },
  {
    applies: ({ protect, clients }) => protect.shed < never && protect.shed >= clients.timeout,
    at: 'protect.shed',
    message: ({ protect, clients }) =>
      `found requests shed after ${duration(protect.shed)}, and their clients give up after ${duration(clients.timeout)}: everyone who is turned away has already gone; expected less than clients.timeout`,
  },
];

/** What stands before cache and database. */
const beforeCalls: Contradiction[] = [
  {
    applies: ({ protect, database }) => protect.hedge < never && protect.hedge >= database.timeout,
    at: 'protect.hedge',
    message: ({ protect, database }) =>
      `found a second query after ${duration(protect.hedge)}, and the first is given up after ${duration(database.timeout)}: it is never sent; expected less than database.timeout`,
  },
  {
    applies: ({ protect, cache }) => (protect.breaker === 'cache' || protect.breaker === 'both') && !cache.guarded,
    at: 'protect.breaker',
    message: ({ protect }) =>
      `found a breaker (${protect.breaker}) that turns failures of the cache into misses, and calls whose failures are the reader’s; expected cache.guarded: true, or breaker: database`,
  },
  {
    applies: (scenario) => scenario.protect.limit < never && loadsNowhere(scenario),
    at: 'protect.limit',
    message: ({ pattern }) =>
      `found a limit of loads at once with reads ${pattern.read}, under which servers load nothing; expected none, or pattern.read: cache-aside`,
  },
  {
    applies: (scenario) => scenario.protect.admit !== 'all' && loadsNowhere(scenario),
    at: 'protect.admit',
    message: ({ protect, pattern }) =>
      `found admission by ${protect.admit} with reads ${pattern.read}, under which servers fill nothing; expected all, or pattern.read: cache-aside`,
  },
];

/** Contradictions in what guards the database and the cache. */
export const guarding: readonly Contradiction[] = [...beforeReads, ...beforeCalls];
