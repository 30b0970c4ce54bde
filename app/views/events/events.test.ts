import { describe, expect, it } from 'vitest';
import { FLAG, OP, OUTCOME, type Row, rowAt } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { runOfRows, scenarioOf, simulatedRun, withWindows } from '../testRun.ts';
import { type EventKind, nextEvent, nextStep, previousStep } from './nextEvent.ts';
import { nextLongLine } from './nextLongLine.ts';
import { scrubberMarks } from './scrubberMarks.ts';

const thin = (text: string | undefined) => text?.replaceAll('\u202f', ' ');
const instant = (op: keyof typeof OP, at: number, more: Partial<Row> = {}): Partial<Row> => {
  return { op: OP[op], start: at, sent: at, arrive: at, service: at, leave: at, end: at, node: 8, ...more };
};
const scenario = scenarioOf({ keyName: 'menu', faults: [{ at: '400us', do: 'kill', node: 'redis' }] });
const run = runOfRows(
  [
    instant('cache.get', 100, { request: 1, outcome: OUTCOME.hit }),
    instant('cache.get', 200, { request: 2, outcome: OUTCOME.miss, cause: 3, key: 7 }),
    instant('evict', 300, { request: 2, key: 9 }),
    instant('expire', 350, { key: 3 }),
    instant('fault', 400, { detail: 0 }),
    instant('request.read', 500, { request: 2, outcome: OUTCOME.miss, key: 7 }),
    instant('request.read', 600, { request: 3, outcome: OUTCOME.hit, flags: FLAG.stale, detail: 41_000, key: 7 }),
    instant('cache.get', 650, { request: 4, outcome: OUTCOME.timeout }),
    instant('request.read', 700, { request: 4, outcome: OUTCOME.rejected, key: 7 }),
  ],
  [],
  scenario,
);

describe('nextEvent', () => {
  it.each<[EventKind, number, number, string]>([
    ['miss', 200, 2, 'Redis has no menu:7: expired'],
    ['eviction', 300, 2, 'Redis evicts menu:9'],
    ['expiry', 350, 0, 'menu:3 expires in Redis'],
    ['fault', 400, 0, 'Redis down'],
    ['stale', 600, 3, 'menu:7: answer 41 s old'],
    ['error', 700, 4, 'menu:7: refused: line full'],
  ])('finds the next %s, and none after it', (kind, atUs, request, text) => {
    const found = nextEvent(run, kind, atUs - 1);
    expect({ ...found, text: thin(found?.text) }).toEqual({ kind, atUs, request, text });
    expect(nextEvent(run, kind, atUs)).toBeNull();
    expect(nextEvent(run, kind, 0)?.atUs).toBe(atUs);
  });

  it('finds every miss of a real run once, in order', async () => {
    const real = await simulatedRun(scenarioOf({ duration: '1s', cache: { capacity: 50, ttl: '100ms' } }));
    let count = 0;
    for (let found = nextEvent(real, 'miss', -1); found !== null; found = nextEvent(real, 'miss', found.atUs)) count++;
    const times = new Set<number>();
    const { closed } = real.spans;
    for (let index = 0; index < closed.length; index++) {
      const { op, outcome, end } = rowAt(closed, index);
      if (op === OP['cache.get'] && outcome === OUTCOME.miss) times.add(end);
    }
    expect(count).toBe(times.size);
    expect(count).toBeGreaterThan(50);
  });
});

