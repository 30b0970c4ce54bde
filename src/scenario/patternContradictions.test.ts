import { describe, expect, it } from 'vitest';
import { patterns } from './patternContradictions.ts';
import { getSetting } from './settings.ts';
import { type ScenarioInput, scenarioSchema } from './schema.ts';

const readers = { writes: '10%' } as const;

function found(changes: Partial<ScenarioInput>): string[] {
  const scenario = scenarioSchema.parse({ scenario: 1, id: 'a', title: 'A', traffic: { readers }, ...changes });
  return patterns.filter((rule) => rule.applies(scenario)).map(({ at }) => at);
}

describe('contradictions of patterns', () => {
  it.each<[string, Partial<ScenarioInput>]>([
    ['pattern.read', { pattern: { read: 'none', write: 'write-behind' } }],
    ['pattern.write', { pattern: { read: 'none', write: 'write-through' } }],
    ['pattern.write', { pattern: { read: 'cache-only', write: 'cache-aside' } }],
    ['pattern.write', { pattern: { read: 'cache-only', write: 'write-around' } }],
    ['database.guard', { pattern: { write: 'write-behind' }, database: { guard: true }, traffic: { o: { stock: 5 } } }],
    ['protect.lock', { pattern: { read: 'read-through' }, protect: { lock: true } }],
    ['protect.early', { pattern: { read: 'read-through' }, protect: { early: 1 } }],
    ['protect.stale', { pattern: { read: 'read-through' }, protect: { stale: '1s' } }],
    ['protect.hedge', { pattern: { read: 'read-through' }, protect: { hedge: '10ms' } }],
    ['protect.retries', { pattern: { read: 'read-through' }, protect: { retries: 2 } }],
    ['pattern.read', { pattern: { read: 'read-through' }, traffic: { r: { pageKeys: 9, batch: true } } }],
    ['local.enabled', { local: { enabled: true }, traffic: { r: { pageKeys: 9, batch: true } } }],
  ])('are found at %s: %o', (at, changes) => {
    expect(found(changes)).toEqual([at]);
  });

  it.each<Partial<ScenarioInput>>([
    {},
    ...(['cache-aside', 'read-through', 'refresh-ahead'] as const).flatMap((read) =>
      (['cache-aside', 'write-through', 'write-behind', 'write-around'] as const).map((write) => ({
        pattern: { read, write },
      })),
    ),
    { pattern: { read: 'cache-only', write: 'write-behind' } },
    { pattern: { read: 'cache-only', write: 'write-through' } },
    { pattern: { read: 'cache-only' }, traffic: { readers: {} } },
    { pattern: { read: 'cache-only' }, traffic: { admin: { writes: '10%', writer: 'direct' } } },
    { pattern: { read: 'cache-only' }, invalidation: { onWrite: 'update' } },
    { pattern: { read: 'none', write: 'write-around' } },
    { pattern: { read: 'read-through' }, protect: { singleFlight: true, negative: '5s' } },
    { traffic: { r: { pageKeys: 9, batch: true } } },
    { local: { enabled: true }, traffic: { r: { pageKeys: 9 } } },
  ])('are not found in %o', (changes) => {
    expect(found(changes)).toEqual([]);
  });

  it('are told at a setting that there is, with what is wrong and what would be right', () => {
    const scenario = scenarioSchema.parse({ scenario: 1, id: 'a', title: 'A', traffic: { readers } });
    for (const { at, message } of patterns) {
      expect(getSetting(scenario, at), at).toBeDefined();
      const text = typeof message === 'string' ? message : message(scenario);
      expect(text).toMatch(/^found .+[;:] .*expected /);
    }
  });
});
