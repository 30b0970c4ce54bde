import { describe, expect, it } from 'vitest';
import { type Changes, quietRun } from '../host/quietRun.ts';
import type { ActionInput } from '../scenario/schema.ts';
import { CAUSE, OUTCOME } from '../spans/codes.ts';

const ask = (at: string, key = 3, write = false): ActionInput => ({ at, do: 'ask', key, write });
const causes = (run: ReturnType<typeof quietRun>) => run.of('cache.get').map(({ cause }) => cause);

describe('admission', () => {
  it('on second request: the first load is not kept, the second is, and the miss between says why', () => {
    const run = quietRun({ protect: { admit: 'second-request' } }, [ask('1s'), ask('2s'), ask('3s')]);
    expect(causes(run)).toEqual([CAUSE.first, CAUSE['not-admitted'], 0]);
    expect([run.total('cache.skipped'), run.total('cache.fills{tier=redis}')]).toEqual([1, 1]);
    const [first] = run.of('request.read');
    expect(run.of('skip')[0]).toMatchObject({ key: 3, request: first.request, parent: first.id });
  });

  it('remembers what was asked for at each server by itself, and not for ever', () => {
    const two = quietRun({ app: { servers: 2 }, protect: { admit: 'second-request' } }, [
      ask('1s'),
      ask('2s'),
      ask('3s'),
    ]);
    expect(two.of('cache.set')).toHaveLength(1);
    // Two generations of a single key each.
    const forgetful: Changes = { cache: { capacity: 1 }, protect: { admit: 'second-request' } };
    const run = quietRun(forgetful, [ask('1s', 1), ask('2s', 2), ask('3s', 3), ask('4s', 1), ask('5s', 3)]);
    expect(run.of('cache.set').map(({ key }) => key)).toEqual([3]);
    const crashed = quietRun({ protect: { admit: 'second-request' } }, [
      ask('1s'),
      { at: '2s', do: 'kill', node: 'app1', for: '1s' },
      ask('4s'),
    ]);
    expect(crashed.of('cache.set')).toHaveLength(0);
  });

  it('by cost: keeps what took at least so long to load', () => {
    const slow: Changes = {
      database: { read: '8ms', shape: 'constant' },
      protect: { admit: 'cost', admitCost: '10ms' },
    };
    const acts: ActionInput[] = [
      ask('1s'),
      { at: '2s', do: 'slow', node: 'database', factor: 1.25 },
      ask('3s'),
      ask('4s'),
    ];
    expect(causes(quietRun(slow, acts))).toEqual([CAUSE.first, CAUSE['not-admitted'], 0]);
    acts[1] = { at: '2s', do: 'slow', node: 'database', factor: 1.24 };
    expect(causes(quietRun(slow, acts))).toEqual([CAUSE.first, CAUSE['not-admitted'], CAUSE['not-admitted']]);
  });

  it('never keeps a writer from replacing an old value', () => {
    const run = quietRun({ protect: { admit: 'second-request' }, invalidation: { onWrite: 'update' } }, [
      ask('1s'),
      ask('2s'),
      ask('3s', 3, true),
      ask('4s'),
    ]);
    expect(run.of('request.read').map(({ version, outcome }) => [version, outcome])).toEqual([
      [1, OUTCOME.miss],
      [1, OUTCOME.miss],
      [2, OUTCOME.hit],
    ]);
  });

  it('keeps a scan from pushing out what is read again and again', () => {
    const polluted = (admit: 'all' | 'second-request'): number => {
      const run = quietRun({
        duration: '60s',
        traffic: {
          readers: { rate: '400/s', keys: 'uniform', count: 300 },
          crawler: { rate: '400/s', keys: 'scan', count: 100_000 },
        },
        cache: { capacity: 400 },
        protect: { admit },
      });
      const gets = run.of('cache.get').filter(({ key, start }) => key < 300 && start > 20e6);
      return gets.filter(({ outcome }) => outcome === OUTCOME.hit).length / gets.length;
    };
    // All 300 would fit. With the scan's rows between, an entry is the 400th last after about half a second.
    expect(polluted('all')).toBeLessThan(0.6);
    expect(polluted('second-request')).toBeGreaterThan(0.99);
  });
});
