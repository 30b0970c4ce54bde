import { describe, expect, it } from 'vitest';
import { formatProblem } from './problems.ts';
import { readActions } from './readActions.ts';
import { readScenario } from './readScenario.ts';
import { evictionIds, type Scenario, type ScenarioInput } from './schema.ts';

const minimal: ScenarioInput = { scenario: 1, id: 'x', title: 'X', traffic: { readers: {} } };

function read(input: unknown): Scenario {
  const result = readScenario(input);
  if ('problems' in result) throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.scenario;
}

function complaints(input: unknown): string[] {
  const result = readScenario(input);
  return 'problems' in result ? result.problems.map(formatProblem) : [];
}

describe('reading a scenario', () => {
  it('fills the smallest one with defaults in canonical units', () => {
    const result = readScenario(minimal);
    expect(result).toMatchObject({ input: minimal });
    expect(read(minimal)).toMatchObject({
      seed: 1,
      duration: 60_000_000,
      window: 250_000,
      keyName: 'item',
      topic: 'basics',
      traffic: {
        readers: { arrivals: 'poisson', rate: 400, count: 10_000, writes: 0, until: Number.POSITIVE_INFINITY },
      },
      clients: { link: 5000, timeout: 10_000_000 },
      balancer: { policy: 'round-robin' },
      app: { servers: 3, workers: 32, cpu: 300 },
      local: { enabled: false, ttl: 5_000_000 },
      cache: { ttl: 60_000_000, jitter: 0, eviction: 'lru', memory: Number.POSITIVE_INFINITY, overhead: 100 },
      database: { slots: 8, pool: 20, read: 8000, row: 1024 },
      pattern: { read: 'cache-aside', write: 'cache-aside' },
      faults: [],
      view: { speed: 1, charts: ['hit-ratio', 'database-rate', 'read-latency', 'stale-share'] },
    });
  });

  it('gives the input back as a copy of its own', () => {
    const result = readScenario(minimal);
    if ('problems' in result) throw new Error('refused');
    expect(result.input).not.toBe(minimal);
    expect(result.input.traffic).not.toBe(minimal.traffic);
  });

  it('lets what only looks odd pass', () => {
    expect(complaints({ ...minimal, cache: { ttl: '1s', jitter: '60s' } })).toEqual([]);
    expect(complaints({ ...minimal, faults: [{ at: '300s', do: 'flush' }] })).toEqual([]);
    expect(complaints({ ...minimal, faults: [{ at: '1s', do: 'flush', node: 'local3' }] })).toEqual([]);
    expect(complaints({ ...minimal, traffic: { a: { from: '5s', until: '5s' } } })).toEqual([]);
  });

  it('makes the default knobs speak of the traffic there is', () => {
    const { view } = read({ ...minimal, traffic: { bots: {} } });
    expect(view.knobs).toContain('traffic.bots.rate');
    expect(view.knobs.join()).not.toContain('readers');
    expect(read({ ...minimal, view: { knobs: ['cache.ttl'] } }).view.knobs).toEqual(['cache.ttl']);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'found nothing, expected a map'],
    ['a list', [], 'found a list, expected a map'],
    ['an unknown name', { ...minimal, cashe: {} }, 'cashe: found the unknown name "cashe", expected one of'],
    [
      'an unknown choice',
      { ...minimal, cache: { eviction: 'lruu' } },
      `cache.eviction: found "lruu", expected one of ${evictionIds.join(', ')} (did you mean lru?)`,
    ],
    [
      'a time without a unit',
      { ...minimal, cache: { ttl: 5 } },
      'cache.ttl: found 5, expected a time with its unit, like 250ms, 30s or 5m, or none, from 1ms to 30d',
    ],
    ['a time out of bounds', { ...minimal, cache: { ttl: '31d' } }, 'cache.ttl: found "31d", expected a time'],
    ['no title', { scenario: 1, id: 'x', traffic: { a: {} } }, 'title: found nothing, expected text'],
    [
      'a long title',
      { ...minimal, title: 'x'.repeat(81) },
      'title: found text of 81 characters, expected text of at most 80 characters',
    ],
    ['another version', { ...minimal, scenario: 2 }, 'scenario: found 2, expected 1, the version of this format'],
    ['a number not finite', { ...minimal, seed: Number.NaN }, 'seed: found NaN, expected a finite number'],
    ['a fraction as a seed', { ...minimal, seed: 1.5 }, 'seed: found 1.5, expected a whole number'],
    [
      'a seed too large',
      { ...minimal, seed: 2 ** 32 },
      'seed: found 4294967296, expected a whole number from 0 to 4294967295',
    ],
    [
      'a bad workload name',
      { ...minimal, traffic: { 'My Readers': {} } },
      'traffic["My Readers"]: found the name "My Readers", expected one lower-case word',
    ],
    ['no traffic', { ...minimal, traffic: {} }, 'traffic: found no traffic, expected at least one named workload'],
    [
      'an end before the start',
      { ...minimal, traffic: { a: { from: '2s', until: '1s' } } },
      'traffic.a.until: found an end at 1\u00a0s, before the start at 2\u00a0s',
    ],
    ['a clock that no clock shows', { ...minimal, clock: '24:00:00' }, 'clock: found 24:00:00, expected a time of day'],
    [
      'a knob that is not there',
      { ...minimal, view: { knobs: ['cache.tll'] } },
      'view.knobs[0]: found no setting "cache.tll" in this scenario, expected one like cache.ttl (did you mean cache.ttl?)',
    ],
    [
      'a knob of other traffic',
      { ...minimal, view: { knobs: ['traffic.reader.rate'] } },
      '(did you mean traffic.readers.rate?)',
    ],
    [
      'a comparison that is not there',
      { ...minimal, view: { compare: { 'cache.tttl': '1s' } } },
      'view.compare["cache.tttl"]: found no setting',
    ],
    [
      'a comparison out of bounds',
      { ...minimal, view: { compare: { 'app.servers': 99 } } },
      'view.compare["app.servers"]: found 99, expected a whole number',
    ],
    [
      'a node too many',
      { ...minimal, faults: [{ at: '1s', do: 'kill', node: 'app4' }] },
      'faults[0].node: found no node "app4" in this scenario, expected one of redis, database, app1, app2, app3',
    ],
    [
      'a node misspelt',
      { ...minimal, faults: [{ at: '1s', do: 'slow', node: 'databse', factor: 3 }] },
      '(did you mean database?)',
    ],
    [
      'a flush of what holds nothing',
      { ...minimal, faults: [{ at: '1s', do: 'flush', node: 'database' }] },
      'faults[0].node: found no node "database"',
    ],
    [
      'an act that is none',
      { ...minimal, faults: [{ at: '1s', do: 'kil' }] },
      'faults[0].do: found "kil", expected `do:` to be one of',
    ],
    [
      'an act without a time',
      { ...minimal, faults: [{ do: 'flush' }] },
      'faults[0].at: found nothing, expected a time with its unit',
    ],
    [
      'a key that no reader asks for',
      { ...minimal, faults: [{ at: '1s', do: 'expire', key: 10_000 }] },
      'faults[0].key: found key 10000, expected 0 to 9999',
    ],
    [
      'a burst of other traffic',
      { ...minimal, faults: [{ at: '1s', do: 'burst', factor: 2, for: '1s', traffic: 'reader' }] },
      'faults[0].traffic: found no traffic named "reader", expected readers (did you mean readers?)',
    ],
    [
      'a set of what is not there',
      { ...minimal, faults: [{ at: '1s', do: 'set', path: 'cache.tl', value: '1s' }] },
      'faults[0].path: found no setting "cache.tl"',
    ],
    [
      'a set of what is fixed',
      { ...minimal, faults: [{ at: '1s', do: 'set', path: 'app.servers', value: 4 }] },
      'faults[0].path: found app.servers, expected a setting that can change during a run',
    ],
    [
      'a set to what cannot be',
      { ...minimal, faults: [{ at: '1s', do: 'set', path: 'cache.ttl', value: 'soon' }] },
      'faults[0].value: found "soon", expected a time',
    ],
  ])('refuses %s', (_name, input, words) => {
    expect(complaints(input).join('\n')).toContain(words);
  });

  it('counts keys over all traffic', () => {
    const traffic = { readers: {}, crawler: { count: 20_000 } };
    expect(complaints({ ...minimal, traffic, faults: [{ at: '2s', do: 'expire', key: 19_999 }] })).toEqual([]);
  });

  it('reports fifty problems at most', () => {
    const faults = Array.from({ length: 400 }, () => ({ at: '1s', do: 'kill', node: 'nobody' }));
    expect(complaints({ ...minimal, faults })).toHaveLength(50);
  });
});

