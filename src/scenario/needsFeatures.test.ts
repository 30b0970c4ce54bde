import { describe, expect, it } from 'vitest';
import { actNeedsFeatures, needsFeatures } from './needsFeatures.ts';
import { type Action, type Scenario, scenarioSchema, type ScenarioInput } from './schema.ts';
import { listSettings } from './settings.ts';

const scenarioOf = (settings: Partial<ScenarioInput> = {}): Scenario =>
  scenarioSchema.parse({ scenario: 1, id: 't', title: 'T', traffic: { readers: {} }, ...settings });

const valueAt = (scenario: Scenario, path: string): unknown =>
  path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], scenario);

const set = (path: string, value: unknown): Action => ({ at: 0, do: 'set', path, value }) as Action;

describe('needsFeatures', () => {
  it('knows every setting, and the value that it has where nobody says anything', () => {
    const scenario = scenarioOf();
    expect(needsFeatures(scenario, [])).toBe(false);
    const turned = listSettings(scenario).filter(({ path }) => actNeedsFeatures(set(path, valueAt(scenario, path))));
    expect(turned).toEqual([]);
  });

  it('takes whatever it does not know for a feature', () => {
    expect(needsFeatures({ ...scenarioOf(), extra: {} } as unknown as Scenario, [])).toBe(true);
    const { protect } = scenarioOf();
    expect(needsFeatures({ ...scenarioOf(), protect: { ...protect, extra: 0 } } as unknown as Scenario, [])).toBe(true);
    expect(actNeedsFeatures(set('protect.extra', false))).toBe(true);
    expect(actNeedsFeatures(set('extra', 1))).toBe(true);
    expect(actNeedsFeatures(set('traffic.readers.extra', 1))).toBe(true);
  });

  it('sees every switch that is on', () => {
    const on: Partial<ScenarioInput>[] = [
      { traffic: { readers: {}, buyers: { stock: 3 } } },
      { traffic: { readers: { pageKeys: 2 } } },
      { traffic: { readers: { writer: 'direct' } } },
      { traffic: { readers: { reader: 'database' } } },
      { pattern: { read: 'read-through' } },
      { pattern: { write: 'write-behind' } },
      { protect: { stale: '1s' } },
      { protect: { breaker: 'both' } },
      { bloom: { enabled: true } },
      { invalidation: { onWrite: 'versioned-keys' } },
      { invalidation: { feed: 'cdc' } },
      { database: { replicas: 1 } },
      { cache: { eviction: 'redis-allkeys-lru' } },
      { local: { eviction: 'redis-volatile-ttl' } },
    ];
    expect(on.filter((settings) => !needsFeatures(scenarioOf(settings), []))).toEqual([]);
    expect(needsFeatures(scenarioOf({ pattern: { read: 'none', write: 'write-around' } }), [])).toBe(false);
  });

  it('looks at acts, of the scenario and beside it', () => {
    const warm: Action = { at: 0, do: 'warm', keys: 10, rate: 100 };
    expect(needsFeatures(scenarioOf(), [warm])).toBe(true);
    expect(needsFeatures({ ...scenarioOf(), faults: [warm] }, [])).toBe(true);
    expect(actNeedsFeatures(set('protect.lock', true))).toBe(true);
    expect(actNeedsFeatures(set('cache.ttl', 5_000_000))).toBe(false);
    expect(actNeedsFeatures(set('cache.eviction', 'lru'))).toBe(false);
    expect(actNeedsFeatures(set('cache.eviction', 'arc'))).toBe(true);
    expect(actNeedsFeatures({ at: 0, do: 'kill', node: 'redis' })).toBe(false);
  });
});
