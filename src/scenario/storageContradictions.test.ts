import { describe, expect, it } from 'vitest';
import { contradictionProblems } from './contradictions.ts';
import { type ScenarioInput, scenarioSchema } from './schema.ts';
import { storage } from './storageContradictions.ts';

const base = { scenario: 1, id: 'x', title: 'X', traffic: { readers: {} } } as const;
const parse = (changes: Partial<ScenarioInput>) => scenarioSchema.parse({ ...base, ...changes });
const found = (changes: Partial<ScenarioInput>) =>
  storage.filter((rule) => rule.applies(parse(changes))).map(({ at }) => at);
const buyers = { traffic: { buyers: { stock: 5, writes: '50%' } } } as const;

const wrong: [why: string, at: string, changes: Partial<ScenarioInput>][] = [
  [
    'eviction of keys that expire, where none does',
    'cache.eviction',
    { cache: { eviction: 'redis-volatile-lru', ttl: 'none' } },
  ],
  [
    'the same in every server',
    'local.eviction',
    { local: { enabled: true, eviction: 'redis-volatile-ttl', ttl: 'none' } },
  ],
  ['a buffer pool that costs nothing', 'database.disk', { database: { bufferPages: 5, disk: '0s' } }],
  ['a check of no stock', 'database.guard', { database: { guard: true } }],
  [
    'a check behind a cache that has answered',
    'database.guard',
    { ...buyers, database: { guard: true }, pattern: { write: 'write-behind' } },
  ],
  ['a stock that nobody buys', 'traffic', { traffic: { buyers: { stock: 5 } } }],
  ['an order for several keys', 'traffic', { traffic: { buyers: { stock: 5, writes: '50%', pageKeys: 2 } } }],
];

const right: [why: string, changes: Partial<ScenarioInput>][] = [
  ['nothing of it', {}],
  ['eviction of keys that expire', { cache: { eviction: 'redis-volatile-lru' } }],
  ['eviction of any keys, of which none expires', { cache: { eviction: 'redis-allkeys-lru', ttl: 'none' } }],
  ['the same in servers that keep nothing', { local: { eviction: 'redis-volatile-ttl', ttl: 'none' } }],
  [
    'keys of rows that do not exist, which alone expire',
    { cache: { eviction: 'redis-volatile-lru', ttl: 'none' }, protect: { negative: '5s' } },
  ],
  ['a buffer pool before a disk', { database: { bufferPages: 5 } }],
  ['a disk that takes no time and no buffer pool', { database: { disk: '0s' } }],
  ['orders that are checked', { ...buyers, database: { guard: true } }],
  ['orders that nobody checks', { ...buyers, pattern: { write: 'write-behind' } }],
];

describe('storage', () => {
  it.each(wrong)('refuses %s', (_why, at, changes) => {
    expect(found(changes)).toEqual([at]);
  });

  it.each(right)('takes %s', (_why, changes) => {
    expect(found(changes)).toEqual([]);
  });

  it('is among the rules by which a scenario is read, and names the remedy', () => {
    const problems = contradictionProblems(parse({ database: { guard: true } }), {});
    expect(problems.map(({ message }) => message).join('\n')).toMatch(/a check of the stock.*expected false/);
  });
});
