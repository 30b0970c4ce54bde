import type { Contradiction } from './contradictions.ts';
import type { Scenario, Workload } from './schema.ts';

const never = Number.POSITIVE_INFINITY;
const workloads = ({ traffic }: Scenario) => Object.values(traffic);
const sells = ({ stock }: Workload) => stock < never;

/** Whom a full cache may push out. */
const eviction: readonly Contradiction[] = (['cache', 'local'] as const).map((name) => ({
  applies: (scenario) =>
    scenario[name].eviction.startsWith('redis-volatile-') &&
    scenario[name].ttl === never &&
    scenario.protect.negative === 0 &&
    (name === 'cache' || scenario.local.enabled),
  at: `${name}.eviction`,
  message: (scenario) =>
    `found ${scenario[name].eviction}, which evicts only keys that expire, and no key does: it evicts nothing, and a full cache refuses whatever is new; expected ${scenario[name].eviction === 'redis-volatile-ttl' ? 'redis-allkeys-lru' : scenario[name].eviction.replace('volatile', 'allkeys')}, or a ${name}.ttl that is not none`,
}));

/** Rules of whom a full cache evicts, of the database's memory, and of orders. */
export const storage: readonly Contradiction[] = [
  ...eviction,
  {
    applies: ({ database }) => database.bufferPages < never && database.disk === 0,
    at: 'database.disk',
    message:
      'found a buffer pool whose misses cost nothing, so that its size makes no difference; expected the time of a page from disk, or bufferPages: none',
  },
  {
    applies: (scenario) => scenario.database.guard && !workloads(scenario).some(sells),
    at: 'database.guard',
    message:
      'found a check of the stock on every write, and no traffic that has a stock; expected false, or a stock in the traffic that writes',
  },
  {
    applies: ({ database, pattern }) => database.guard && pattern.write === 'write-behind',
    at: 'database.guard',
    message:
      'found a check of the stock in the database, and a cache that says yes to every order before the database hears of it; expected pattern.write: cache-aside, which waits for the database',
  },
  {
    applies: (scenario) => workloads(scenario).some((workload) => sells(workload) && workload.writes === 0),
    at: 'traffic',
    message:
      'found a stock, and traffic that writes nothing and so orders nothing; expected a share of writes, or stock: none',
  },
  {
    applies: (scenario) => workloads(scenario).some((workload) => sells(workload) && workload.pageKeys > 1),
    at: 'traffic',
    message:
      'found requests for several keys, and a stock: an order buys one unit of one key; expected pageKeys: 1, or stock: none',
  },
];
