import { describe, expect, it } from 'vitest';
import { OP, OUTCOME, type Row, type ScenarioInput } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { ContentsReader } from '../contents/ContentsReader.ts';
import { contentsModel } from '../contents/model.ts';
import { type Following, RowFollower } from '../RowFollower.ts';
import { featureBase, featureWorlds } from '../testFeatures.ts';
import { runOfRows, scenarioOf, simulatedRun } from '../testRun.ts';
import { AsideReader, breakerText, negativePicture } from './AsideReader.ts';
import { breakerFollowing } from './breakers.ts';
import { busMail, commitsBetween, replicaAppliedUs } from './ExtraReader.ts';
import { feedFollowing, feedWaiting } from './feedLine.ts';
import { heldLocks, lockFollowing } from './locks.ts';
import { readRefreshes, readWaiters } from './waiters.ts';
import { bufferedWrites, bufferFollowing, dirtyKeys } from './writeBuffer.ts';

const world = (name: string, more: Partial<ScenarioInput> = {}) =>
  scenarioOf({ ...featureBase, ...featureWorlds[name], ...more });
const run = (name: string, more: Partial<ScenarioInput> = {}) => simulatedRun(world(name, more), [], undefined, 4);

/** What a level was at the end of each window, and what is read at the last moment before that end. */
function againstWindows(view: RunView, id: string, read: (atUs: number) => number): [number, number][] {
  const column = view.windows.column(id);
  return Array.from({ length: view.windows.count - 1 }, (_, window) => [
    read((window + 1) * view.windows.widthUs - 1),
    view.windows.at(window, column),
  ]);
}

/** The state at each moment, by small steps, by one leap, and after having been far ahead. */
function everyWay<S>(view: RunView, following: () => Following<S>, moments: readonly number[]): S[][] {
  const plain = (state: S) => structuredClone(state);
  const walker = new RowFollower(view.spans, following());
  const forwards = moments.map((atUs) => {
    for (let us = atUs - 3000; us <= atUs; us += 250) walker.seek(us, view.horizonUs);
    return plain(walker.seek(atUs, view.horizonUs));
  });
  const leaps = moments.map((atUs) => plain(new RowFollower(view.spans, following()).seek(atUs, view.horizonUs)));
  const backwards = [...moments].reverse().map((atUs) => plain(walker.seek(atUs, view.horizonUs)));
  return [forwards, leaps, backwards.reverse()];
}

describe('what rows build up', () => {
  const moments = [120_000, 310_001, 612_345, 800_000, 1_111_111, 1_499_000];

  it.each([
    ['single-flight, a lock, early expiration', (view: RunView) => lockFollowing(view)],
    ['write-behind with a log', (view: RunView) => bufferFollowing(view)],
    ['an event queue and a stream', (view: RunView) => feedFollowing(view)],
    ['replicas, retries, hedges, a breaker', () => breakerFollowing],
  ] as [string, (view: RunView) => Following<unknown>][])(
    'is the same by steps, by leaps and coming back: %s',
    async (name, following) => {
      const view = await run(name);
      const [forwards, leaps, backwards] = everyWay(view, () => following(view), moments);
      expect(forwards).toEqual(leaps);
      expect(backwards).toEqual(leaps);
      expect(
        new Set(leaps.map((state) => JSON.stringify(state, (_, value) => (value instanceof Map ? [...value] : value))))
          .size,
      ).toBeGreaterThan(1);
    },
  );

  it('says that it is not exact only where rows were thinned away before it read them', async () => {
    const view = await run('write-behind with a log');
    const follower = new RowFollower(view.spans, bufferFollowing(view));
    follower.seek(700_000, view.horizonUs);
    view.spans.thinnedBeforeUs = 600_000;
    follower.seek(900_000, view.horizonUs);
    expect(follower.exact).toBe(true);
    follower.seek(650_000, view.horizonUs);
    expect(follower.exact).toBe(false);
  });
});