describe('what protections do', () => {
  const call = (op: keyof typeof OP, id: number, at: number, more: Partial<Row> = {}): Partial<Row> =>
    instant(op, at, { id, from: 2, parent: 1, key: 7, request: 5, ...more });
  const guarded = scenarioOf({ keyName: 'menu', protect: { lock: true, lockTtl: '1ms' } });
  const guardedRun = runOfRows(
    [
      call('cache.lock', 2, 100),
      call('bloom', 3, 150, { node: 2 }),
      call('cache.unlock', 4, 900),
      call('cache.lock', 5, 2000, { parent: 9, request: 6 }),
      call('shed', 6, 2500, { node: 3, request: 8 }),
      call('breaker', 7, 2600, { request: 0, detail: 1, node: 9 }),
      call('cache.lock', 8, 2700, { parent: 11, outcome: OUTCOME.miss }),
      call('cache.load', 9, 2800, { outcome: OUTCOME.miss, cause: 3 }),
      call('lose-writes', 10, 2900, { request: 0, detail: 4 }),
      call('cache.unlock', 11, 3500, { parent: 9, outcome: OUTCOME.absent }),
      call('cache.lock', 12, 4000, { parent: 13, request: 7 }),
      instant('flush', 4500),
    ],
    [],
    guarded,
  );
  guardedRun.horizonUs = 20_000;

  it.each<[EventKind, number, number, string]>([
    ['lapse', 3000, 6, 'the lock of App 1 on menu:7 lapses'],
    ['breaker', 2600, 0, 'App 1’s circuit breaker before Database opens'],
    ['miss', 2800, 5, 'Redis has no menu:7: expired'],
    ['loss', 2900, 0, 'Redis loses 4 acknowledged writes'],
  ])('is found: the next %s, and none after it', (kind, atUs, request, text) => {
    const found = nextEvent(guardedRun, kind, atUs - 1);
    expect(found).toEqual({ kind, atUs, request, text });
    expect(nextEvent(guardedRun, kind, atUs)).toBeNull();
    expect(nextEvent(guardedRun, kind, 0)?.atUs).toBe(atUs);
  });

  it('is found: requests turned away, by the filter or for having waited', () => {
    const first = nextEvent(guardedRun, 'shed', 0);
    expect(first).toMatchObject({ atUs: 150, text: 'menu:7: the Bloom filter says: no such row' });
    expect(nextEvent(guardedRun, 'shed', 150)).toMatchObject({ atUs: 2500, request: 8 });
  });

  it('finds as many lapses as the engine counted', async () => {
    const real = await simulatedRun(
      scenarioOf({
        duration: '3s',
        traffic: { readers: { rate: '400/s', count: 40 } },
        cache: { ttl: '150ms' },
        database: { read: '20ms' },
        protect: { lock: true, lockTtl: '25ms', lockPoll: '5ms' },
        faults: [{ at: '1s', do: 'kill', node: 'app1', for: '500ms' }],
      }),
    );
    const counted = real.totals[real.windows.column('locks.lapsed')];
    let seen = 0;
    for (let found = nextEvent(real, 'lapse', -1); found !== null; found = nextEvent(real, 'lapse', found.atUs)) seen++;
    expect(counted).toBeGreaterThan(5);
    expect(seen).toBeLessThanOrEqual(counted);
    // Two in the same microsecond are one moment.
    expect(seen).toBeGreaterThan(0.95 * counted - 2);
  });

  it('is marked on the scrubber', () => {
    const marked = withWindows(runOfRows([], [], scenarioOf({ window: '1s' })), [
      { 'writes.lost': 5, 'breaker.opened': 1, 'locks.lapsed': 2, 'requests.shed': 7, 'loads.refused': 1 },
    ]);
    expect(scrubberMarks(marked, 1e6).map(({ label }) => label)).toEqual([
      '8 turned away',
      '2 locks lapsed',
      '1 circuit breaker opened',
      '5 acknowledged writes lost',
    ]);
  });

  it('is named, like the acts that ask, warm, ramp and deafen', () => {
    const actions = [
      { at: 0, do: 'ask' as const, key: 7, write: true },
      { at: 1, do: 'ask' as const, key: 8 },
      { at: 2, do: 'warm' as const, keys: 1000, rate: 500 },
      { at: 3, do: 'ramp' as const, from: 0.1, for: 10e6 },
      { at: 4, do: 'deafen' as const, node: 'app2', for: 2e6 },
    ];
    const acted = { ...runOfRows([], [], scenarioOf({ keyName: 'menu' })), actions };
    expect(scrubberMarks(acted, 1e6).map(({ label }) => thin(label))).toEqual([
      'menu:7 written',
      'menu:8 read',
      '1 000 keys warmed',
      'traffic comes back in 10 s',
      'App 2 hears nothing for 2 s',
    ]);
  });
});

