import { describe, expect, it } from 'vitest';
import { readScenario } from './readScenario.ts';
import type { ScenarioInput } from './schema.ts';

/** Paths and messages of what is wrong with a scenario, otherwise plain. */
function problems(changes: Partial<ScenarioInput>): string[] {
  const read = readScenario({ scenario: 1, id: 'x', title: 'X', traffic: { readers: {} }, ...changes });
  return 'problems' in read ? read.problems.map(({ path, message }) => `${path}: ${message}`) : [];
}

const wrong: [why: string, changes: Partial<ScenarioInput>, path: string, says: RegExp][] = [
  [
    'a lock that has lapsed before its holder hears of it',
    { protect: { lock: true, lockTtl: '2ms' }, cache: { link: '1ms' } },
    'protect.lockTtl',
    /lives 2\u00a0ms, and 2\.01\u00a0ms pass.*expected a longer life/,
  ],
  [
    'a lock shorter than the query',
    { protect: { lock: true, lockTtl: '100ms' }, database: { read: '100ms' } },
    'protect.lockTtl',
    /100\u00a0ms, no longer than the query of 101\u00a0ms.*some multiple of the query/,
  ],
  [
    'waiters for an old value that nobody keeps',
    { protect: { lock: true, lockWaiters: 'stale' } },
    'protect.lockWaiters',
    /expected poll, or a time in protect\.stale/,
  ],
  [
    'a refresh of what is gone',
    { pattern: { read: 'refresh-ahead', refreshAfter: '60s' }, cache: { ttl: '60s' } },
    'pattern.refreshAfter',
    /gone after 60\u00a0s; expected less than cache\.ttl/,
  ],
  [
    'early expiration of what never expires',
    { protect: { early: 1 }, cache: { ttl: 'none' } },
    'protect.early',
    /expected 0, or a cache\.ttl that is not none/,
  ],
  [
    'old entries where none grows old',
    { protect: { stale: '10s' }, cache: { ttl: 'none' } },
    'protect.stale',
    /expected 0s, or a cache\.ttl that is not none/,
  ],
  [
    'a flight of loads without loads',
    { protect: { singleFlight: true }, pattern: { read: 'none' } },
    'protect.singleFlight',
    /reads none, which never load; expected false, or pattern\.read: cache-aside/,
  ],
  [
    'a lock for loads without loads',
    { protect: { lock: true }, pattern: { read: 'cache-only' } },
    'protect.lock',
    /reads cache-only, which never load/,
  ],
  [
    'XFetch without look-ups',
    { protect: { early: 1 }, pattern: { read: 'none' } },
    'protect.early',
    /which never load/,
  ],
  [
    'a revalidation that may not load',
    { protect: { stale: '1s' }, pattern: { read: 'cache-only' } },
    'protect.stale',
    /which never load/,
  ],
];

const right: [why: string, changes: Partial<ScenarioInput>][] = [
  ['a lock that outlives the query', { protect: { lock: true, lockTtl: '101ms' }, database: { read: '100ms' } }],
  ['the life of a lock that is off', { protect: { lockTtl: '1ms' }, database: { read: '100ms' } }],
  ['waiters for a value that is kept', { protect: { lock: true, lockWaiters: 'stale', stale: '10s' } }],
  ['waiters of a lock that is off', { protect: { lockWaiters: 'stale' } }],
  ['a refresh before the end', { pattern: { read: 'refresh-ahead', refreshAfter: '59s' }, cache: { ttl: '60s' } }],
  ['a refresh of entries without end', { pattern: { read: 'refresh-ahead' }, cache: { ttl: 'none' } }],
  ['a time of refresh that is not used', { pattern: { refreshAfter: '60s' }, cache: { ttl: '1s' } }],
  ['all of them at once', { protect: { singleFlight: true, lock: true, early: 1, stale: '10s' } }],
];

describe('contradictions', () => {
  it.each(wrong)('refuses %s, once, and says what would do', (_, changes, path, says) => {
    const found = problems(changes);
    expect(found).toHaveLength(1);
    expect(found[0].startsWith(`${path}: found `), found[0]).toBe(true);
    expect(found[0]).toMatch(says);
  });

  it.each(right)('takes %s', (_, changes) => {
    expect(problems(changes)).toEqual([]);
  });
});