describe('the write-behind buffer', () => {
  const lossy: Partial<ScenarioInput> = {
    pattern: { write: 'write-behind' },
    writeBehind: { every: '80ms', count: 12 },
    traffic: { readers: { rate: '600/s', count: 60, writes: '40%' } },
    faults: [
      { at: '500ms', do: 'kill', node: 'redis', for: '100ms' },
      { at: '900ms', do: 'kill', node: 'database', for: '150ms' },
      { at: '1200ms', do: 'set', path: 'writeBehind.log', value: true },
    ],
  };

  it.each([
    ['with a log and a crash', {}],
    ['without a log, with crashes of both and a knob', lossy],
  ] as [string, Partial<ScenarioInput>][])(
    'holds as many keys at each window’s end as the engine counted: %s',
    async (_, more) => {
      const view = await run('write-behind with a log', more);
      const follower = new RowFollower(view.spans, bufferFollowing(view));
      const pairs = againstWindows(view, 'writes.waiting', (atUs) => dirtyKeys(follower.seek(atUs, view.horizonUs)));
      expect(pairs.map(([read]) => read)).toEqual(pairs.map(([, counted]) => counted));
      expect(Math.max(...pairs.map(([read]) => read))).toBeGreaterThan(1);
    },
  );

  it('knows how many writes each row stands for', async () => {
    const view = await run('write-behind with a log', { writeBehind: { every: '2s' }, faults: [] });
    const atUs = 1_400_000;
    const state = new RowFollower(view.spans, bufferFollowing(view)).seek(atUs, view.horizonUs);
    const { closed } = view.spans;
    let accepted = 0;
    for (let index = 0; index < closed.length; index++)
      if (closed.op[index] === OP['cache.write'] && closed.version[index] > 0 && closed.leave[index] <= atUs)
        accepted++;
    expect(bufferedWrites(state)).toBe(accepted);
    expect(accepted).toBeGreaterThan(state.waiting.size);
  });
});

describe('the feed', () => {
  it.each(['queue', 'cdc'] as const)(
    'is as far behind at each window’s end as the engine counted: %s',
    async (feed) => {
      const view = await run('an event queue and a stream', {
        invalidation: { onWrite: 'none', feed, feedWork: '30ms', feedDelay: '40ms' },
        faults: [{ at: '600ms', do: 'kill', node: 'feed', for: '200ms' }],
      });
      const follower = new RowFollower(view.spans, feedFollowing(view));
      const pairs = againstWindows(view, 'feed.waiting', (atUs) => feedWaiting(follower.seek(atUs, view.horizonUs)));
      expect(pairs.map(([read]) => read)).toEqual(pairs.map(([, counted]) => counted));
      expect(Math.max(...pairs.map(([read]) => read))).toBeGreaterThan(3);
    },
  );
});