describe('a long line', () => {
  const overloaded = scenarioOf({
    duration: '4s',
    traffic: { readers: { rate: '900/s', count: 5000 } },
    cache: { capacity: 100 },
    database: { slots: 4, read: '6ms', pool: 500 },
    faults: [{ at: '2s', do: 'slow', node: 'database', factor: 4, for: '200ms' }],
  });
  const lineAt = (real: RunView, atUs: number) => {
    let count = 0;
    const database = real.meta.nodes.findIndex(({ id }) => id === 'database');
    real.spans.forEachActive(atUs, (table, index) => {
      if (table.node[index] !== database || table.arrive[index] > atUs) return;
      if (Math.min(table.service[index], table.leave[index]) > atUs) count++;
    });
    return count;
  };

  it('is found at the very moment at which one too many waits', async () => {
    const real = await simulatedRun(overloaded);
    let afterUs = -1;
    let seen = 0;
    for (let found = nextLongLine(real, 'database', 10, afterUs); found !== null && seen < 40; seen++) {
      expect(found).toBeGreaterThan(afterUs);
      expect(lineAt(real, found)).toBeGreaterThan(10);
      expect(lineAt(real, found - 1)).toBeLessThanOrEqual(10);
      afterUs = found;
      found = nextLongLine(real, 'database', 10, afterUs);
    }
    expect(seen).toBeGreaterThan(0);
    expect(nextEvent(real, 'queue', -1, 10)).toMatchObject({ kind: 'queue', request: 0 });
    expect(nextEvent(real, 'queue', -1, 1e6)).toBeNull();
  });
});

describe('stepping through a request', () => {
  const one = runOfRows([
    { op: OP['cache.get'], request: 1, id: 2, start: 20, sent: 20, arrive: 30, service: 30, leave: 35, end: 45 },
    { op: OP['request.read'], request: 1, id: 1, start: 0, sent: 0, arrive: 10, service: 20, leave: 45, end: 60 },
  ]);

  it('stops at every moment of every row once, forward and back', () => {
    const forth: number[] = [];
    for (let at = nextStep(one, 1, -1); at !== null; at = nextStep(one, 1, at)) forth.push(at);
    expect(forth).toEqual([0, 10, 20, 30, 35, 45, 60]);
    const back: number[] = [];
    for (let at = previousStep(one, 1, 1000); at !== null; at = previousStep(one, 1, at)) back.push(at);
    expect(back).toEqual([60, 45, 35, 30, 20, 10, 0]);
    expect(nextStep(one, 2, 0)).toBeNull();
  });

  it('stops at instants too', () => {
    const early = instant('early', 32, { request: 1, id: 3 });
    const rows = [early, { op: OP['request.read'], request: 1, id: 1, start: 0, leave: 45, end: 60 }];
    expect(nextStep(runOfRows(rows), 1, 0)).toBe(32);
  });

  it('does not step past what is known', () => {
    const known = { ...one, horizonUs: 40 };
    expect(nextStep(known, 1, 35)).toBeNull();
  });
});

describe('scrubberMarks', () => {
  const window = (stale: number, failed: number) => ({ 'reads.stale': stale, 'requests.failed': failed });

  it('puts neighbouring windows into one stretch and acts at their moment', () => {
    const faults = [{ at: '600ms', do: 'flush' as const }];
    const marked = runOfRows([], [], scenarioOf({ window: '250ms', faults }));
    withWindows(marked, [window(1, 0), window(2, 0), window(0, 5), window(3, 0)]);
    expect(scrubberMarks(marked, 1e6)).toEqual([
      { kind: 'stale', fromUs: 0, untilUs: 500_000, count: 3, label: '3 stale answers' },
      { kind: 'error', fromUs: 500_000, untilUs: 750_000, count: 5, label: '5 errors' },
      { kind: 'flush', fromUs: 600_000, untilUs: 600_000, count: 1, label: 'Redis flushed' },
      { kind: 'stale', fromUs: 750_000, untilUs: 1_000_000, count: 3, label: '3 stale answers' },
    ]);
    expect(scrubberMarks(marked, 500_000)).toHaveLength(1);
  });

  it('never gives more than asked for, and loses no count', () => {
    const busy = runOfRows([], [], scenarioOf({ window: '10ms' }));
    withWindows(
      busy,
      Array.from({ length: 2000 }, (_, index) => window(index % 2, 0)),
    );
    const marks = scrubberMarks(busy, 20e6, 200);
    expect(marks.length).toBeLessThanOrEqual(200);
    expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(1000);
  });
});
