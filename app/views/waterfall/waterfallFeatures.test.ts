import { describe, expect, it } from 'vitest';
import { FLAG, OP, operations, OUTCOME, type Row } from '../../../src/index.ts';
import { featureBase, featureWorlds } from '../testFeatures.ts';
import { runOfRows, scenarioOf, simulatedRun } from '../testRun.ts';
import { waterfallModel } from './model.ts';

const [app, redis, database] = [2, 8, 9];
const thin = (text: string | undefined) => text?.replaceAll('\u202f', ' ');
const row = (op: keyof typeof OP, id: number, parent: number, start: number, end: number, more: Partial<Row> = {}) => {
  const times = { start, sent: start, arrive: start, service: start, leave: end, end };
  return { op: OP[op], request: 1, id, parent, from: app, node: app, key: 7, ...times, ...more };
};
const root = (start: number, end: number, more: Partial<Row> = {}) =>
  row('request.read', 1, 0, start, end, { from: 0, outcome: OUTCOME.miss, ...more });
const short = (model: ReturnType<typeof waterfallModel>) =>
  model?.rows.map(({ title, depth, background, segments }) => {
    const pieces = segments.map(
      ({ kind, fromUs, untilUs, abandoned }) => `${kind} ${fromUs}-${untilUs}${abandoned ? '!' : ''}`,
    );
    return `${'>'.repeat(depth)}${background ? '~' : ''}${title}: ${pieces.join(', ')}`;
  });

describe('the waterfall of', () => {
  it('a wait says whose load it is for, and leads there', () => {
    const leader = { request: 41, id: 90, op: OP['request.read'], node: app, start: 0, leave: 700_000, end: 700_500 };
    const rows = [
      row('wait', 2, 1, 10_000, 650_000, { detail: 90 }),
      root(0, 660_000),
      { ...leader, sent: 0, arrive: 100, service: 100 },
    ];
    const model = waterfallModel(runOfRows(rows), 1);
    expect(short(model)).toEqual([
      'App 1: the request itself: own 0-10000, own 650000-660000',
      '>App 1 waits for request 41’s load: wait 10000-650000',
    ]);
    expect(model?.rows[1].waits?.request).toBe(41);
    expect(thin(model?.sentence)).toBe('640 ms of 660 ms: waiting for request 41’s load.');
  });

  it('a pause says what it is before', () => {
    const failed = { node: database, outcome: OUTCOME.timeout };
    const rows = [
      row('database.read', 2, 1, 0, 100, failed),
      row('wait', 3, 1, 100, 180),
      row('database.read', 4, 1, 180, 200, { node: database }),
      row('cache.lock', 5, 1, 200, 210, { node: redis, outcome: OUTCOME.miss }),
      row('wait', 6, 1, 210, 260),
      root(0, 300),
    ];
    const model = waterfallModel(runOfRows(rows), 1);
    const titles = model?.rows.map(({ title }) => title) ?? [];
    expect(titles[2]).toBe('App 1 pauses before it asks again');
    expect(titles[5]).toBe('App 1 pauses before it looks again');
    expect(model?.rows[4].outcome).toBe('held by another');
    expect(model?.totals.find(({ kind }) => kind === 'pause')?.title).toBe('pausing');
  });

  it('a load in the cache has its query below it, and counts no time twice', () => {
    const rows = [
      row('database.read', 3, 2, 30, 80, { from: redis, node: database }),
      row('cache.load', 2, 1, 20, 90, { node: redis, arrive: 25, service: 25, leave: 85, outcome: OUTCOME.miss }),
      root(0, 100),
    ];
    const model = waterfallModel(runOfRows(rows), 1);
    expect(short(model)).toEqual([
      'App 1: the request itself: own 0-20, own 90-100',
      '>Redis: look up, or load: wire 20-25, service 25-30, service 80-85, wire 85-90',
      '>>Database: query: service 30-80',
    ]);
    expect(model?.totals.reduce((sum, { us }) => sum + us, 0)).toBe(100);
    expect(model?.totals[0]).toMatchObject({ us: 50, title: 'being served by the database' });
  });

  it('two queries for the same thing counts the time once, and shows the slower one going on for nobody', () => {
    const rows = [
      row('database.read', 3, 1, 40, 60, { node: database, flags: FLAG.hedge }),
      row('database.read', 2, 1, 10, 120, { node: database }),
      root(0, 70),
    ].sort((a, b) => a.end - b.end);
    const model = waterfallModel(runOfRows(rows), 1);
    expect(short(model)).toEqual([
      'App 1: the request itself: own 0-10, own 60-70',
      '>Database: query: service 10-60, service 60-120!',
      '>Database: query, sent a second time: service 40-60',
    ]);
    expect(model?.rows[1].outcome).toBe('no longer needed');
    expect(model?.totals.reduce((sum, { us }) => sum + us, 0)).toBe(70);
    expect(model?.sentence).toContain('the slower answer came for nobody');
  });

  it('work in the background stands below the answer and is nobody’s time', () => {
    const rows = [
      row('early', 9, 1, 15, 15),
      row('cache.get', 2, 1, 5, 15, { node: redis, outcome: OUTCOME.hit, flags: FLAG.overdue }),
      root(0, 30, { outcome: OUTCOME.hit }),
      row('database.read', 4, 3, 16, 90, { node: database }),
      row('refresh', 3, 1, 15, 100),
    ];
    const model = waterfallModel(runOfRows(rows), 1);
    expect(short(model)).toEqual([
      'App 1: the request itself: own 0-5, own 15-30',
      '>Redis: look up: service 5-15',
      '>~App 1: refresh in the background: own 15-16, own 90-100',
      '>>~Database: query: service 16-90',
    ]);
    expect(model?.rows[1].outcome).toBe('hit, past its time');
    expect(model?.rows[0].instants).toEqual([{ atUs: 15, text: 'item:7 is loaded early' }]);
    expect(model?.endUs).toBe(100);
    expect(model?.totals.reduce((sum, { us }) => sum + us, 0)).toBe(30);
    expect(thin(model?.sentence)).toMatch(/A refresh ended 100 µs after it was sent, in the background\.$/);
  });
});

describe('every request of a real run', () => {
  const met = new Set<number>();

  it.each(Object.entries(featureWorlds))('has all of its latency told once: %s', async (_name, input) => {
    const run = await simulatedRun(scenarioOf({ ...featureBase, ...input }));
    const { closed } = run.spans;
    for (let index = 0; index < closed.length; index++) met.add(closed.op[index]);
    for (let request = 1; ; request++) {
      const model = waterfallModel(run, request);
      if (model === null) break;
      const sum = model.totals.reduce((total, { us }) => total + us, 0);
      expect([request, sum]).toEqual([request, model.latencyUs]);
      expect(model.sentence).toMatch(/\.$/);
      for (const {
        segments,
        row: { start },
      } of model.rows) {
        for (const { fromUs, untilUs } of segments) {
          expect(fromUs).toBeGreaterThanOrEqual(start);
          expect(untilUs).toBeLessThanOrEqual(model.endUs);
          expect(untilUs).toBeGreaterThan(fromUs);
        }
      }
    }
  });

  it('was tried on every operation that a request can meet', () => {
    const elsewhere = new Set(['warm', 'fault', 'lose-writes', 'log.read']);
    const missing = operations.filter((op) => !met.has(OP[op]) && !elsewhere.has(op));
    expect(missing).toEqual([]);
  });
});