describe('locks', () => {
  it('are held by whoever was told so, and by another where somebody was refused', async () => {
    const view = await run('single-flight, a lock, early expiration');
    const { closed } = view.spans;
    const asked = Array.from({ length: closed.length }, (_, index) => index)
      .filter((index) => closed.op[index] === OP['cache.lock'] && closed.outcome[index] < OUTCOME.timeout)
      .sort((a, b) => closed.leave[a] - closed.leave[b]);
    const follower = new RowFollower(view.spans, lockFollowing(view));
    let told = 0;
    for (const index of asked) {
      const held = follower.seek(closed.leave[index], view.horizonUs).get(closed.key[index]);
      const own = held?.owner === closed.parent[index];
      if (closed.outcome[index] === OUTCOME.ok) {
        told++;
        expect(own).toBe(true);
      } else expect(own).toBe(false);
    }
    expect(told).toBeGreaterThan(10);
  });

  it('lapse at their time, and go with a flush', () => {
    const lock = (id: number, key: number, leave: number, more: Partial<Row> = {}): Partial<Row> => {
      const rest = { start: leave - 20, sent: leave - 20, arrive: leave - 10, service: leave - 5, end: leave + 10 };
      return { op: OP['cache.lock'], id, parent: id - 1, key, leave, node: 8, from: 2, ...rest, ...more };
    };
    const at = (us: number) => ({ start: us, sent: us, arrive: us, service: us, leave: us, end: us });
    const rows = [
      lock(2, 1, 100),
      lock(4, 2, 700, { outcome: OUTCOME.timeout }),
      lock(6, 3, 800, { outcome: OUTCOME.rejected, service: Number.POSITIVE_INFINITY }),
      { op: OP.flush, id: 9, node: 8, ...at(1500) },
    ];
    const view = runOfRows(rows, [], scenarioOf({ protect: { lock: true, lockTtl: '1ms' } }));
    const follower = new RowFollower(view.spans, lockFollowing(view));
    const keys = (atUs: number) => heldLocks(follower.seek(atUs, view.horizonUs), atUs).map(({ key }) => key);
    // Whoever gave up has the lock all the same; whoever was turned away has none.
    expect([keys(99), keys(100), keys(1099), keys(1100), keys(1499)]).toEqual([[], [1], [1, 2], [2], [2]]);
    expect(keys(1500)).toEqual([]);
  });
});

describe('waiters', () => {
  it('are every reader that waits for a load or looks again, and nobody else', async () => {
    const view = await run('single-flight, a lock, early expiration', {
      traffic: { readers: { rate: '900/s', count: 8, exponent: 0 } },
    });
    let most = 0;
    let polls = 0;
    for (let atUs = 50_000; atUs < 1_450_000; atUs += 3_333) {
      let loading = 0;
      for (const table of [view.spans.closed, view.spans.open]) {
        for (let index = 0; index < table.length; index++) {
          const active = table.op[index] === OP.wait && table.start[index] <= atUs && table.end[index] > atUs;
          if (active && table.detail[index] > 0) loading++;
        }
      }
      const groups = readWaiters(view.spans, atUs);
      expect(groups.reduce((sum, group) => sum + group.loads, 0)).toBe(loading);
      expect(groups.every(({ key, loads, polls: looks }) => key >= 0 && loads + looks > 0)).toBe(true);
      most = Math.max(most, loading);
      polls += groups.reduce((sum, group) => sum + group.polls, 0);
    }
    expect(most).toBeGreaterThan(1);
    expect(polls).toBeGreaterThan(0);
  });

  it('name who loads, and leave out pauses that are no looking again', () => {
    const open = { end: Number.POSITIVE_INFINITY };
    const wait = (id: number, parent: number, detail: number) => ({
      ...open,
      op: OP.wait,
      id,
      parent,
      request: parent,
      key: 7,
      detail,
      node: 2,
      from: 2,
      start: 50,
    });
    const call = (op: keyof typeof OP, id: number, parent: number) => ({
      op: OP[op],
      id,
      parent,
      request: parent,
      key: 7,
      node: 8,
      from: 2,
      start: 10,
      sent: 10,
      leave: 20,
      end: 30,
    });
    const rows = [call('cache.lock', 11, 2), call('database.read', 12, 3)];
    const roots = [1, 2, 3, 4].map((request) => ({
      ...open,
      op: OP['request.read'],
      id: request,
      request,
      node: 1 + request,
    }));
    const view = runOfRows(rows, [...roots, wait(21, 2, 0), wait(22, 3, 0), wait(23, 4, 1)]);
    expect(readWaiters(view.spans, 100)).toEqual([
      { key: 7, loads: 1, polls: 1, loaders: [{ node: 2, request: 1, isRefresh: false }] },
    ]);
  });

  it('list refreshes by age', () => {
    const refresh = (key: number, start: number) => ({ op: OP.refresh, key, id: key, start, end: start + 500 });
    const view = runOfRows([refresh(3, 100), refresh(1, 200), refresh(2, 300)]);
    expect([readRefreshes(view.spans, 450), readRefreshes(view.spans, 650)]).toEqual([
      [3, 1, 2],
      [1, 2],
    ]);
  });
});