describe('reading acts', () => {
  it('turns times into µs and keeps the order and what was written', () => {
    const list = [
      { at: '2s', do: 'flush' },
      { at: '1234us', do: 'kill', node: 'redis', for: '1m' },
      { at: '3s', do: 'set', path: 'cache.ttl', value: '5s' },
    ];
    const result = readActions(list, read(minimal));
    expect(result).toEqual({
      actions: [
        { at: 2_000_000, do: 'flush' },
        { at: 1234, do: 'kill', node: 'redis', for: 60_000_000 },
        { at: 3_000_000, do: 'set', path: 'cache.ttl', value: 5_000_000 },
      ],
      inputs: list,
    });
  });

  it.each<[unknown, string]>([
    ['all', 'actions: found "all", expected a list'],
    [[{ at: '1s', do: 'kill', node: 'app9' }], 'actions[0].node: found no node "app9"'],
    [
      [
        { at: '1s', do: 'flush' },
        { at: '1s', do: 'flush', now: true },
      ],
      'actions[1].now: found the unknown name "now"',
    ],
    [JSON.parse('[{"at":"1s","do":"flush","__proto__":{"a":1}}]'), 'actions[0].__proto__: found the name'],
    [
      Array.from({ length: 5001 }, () => ({ at: '1s', do: 'flush' })),
      'actions: found a list, expected a list of at most 5000',
    ],
  ])('refuses %j', (list, words) => {
    const result = readActions(list, read(minimal));
    expect('problems' in result && formatProblem(result.problems[0])).toContain(words);
  });
});
