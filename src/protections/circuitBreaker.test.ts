import { describe, expect, it } from 'vitest';
import { type Changes, quietRun } from '../host/quietRun.ts';
import type { ActionInput } from '../scenario/schema.ts';
import { CAUSE, OP, OUTCOME } from '../spans/codes.ts';

const steady = { readers: { arrivals: 'constant', rate: '100/s', count: 1000, keys: 'scan', until: '8s' } } as const;
const breaker = (target: 'cache' | 'database' | 'both') => ({
  breaker: target,
  breakerCalls: 10,
  breakerShare: '50%',
  breakerCooldown: '1s',
});

describe('the breaker before the database', () => {
  const down: ActionInput[] = [{ at: '1s', do: 'kill', node: 'database', for: '2s' }];
  const guarded: Changes = {
    traffic: steady,
    pattern: { read: 'none' },
    database: { link: '1ms', read: '1ms', shape: 'constant' },
    protect: breaker('database'),
  };

  it('opens, tries once after each rest, and closes when the database is back', () => {
    const { of, total } = quietRun(guarded, down);
    // Calls at 1.00 … 1.04 s are refused, the fifth of ten; the first ones a second later, at 2.05 s and 3.06 s, are trials.
    const changes = of('breaker').map(({ detail, start }) => [detail, Math.round(start / 10_000)]);
    expect(changes).toEqual([
      [1, 104],
      [2, 205],
      [1, 205],
      [2, 306],
      [0, 306],
    ]);
    const failed = of('database.read').filter(({ outcome }) => outcome === OUTCOME.refused);
    expect([failed.length, total('breaker.opened')]).toEqual([6, 2]);
    expect(total('breaker.refused')).toBe(of('request.read').length - of('database.read').length);
    expect(total('breaker.refused')).toBeGreaterThan(190);
  });

  it('fails at once while it is open', () => {
    const { of } = quietRun(guarded, down);
    const refused = of('request.read').filter(({ outcome }) => outcome === OUTCOME.rejected);
    expect(refused.length).toBeGreaterThan(190);
    expect(refused.every(({ start, end }) => start === end)).toBe(true);
  });

  it('does not count an id without a row as a failure, nor lets a crash of its server live on', () => {
    const asks = Array.from({ length: 20 }, (_, index): ActionInput => ({ at: `${index + 1}s`, do: 'ask', key: 500 }));
    const absent = quietRun({ duration: '30s', pattern: { read: 'none' }, protect: breaker('both') }, asks);
    expect(absent.of('breaker')).toEqual([]);
    const crash: ActionInput[] = [
      { at: '1s', do: 'kill', node: 'database', for: '500ms' },
      { at: '1.5s', do: 'kill', node: 'app1', for: '100ms' },
    ];
    const { of } = quietRun(guarded, crash);
    expect(of('breaker').map(({ detail }) => detail)).toEqual([1, 0]);
    expect(of('request.read').filter(({ start, outcome }) => start > 1_610_000 && outcome !== OUTCOME.miss)).toEqual(
      [],
    );
  });
});

describe('the breaker before the cache', () => {
  const slow: ActionInput[] = [{ at: '2s', do: 'slow', node: 'redis', factor: 10_000, for: '3s' }];
  const world = (protect: Changes['protect'], rest: Changes = {}): Changes => ({
    traffic: steady,
    cache: { command: '100us', timeout: '200ms' },
    database: { read: '1ms', shape: 'constant' },
    protect,
    ...rest,
  });

  it('sees failures that its callers never see, and then nobody waits for the cache', () => {
    const waits = (protect: Changes['protect']) => {
      const run = quietRun(world(protect), slow);
      const during = run.of('request.read').filter(({ start }) => start > 3e6 && start < 4.7e6);
      return { run, slow: during.filter(({ start, end }) => end - start >= 200_000).length, count: during.length };
    };
    const off = waits({});
    expect(off.slow).toBe(off.count);
    const on = waits(breaker('cache'));
    expect(on.slow).toBeLessThanOrEqual(3);
    expect(on.run.total('requests.completed')).toBe(on.run.of('request.read').length);
    const unasked = on.run.of('request.read').filter(({ start }) => start > 3.3e6 && start < 3.4e6);
    expect(unasked.length).toBeGreaterThan(5);
    expect(unasked.every(({ cause, outcome }) => outcome === OUTCOME.miss && cause === CAUSE['cache-down'])).toBe(true);
    expect(on.run.of('breaker').at(-1)?.detail).toBe(0);
  });

  it('leaves out stores and deletes, and asks nothing of the cache by any way', () => {
    const rest: Changes = { traffic: { readers: { ...steady.readers, writes: '30%' } } };
    for (const more of [{}, { singleFlight: true, lock: true, early: 1 }, { negative: '1s', stale: '1s' }]) {
      for (const onWrite of ['delete', 'compare-and-set', 'versioned-keys'] as const) {
        const changes = world({ ...breaker('cache'), ...more }, { ...rest, invalidation: { onWrite } });
        const { rows, session, total } = quietRun(changes, [{ at: '2s', do: 'kill', node: 'redis' }]);
        const redis = session.world.redis.node.nodeIndex;
        // The last calls before it opens, and then one trial a second.
        const calls = rows.filter(({ node, start, from }) => node === redis && start > 2_500_000 && from !== node);
        expect(calls.filter(({ op }) => op !== OP.breaker).length).toBeLessThanOrEqual(8);
        expect(total('requests.failed') + total('requests.rejected')).toBe(0);
      }
    }
  });
});

describe('a cache that is down', () => {
  it('costs a guarded reader a detour, and an unguarded one the page', () => {
    const outage = (guarded: boolean) =>
      quietRun({ traffic: steady, cache: { guarded, link: '1ms' } }, [
        { at: '2s', do: 'kill', node: 'redis', for: '3s' },
      ]);
    const guarded = outage(true);
    expect([guarded.total('requests.failed'), guarded.total('reads.lost')]).toEqual([0, 0]);
    const unguarded = outage(false);
    const failed = unguarded.of('request.read').filter(({ outcome }) => outcome === OUTCOME.error);
    expect(failed.length).toBe(unguarded.total('requests.failed'));
    // All of three seconds at 100 a second, and nobody else; one on its way to the cache may be cut off.
    expect(Math.abs(failed.length - 300)).toBeLessThanOrEqual(1);
    expect(failed.every(({ start }) => start > 1_990_000 && start < 5_000_000)).toBe(true);
  });

  it('fails an unguarded writer whose row is written all the same', () => {
    const { of, total } = quietRun({ cache: { guarded: false } }, [
      { at: '1s', do: 'kill', node: 'redis' },
      { at: '2s', do: 'ask', key: 3, write: true },
    ]);
    expect(of('request.write')[0].outcome).toBe(OUTCOME.error);
    expect(total('database.writes')).toBe(1);
  });
});