describe('the cards of the band below', () => {
  it('count the messages under way to each server, and the writes that a replica lacks', () => {
    const deliver = (id: number, node: number, more = {}) => ({
      op: OP['bus.deliver'],
      id,
      node,
      from: 10,
      start: 100,
      sent: 100,
      end: 200,
      ...more,
    });
    const write = (id: number, leave: number) => ({
      op: OP['database.write'],
      id,
      version: id,
      node: 9,
      from: 2,
      start: leave - 10,
      leave,
      end: leave + 10,
    });
    const view = runOfRows(
      [
        write(7, 60),
        write(8, 150),
        deliver(1, 2),
        deliver(2, 2, { outcome: OUTCOME.lost }),
        deliver(3, 3),
        write(9, 300),
      ],
      [],
      scenarioOf({ app: { servers: 3 } }),
    );
    expect(busMail(view, 10, 150).map(({ onTheWay, lost }) => [onTheWay, lost])).toEqual([
      [2, 1],
      [1, 0],
      [0, 0],
    ]);
    expect(busMail(view, 10, 200).every(({ onTheWay }) => onTheWay === 0)).toBe(true);
    expect([commitsBetween(view, 60, 300), commitsBetween(view, 59, 299)]).toEqual([2, 2]);
  });

  it('let a replica stand still while its lag grows', () => {
    const scenario = scenarioOf({
      database: { replicas: 1, replicaLag: '100ms' },
      faults: [{ at: '1s', do: 'set', path: 'database.replicaLag', value: 500_000 }],
    });
    const applied = (atUs: number) => replicaAppliedUs({ scenario, actions: [] }, atUs);
    expect([applied(999_999), applied(1_000_000), applied(1_400_000), applied(2_000_000)]).toEqual([
      899_999, 900_000, 900_000, 1_500_000,
    ]);
  });
});

describe('the facts', () => {
  it('are one for each protection that is on, with words and a picture', async () => {
    const view = await run('single-flight, a lock, early expiration', {
      protect: { singleFlight: true, lock: true, stale: '100ms', negative: '1s', breaker: 'both' },
      pattern: { write: 'write-behind' },
    });
    const aside = new AsideReader(view);
    const redis = view.meta.nodes.findIndex(({ kind }) => kind === 'redis');
    const reader = new ContentsReader(view.spans, redis);
    const cells = reader.seek(1_000_000, view.horizonUs);
    const facts = aside.facts(1_000_000, cells);
    expect(facts.map(({ id }) => id)).toEqual(['wait', 'lock', 'refresh', 'buffer', 'negative', 'breaker']);
    expect(facts.every(({ text, picture }) => text.length > 0 && picture !== null)).toBe(true);
    const held = contentsModel(view, new ContentsReader(view.spans, redis), 1_000_000).negativeEntries;
    expect(negativePicture(cells).held).toBe(held);
    expect(held).toBeGreaterThan(0);
  });

  it('show a breaker for each server and what it guards, closed until it has opened', () => {
    const at = (us: number) => ({ start: us, sent: us, arrive: us, service: us, leave: us, end: us });
    const turn = (id: number, us: number, detail: number) => ({
      op: OP.breaker,
      id,
      from: 2,
      node: 8,
      detail,
      ...at(us),
    });
    const view = runOfRows(
      [turn(1, 100, 1), turn(2, 200, 2), turn(3, 300, 0)],
      [],
      scenarioOf({ protect: { breaker: 'cache' } }),
    );
    const aside = new AsideReader(view);
    const text = (atUs: number) => aside.facts(atUs, null).map((fact) => fact.text);
    expect([99, 100, 250, 300, 150].map(text)).toEqual([
      ['closed'],
      ['open at 1 server'],
      ['one call may try at 1 server'],
      ['closed'],
      ['open at 1 server'],
    ]);
    expect(breakerText([])).toBe('closed');
  });
});
