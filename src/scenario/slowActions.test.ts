import { describe, expect, it } from 'vitest';
import { type Changes, quietRun } from '../host/quietRun.ts';
import { OUTCOME } from '../spans/codes.ts';
import { readActions } from './readActions.ts';
import { readScenario } from './readScenario.ts';
import type { ActionInput } from './schema.ts';

describe('warming', () => {
  const world: Changes = {
    traffic: { readers: { rate: '0/s', count: 50 } },
    database: { read: '4ms', shape: 'constant' },
    cache: { ttl: 'none' },
  };
  const warm: ActionInput = { at: '1s', do: 'warm', keys: 20, rate: 100 };

  it('loads the first keys one after another, at its rate, and whoever comes then meets a hit', () => {
    const { of, total, session } = quietRun(world, [warm, { at: '2s', do: 'ask', key: 19 }]);
    const rows = of('warm');
    expect(rows.map(({ key, start }) => [key, start])).toEqual(
      Array.from({ length: 20 }, (_, key) => [key, 1_000_000 + 10_000 * key]),
    );
    expect(rows.every(({ end, start, request }) => end - start === 4000 && request === 0)).toBe(true);
    expect([total('loads.warmed'), session.world.redis.contents.store.entries]).toEqual([20, 20]);
    expect(of('request.read')[0].outcome).toBe(OUTCOME.hit);
    expect(of('cache.set').map(({ parent }) => parent)).toEqual(rows.map(({ id }) => id));
  });

  it('goes by the next server while the first is down, skips keys when none is up, and dies with its server', () => {
    const two = { ...world, app: { servers: 2 } };
    const moved = quietRun(two, [warm, { at: '1.05s', do: 'kill', node: 'app1', for: '50ms' }]);
    const [app1, app2] = moved.session.world.servers.map(({ node }) => node.nodeIndex);
    const by = moved.of('warm').map(({ node }) => node);
    expect(by.slice(0, 5)).toEqual(Array(5).fill(app1));
    expect(by.slice(5, 10)).toEqual(Array(5).fill(app2));
    expect(by.slice(10)).toEqual(Array(10).fill(app1));
    const down = quietRun(world, [warm, { at: '1.052s', do: 'kill', node: 'app1', for: '50ms' }]);
    expect(down.of('warm').map(({ key }) => key)).toEqual([0, 1, 2, 3, 4, 5, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(down.total('loads.warmed')).toBe(14);
    expect(down.of('warm')[5].outcome).toBe(OUTCOME.error);
  });

  it.each(['compare-and-set', 'versioned-keys'] as const)(
    'with %s never stores an older version over a newer one',
    (onWrite) => {
      const { of, total, session } = quietRun({ ...world, invalidation: { onWrite } }, [
        { ...warm, keys: 1 },
        { at: '1.001s', do: 'ask', key: 0, write: true },
        { at: '2s', do: 'ask', key: 0 },
      ]);
      // The list has read version 1 when the write commits version 2 and stores it, a good millisecond before the list does.
      expect(of('database.read')[0].version).toBe(1);
      expect(of('database.write').map(({ version, leave }) => [version, leave])).toEqual([[2, 1_001_000]]);
      expect(of('request.read').map(({ version, flags }) => [version, flags])).toEqual([[2, 0]]);
      expect(total('cache.superseded')).toBe(1);
      expect(session.world.redis.contents.store.peek(0, session.world.simulation.nowUs)).toBe(2);
    },
  );

  it('stores under versions where keys have such, so that whoever comes then meets a hit', () => {
    const { of } = quietRun({ ...world, invalidation: { onWrite: 'versioned-keys' } }, [
      warm,
      { at: '2s', do: 'ask', key: 19 },
    ]);
    expect(of('request.read')[0].outcome).toBe(OUTCOME.hit);
    expect(of('database.read')).toHaveLength(20);
  });

  it('does not draw the same luck for two keys, nor for two lists', () => {
    const { of } = quietRun({ ...world, database: { read: '4ms' } }, [warm, { ...warm, at: '2s' }]);
    const times = of('database.read').map(({ leave, service }) => leave - service);
    expect(new Set(times).size).toBe(40);
  });
});

describe('a ramp', () => {
  const steady = { arrivals: 'constant', rate: '1000/s', count: 10 } as const;
  const perSecond = (acts: ActionInput[], changes: Changes = {}): number[] => {
    const { of } = quietRun({ duration: '25s', traffic: { readers: steady }, ...changes }, acts);
    const counts = Array.from({ length: 25 }, () => 0);
    for (const { start } of of('request.read')) counts[Math.floor(start / 1e6)]++;
    return counts;
  };

  it('lets traffic come back from a share of it to all, in twenty steps', () => {
    const counts = perSecond([{ at: '2s', do: 'ramp', from: 0.2, for: '20s' }]);
    const expected = (second: number) => 1000 * (second < 2 ? 1 : Math.min(1, 0.2 + 0.04 * (second - 2)));
    counts.forEach((count, second) => expect(Math.abs(count - expected(second))).toBeLessThanOrEqual(2));
  });

  it('begins from nothing, leaves other traffic alone, and takes no time when it is to take none', () => {
    const two = { traffic: { readers: steady, writers: { ...steady, rate: '100/s' } } };
    const counts = perSecond([{ at: '0s', do: 'ramp', from: 0, for: '20s', traffic: 'readers' }], two);
    expect(Math.abs(counts[0] - 100)).toBeLessThanOrEqual(2);
    expect(Math.abs(counts[10] - 600)).toBeLessThanOrEqual(2);
    expect(Math.abs(counts[24] - 1100)).toBeLessThanOrEqual(2);
    expect(perSecond([{ at: '2s', do: 'ramp', from: 0, for: '0s' }])[2]).toBeGreaterThanOrEqual(999);
  });
});

describe('the keys of acts', () => {
  const scenario = readScenario({ scenario: 1, id: 'x', title: 'X', traffic: { readers: { count: 1000 } } });
  if ('problems' in scenario) throw new Error('refused');
  const problems = (act: ActionInput): string[] => {
    const read = readActions([act], scenario.scenario);
    return 'problems' in read ? read.problems.map(({ message }) => message) : [];
  };

  it('of a question are rows and ids without a row, and no others', () => {
    expect(problems({ at: '1s', do: 'ask', key: 100_999 })).toEqual([]);
    expect(problems({ at: '1s', do: 'ask', key: 101_000, write: true })).toEqual([
      'found key 101000, expected 0 to 100999: rows end at 999, ids without a row at 100999',
    ]);
  });

  it('of a list are rows', () => {
    expect(problems({ at: '1s', do: 'warm', keys: 1000 })).toEqual([]);
    expect(problems({ at: '1s', do: 'warm', keys: 1001 })).toEqual([
      'found 1001 keys, expected at most 1000: more rows there are not',
    ]);
  });
});
