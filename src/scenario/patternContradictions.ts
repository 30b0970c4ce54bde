import type { Contradiction } from './contradictions.ts';
import type { Scenario } from './schema.ts';

const never = Number.POSITIVE_INFINITY;
const workloads = ({ traffic }: Scenario) => Object.values(traffic);
const readsThrough = ({ pattern }: Scenario): boolean => pattern.read === 'read-through';
const asksForPages = (scenario: Scenario): boolean =>
  workloads(scenario).some(({ batch, pageKeys }) => batch && pageKeys > 1);
const serversWrite = (scenario: Scenario): boolean =>
  workloads(scenario).some(({ writes, writer }) => writes > 0 && writer === 'app');
const leavesNothing = ({ pattern, invalidation }: Scenario): boolean =>
  pattern.write === 'write-around' ||
  (pattern.write === 'cache-aside' && ['delete', 'double-delete', 'none'].includes(invalidation.onWrite));

/** Which reads go with which writes. */
const pairs: Contradiction[] = [
  {
    applies: ({ pattern }) => pattern.write === 'write-behind' && pattern.read === 'none',
    at: 'pattern.read',
    message:
      'found reads that never look in the cache, and writes that only the cache has until the next batch: everybody would read what was there before; expected cache-aside, or pattern.write: write-around',
  },
  {
    applies: ({ pattern }) => pattern.write === 'write-through' && pattern.read === 'none',
    at: 'pattern.write',
    message:
      'found writes that pay for the cache as well, and reads that never look in it; expected write-around, or pattern.read: cache-aside',
  },
  {
    applies: (scenario) => scenario.pattern.read === 'cache-only' && leavesNothing(scenario) && serversWrite(scenario),
    at: 'pattern.write',
    message: ({ pattern }) =>
      `found writes ${pattern.write}, which leave nothing in the cache, and reads that have nothing but the cache: what was written could not be read; expected write-through or write-behind`,
  },
  {
    applies: (scenario) =>
      scenario.pattern.write === 'write-behind' &&
      scenario.database.guard &&
      workloads(scenario).some(({ stock }) => stock < never),
    at: 'database.guard',
    message:
      'found a database that checks the stock of every order, and writes that are answered before it hears of them: its no would come too late; expected false, or pattern.write: write-through',
  },
];

/** Under read-through the server asks one question; what improves its loads and its look-ups has nothing to improve. */
const throughTheCache: Contradiction[] = [
  {
    applies: (scenario) => readsThrough(scenario) && scenario.protect.lock,
    at: 'protect.lock',
    message:
      'found a lock among servers with reads read-through, where no server loads: the cache does, in one place; expected false, and protect.singleFlight: true for one load a key',
  },
  ...(['early', 'stale'] as const).map((name) => ({
    applies: (scenario: Scenario) => readsThrough(scenario) && scenario.protect[name] > 0,
    at: `protect.${name}`,
    message:
      'found servers that judge the age of an entry with reads read-through, which hand them values without an age; expected 0, or pattern.read: cache-aside',
  })),
  {
    applies: (scenario) => readsThrough(scenario) && scenario.protect.hedge < never,
    at: 'protect.hedge',
    message:
      'found second queries of servers with reads read-through, where the cache makes the queries; expected none, or pattern.read: cache-aside',
  },
  {
    applies: (scenario) => readsThrough(scenario) && scenario.protect.retries > 0,
    at: 'protect.retries',
    message:
      'found queries that servers ask again with reads read-through, where the cache makes the queries; expected 0, or pattern.read: cache-aside',
  },
];

/** One round trip for several keys is a plain look-up of the shared cache. */
const pages: Contradiction[] = [
  {
    applies: (scenario) => asksForPages(scenario) && readsThrough(scenario),
    at: 'pattern.read',
    message:
      'found read-through, which loads key by key, and traffic that asks for several keys in one round trip; expected cache-aside, or batch: false in the traffic',
  },
  {
    applies: (scenario) => asksForPages(scenario) && scenario.local.enabled,
    at: 'local.enabled',
    message:
      'found a cache in the server, which is asked key by key, and traffic that asks for several keys in one round trip; expected false, or batch: false in the traffic',
  },
];

/** Contradictions between the read pattern, the write pattern and what stands around them. */
export const patterns: readonly Contradiction[] = [...pairs, ...throughTheCache, ...pages];
