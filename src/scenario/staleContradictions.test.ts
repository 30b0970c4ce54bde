import { describe, expect, it } from 'vitest';
import { contradictionProblems } from './contradictions.ts';
import { type ScenarioInput, scenarioSchema } from './schema.ts';
import { staleness } from './staleContradictions.ts';

const base = { scenario: 1, id: 'x', title: 'X', traffic: { readers: {} } } as const;
const found = (changes: Partial<ScenarioInput>) => {
  const scenario = scenarioSchema.parse({ ...base, ...changes });
  return staleness.filter((rule) => rule.applies(scenario)).map(({ at }) => at);
};

const wrong: [why: string, at: string, changes: Partial<ScenarioInput>][] = [
  [
    'onWrite of writers who never run',
    'invalidation.onWrite',
    { invalidation: { onWrite: 'update' }, pattern: { write: 'write-through' } },
  ],
  [
    'versions beside read-through',
    'invalidation.onWrite',
    { invalidation: { onWrite: 'compare-and-set' }, pattern: { read: 'read-through' } },
  ],
  [
    'versions that nobody fills',
    'invalidation.onWrite',
    { invalidation: { onWrite: 'versioned-keys' }, pattern: { read: 'cache-only' } },
  ],
  [
    'versions and reads of several keys',
    'invalidation.onWrite',
    { invalidation: { onWrite: 'versioned-keys' }, traffic: { readers: { batch: true, pageKeys: 5 } } },
  ],
  ['a feed that deletes what was stored', 'invalidation.onWrite', { invalidation: { onWrite: 'update', feed: 'cdc' } }],
  [
    'a second delete that comes too soon',
    'invalidation.secondDelete',
    { invalidation: { onWrite: 'double-delete', secondDelete: '8ms' } },
  ],
  ['a broadcast to servers without memory', 'invalidation.broadcast', { invalidation: { broadcast: 'pubsub' } }],
  [
    'losses of a stream',
    'invalidation.busLoss',
    { invalidation: { broadcast: 'stream', busLoss: '1%' }, local: { enabled: true } },
  ],
  [
    'deafness without a bus',
    'invalidation.broadcast',
    { faults: [{ at: '1s', do: 'deafen', node: 'app1', for: '1s' }] },
  ],
  [
    'a queue that nobody fills',
    'invalidation.feed',
    { invalidation: { feed: 'queue' }, traffic: { readers: { writer: 'direct' } } },
  ],
  ['a pin for nobody', 'invalidation.pin', { invalidation: { pin: '5s' } }],
];

const right: [why: string, changes: Partial<ScenarioInput>][] = [
  ['the defaults', {}],
  ['write-around, told nobody twice', { invalidation: { onWrite: 'none' }, pattern: { write: 'write-around' } }],
  ['compare-and-set', { invalidation: { onWrite: 'compare-and-set' } }],
  ['a feed whose writers do nothing', { invalidation: { onWrite: 'none', feed: 'cdc' } }],
  ['the usual second delete', { invalidation: { onWrite: 'double-delete' } }],
  ['a broadcast to memories', { invalidation: { broadcast: 'pubsub', busLoss: '5%' }, local: { enabled: true } }],
  [
    'a queue that some fill',
    { invalidation: { feed: 'queue' }, traffic: { readers: {}, admins: { writer: 'direct' } } },
  ],
  ['a pin for authors', { invalidation: { pin: '5s' }, traffic: { readers: { readBack: '1s' } } }],
];

describe('contradictions about staleness', () => {
  it.each(wrong)('refuse %s, at %s', (_, at, changes) => {
    expect(found(changes)).toEqual([at]);
  });

  it.each(right)('let %s pass', (_, changes) => {
    expect(found(changes)).toEqual([]);
  });

  it('say what was found and what was expected, at the setting', () => {
    const scenario = scenarioSchema.parse({ ...base, invalidation: { pin: '5s' } });
    const [problem] = contradictionProblems(scenario, { format: 'json', text: '' } as never);
    expect(problem.message).toMatch(/^found .*; expected /);
  });

  it('are each shown by an example', () => {
    const shown = wrong.flatMap(([, , changes]) => {
      const scenario = scenarioSchema.parse({ ...base, ...changes });
      return staleness.filter((rule) => rule.applies(scenario));
    });
    expect(new Set(shown)).toEqual(new Set(staleness));
  });
});
