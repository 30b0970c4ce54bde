import { describe, expect, it } from 'vitest';
import { formatProblem } from './problems.ts';
import { readScenario } from './readScenario.ts';
import type { ScenarioInput } from './schema.ts';

function complaints(changes: Partial<ScenarioInput>): string[] {
  const result = readScenario({ scenario: 1, id: 'x', title: 'X', traffic: { readers: {} }, ...changes });
  return 'problems' in result ? result.problems.map(formatProblem) : [];
}

const rows: [string, Partial<ScenarioInput>, string, Partial<ScenarioInput>][] = [
  [
    'a filter for no ids',
    { bloom: { enabled: true, expected: 0 } },
    'bloom.expected: found a Bloom filter made for 0 ids: it has no bits, and a filter without bits lets everything pass; expected as many ids as there are rows',
    { bloom: { enabled: true, expected: 1 } },
  ],
  [
    'a filter that may always be wrong',
    { bloom: { enabled: true, falsePositives: '100%' } },
    'bloom.falsePositives: found a Bloom filter that may be wrong about all missing ids: it needs no bits, and a filter without bits lets everything pass; expected less than 100%',
    { bloom: { enabled: true, falsePositives: '99%' } },
  ],
  [
    'negative entries that nobody stores',
    { protect: { negative: '30s' }, pattern: { read: 'none' } },
    'protect.negative: found negative entries with reads none, where no reader fills the cache; expected 0s, or pattern.read: cache-aside',
    { protect: { negative: '30s' } },
  ],
  [
    'requests shed after their clients have gone',
    { protect: { shed: '10s' } },
    'protect.shed: found requests shed after 10 s, and their clients give up after 10 s: everyone who is turned away has already gone; expected less than clients.timeout',
    { protect: { shed: '9s' } },
  ],
  [
    'a hedge that is never sent',
    { protect: { hedge: '5s' } },
    'protect.hedge: found a second query after 5 s, and the first is given up after 5 s: it is never sent; expected less than database.timeout',
    { protect: { hedge: '5s' }, database: { timeout: 'none' } },
  ],
  [
    'a breaker before unguarded calls',
    { protect: { breaker: 'both' }, cache: { guarded: false } },
    'protect.breaker: found a breaker (both) that turns failures of the cache into misses, and calls whose failures are the reader’s; expected cache.guarded: true, or breaker: database',
    { protect: { breaker: 'database' }, cache: { guarded: false } },
  ],
  [
    'a limit of what never happens',
    { protect: { limit: 5 }, pattern: { read: 'cache-only' } },
    'protect.limit: found a limit of loads at once with reads cache-only, under which servers load nothing; expected none, or pattern.read: cache-aside',
    { protect: { limit: 5 }, pattern: { read: 'refresh-ahead' } },
  ],
  [
    'admission of what is never loaded',
    { protect: { admit: 'cost' }, pattern: { read: 'none' } },
    'protect.admit: found admission by cost with reads none, under which servers fill nothing; expected all, or pattern.read: cache-aside',
    { protect: { admit: 'cost' } },
  ],
];

describe('guards that contradict something', () => {
  it.each(rows)('are refused at the setting to change: %s', (_name, wrong, message, right) => {
    expect(complaints(wrong)).toEqual([message]);
    expect(complaints(right)).toEqual([]);
  });

  it('may have any value while they are off', () => {
    expect(complaints({ bloom: { expected: 0 }, protect: { admitCost: '0s', breakerCalls: 1 } })).toEqual([]);
  });
});
