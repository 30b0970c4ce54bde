import { describe, expect, it } from 'vitest';
import { nodesOf } from '../scenario/nodes.ts';
import { CAUSE, FLAG, OP, OUTCOME } from '../spans/codes.ts';
import { figureOfText, judgeText, smallScenario } from './askRuns.ts';
import { type HandMade, handMadeRun } from './handMadeRun.ts';
import type { RunReader } from './RunReader.ts';

const scenario = smallScenario();
const run = (made: HandMade): RunReader => handMadeRun(scenario, made);

const hits = 'cache.hits{tier=redis}';
const gets = 'cache.gets{tier=redis}';
/** Four windows of a second and half of a fifth. */
const counted = run({
  windows: [
    {
      'database.reads': 100,
      'database.writes': 10,
      [hits]: 0,
      [gets]: 10,
      'reads.stale': 1,
      'reads.completed': 10,
      'stale.age': 5e6,
      'stale.age.max': 5e6,
      'requests.in-flight': 3,
      'node.busy{node=redis}': 0.25,
      'node.queue.max{node=database}': 7,
    },
    {
      'database.reads': 400,
      [hits]: 90,
      [gets]: 90,
      'requests.in-flight': 5,
      'node.busy{node=redis}': 0.75,
      'node.queue.max{node=database}': 40,
    },
    {
      'database.reads': 200,
      'reads.stale': 3,
      'reads.completed': 6,
      'stale.age': 3e6,
      'stale.age.max': 2e6,
      'requests.in-flight': 2,
    },
    { 'database.reads': 300, [hits]: 10, [gets]: 40, 'requests.in-flight': 9 },
  ],
  rest: { 'database.reads': 50, [gets]: 10 },
  endUs: 4.5e6,
});

describe('metrics over a run', () => {
  it.each([
    ['database.reads', 1050, 'count'],
    ['sum(database.reads)', 1050, 'count'],
    ['count(database.reads)', 1050, 'count'],
    ['rate(database.reads)', 1050 / 4.5, 'per second'],
    ['max(database.reads)', 400, 'count'],
    ['min(database.reads)', 100, 'count'],
    ['avg(database.reads)', 250, 'count'],
    ['first(database.reads)', 100, 'count'],
    ['last(database.reads)', 300, 'count'],
    ['p50(database.reads)', 200, 'count'],
    ['p51(database.reads)', 300, 'count'],
    ['database.qps', 1060 / 4.5, 'per second'],
    ['database.qps.mean', 1060 / 4.5, 'per second'],
    ['database.qps.peak', 400, 'per second'],
    ['database.qps.last', 300, 'per second'],
    ['count(database.qps)', 1060, 'count'],
    // 100 of 150 look-ups; the mean of the windows would be (0 + 1 + ¼) / 3.
    ['hit.ratio', 100 / 150, 'share'],
    ['max(hit.ratio{tier=redis})', 1, 'share'],
    ['count(hit.ratio)', 150, 'count'],
    ['stale.age', 2e6, 'us'],
    ['max(stale.age)', 5e6, 'us'],
    ['min(stale.age)', 1e6, 'us'],
    ['count(stale.age)', 4, 'count'],
    ['requests.in-flight', 9, 'count'],
    ['max(requests.in-flight)', 9, 'count'],
    ['avg(requests.in-flight)', 4.75, 'count'],
    ['node.busy{node=redis}', 0.25, 'count'],
    ['node.queue.max{node=database}', 40, 'count'],
    ['errors', 0, 'count'],
  ])('%s', (text, value, unit) => {
    expect(figureOfText(text, counted)).toEqual({ value, unit });
  });

  it.each([
    ['database.reads over 1s..3s', 600],
    ['rate(database.reads) over 1s..3s', 300],
    ['database.reads over 3s..', 350],
    ['rate(database.reads) over 3s..', 350 / 1.5],
    ['database.reads over 4s..4.5s', 50],
    ['database.reads over ..1s', 100],
    // A range takes in every window that it touches.
    ['database.reads over 1.2s..1.3s', 400],
    ['database.reads over 0.5s..2.5s', 700],
    ['hit.ratio over 1s..3s', 1],
    ['hit.ratio over 0s..2s', 0.9],
    ['node.busy{node=redis} over 1s..3s', 0.375],
    ['requests.in-flight over 0s..2s', 5],
    ['node.queue.max{node=database} over 0s..1s', 7],
    ['max(database.reads) over 2s..4s', 300],
  ])('%s', (text, value) => {
    expect(figureOfText(text, counted)).toMatchObject({ value });
  });

  it('adds up what is counted by label, and asks which where nothing adds up', () => {
    const reader = run({
      windows: [
        {
          'cache.misses{tier=redis,cause=first}': 3,
          'cache.misses{tier=redis,cause=expired}': 4,
          'cache.misses{tier=local,cause=first}': 50,
          'node.arrivals{node=app1}': 6,
          'node.arrivals{node=redis}': 9,
        },
      ],
    });
    expect(figureOfText('cache.misses{tier=redis}', reader)).toMatchObject({ value: 7 });
    expect(figureOfText('cache.misses{tier=redis,cause=first}', reader)).toMatchObject({ value: 3 });
    expect(figureOfText('cache.misses{tier=redis,cause=expired|capacity}', reader)).toMatchObject({ value: 4 });
    expect(figureOfText('cache.misses', reader)).toMatchObject({ value: 57 });
    expect(figureOfText('node.rate{node=app1|redis}', reader)).toMatchObject({ value: 15 });
    const problem = figureOfText('node.utilisation', reader);
    expect(problem).toMatchObject({ nodata: false, problem: { message: expect.stringContaining('say which') } });
  });

  it('takes the tier that the scenario has, unless it has both', () => {
    const both = handMadeRun(smallScenario({ local: { enabled: true } }), { windows: [{ [gets]: 1, [hits]: 1 }] });
    expect(figureOfText('hit.ratio', both)).toMatchObject({ problem: { nearest: 'hit.ratio{tier=local}' } });
    expect(figureOfText('hit.ratio{tier=redis}', both)).toMatchObject({ value: 1 });
  });
});

const nodeOf = (id: string): number => nodesOf(scenario).findIndex((node) => node.id === id);
const [redis, database, app1, app2] = ['redis', 'database', 'app1', 'app2'].map(nodeOf);
const read = (start: number, end: number, more = {}) => ({ op: OP['request.read'], start, end, key: 17, ...more });
const query = (start: number, end: number, more = {}) => ({
  op: OP['database.read'],
  start,
  end,
  key: 17,
  node: database,
  from: app1,
  ...more,
});
const rowed = run({
  windows: [{}, {}, {}],
  rows: [
    read(0, 1000, { outcome: OUTCOME.hit }),
    read(1_000_000, 1_003_000, { outcome: OUTCOME.miss, flags: FLAG.stale, detail: 40, version: 2 }),
    read(1_500_000, 1_502_000, { outcome: OUTCOME.hit, key: 3, flags: FLAG.stale | FLAG.overdue, detail: 90 }),
    read(2_500_000, 2_900_000, { outcome: OUTCOME.timeout }),
    read(2_900_000, Number.POSITIVE_INFINITY),
    query(1_000_500, 1_002_500, { outcome: OUTCOME.ok, from: app2 }),
    query(1_002_500, 1_005_000),
    query(1_001_000, 1_004_000, { key: 3 }),
    { op: OP['cache.get'], start: 500, end: 800, outcome: OUTCOME.miss, cause: CAUSE.expired, node: redis },
    { op: OP['cache.get'], start: 2_000_000, end: Number.POSITIVE_INFINITY, node: redis },
    { op: OP.evict, start: 1_002_000, end: 1_002_000, node: redis, key: 3 },
  ],
});

describe('rows', () => {
  it.each([
    ['rows', 11, 'count'],
    ['rows{op=database.read}', 3, 'count'],
    ['rows{op=database.read,key=menu:17}', 2, 'count'],
    ['rows{op=database.read|evict,key=3}', 2, 'count'],
    ['rows{op=request.read,outcome=hit}', 2, 'count'],
    // What is still under way has no outcome, though its column holds the code of the first one.
    ['rows{op=cache.get,outcome=ok}', 0, 'count'],
    ['rows{op=cache.get,cause=none}', 0, 'count'],
    ['rows{op=cache.get,cause=expired}', 1, 'count'],
    ['rows{op=cache.get}', 2, 'count'],
    ['rows{node=redis}', 3, 'count'],
    ['rows{op=database.read,from=app2}', 1, 'count'],
    ['rows{op=database.read,from=app}', 3, 'count'],
    ['rows{flag=stale}', 2, 'count'],
    ['rows{flag=overdue|missingKey}', 1, 'count'],
    ['rows{version=2}', 1, 'count'],
    ['rows{op=request.read} over 1s..2s', 2, 'count'],
    ['rows{op=request.read} over 0.5s..1s', 0, 'count'],
    ['rate(rows{op=request.read}) over 1s..3s', 2, 'per second'],
    ['first(rows{op=database.read})', 1_000_500, 'us'],
    ['last(rows{op=request.read,outcome=timeout})', 2_500_000, 'us'],
    ['max(rows{op=request.read})', 2, 'count'],
    ['avg(rows{op=request.read})', 5 / 3, 'count'],
    ['peak.rows{op=database.read}', 2, 'count'],
    // One that ends and one that begins at the same instant are not two at once; what takes no time is there at its instant.
    ['peak.rows{op=database.read,key=17}', 1, 'count'],
    ['peak.rows{op=database.read|evict}', 3, 'count'],
    ['peak.rows{op=request.read} over 2.6s..2.7s', 1, 'count'],
    ['peak.rows{op=request.read} over 2.95s..3s', 1, 'count'],
    ['peak.rows{op=request.read} over 1.6s..1.7s', 0, 'count'],
    ['count(took{op=database.read})', 3, 'count'],
    ['avg(took{op=database.read})', 2500, 'us'],
    ['max(took{op=database.read})', 3000, 'us'],
    ['p50(took{op=database.read})', 2500, 'us'],
    ['p99(took{op=request.read})', 400_000, 'us'],
    ['count(read.latency)', 3, 'count'],
    ['max(read.latency)', 3000, 'us'],
    ['avg(read.latency) over 1s..2s', 2500, 'us'],
    ['p50(read.latency)', 2000, 'us'],
    ['max(detail{flag=stale})', 90, 'count'],
    ['max(age)', 90_000, 'us'],
    ['p50(age{key=17})', 40_000, 'us'],
    ['count(age{op=database.read})', 0, 'count'],
  ])('%s', (text, value, unit) => {
    expect(figureOfText(text, rowed)).toEqual({ value, unit });
  });

  it('reads percentiles by nearest rank, exactly', () => {
    const samples = run({
      windows: [{}],
      rows: Array.from({ length: 1000 }, (_, index) => query(index, index + 1000 - index)),
    });
    expect(figureOfText('p99.9(took{op=database.read})', samples)).toMatchObject({ value: 999 });
    expect(figureOfText('p100(took{op=database.read})', samples)).toMatchObject({ value: 1000 });
    expect(figureOfText('p0.1(took{op=database.read})', samples)).toMatchObject({ value: 1 });
    expect(figureOfText('p29(took{op=database.read})', samples)).toMatchObject({ value: 290 });
    expect(figureOfText('p50(took{op=database.read})', samples)).toMatchObject({ value: 500 });
  });

  it('does not count rows where some were thrown away, and falls back to what is known of latencies', () => {
    const summary = { count: 9, mean: 5, p50: 6, p90: 7, p95: 7, p99: 8, p999: 9, max: 10 };
    const thinned = run({
      windows: [{ 'requests.completed': 9, 'reads.completed': 9, 'read.latency': 45 }, {}],
      rows: [read(0, 5)],
      latency: { read: summary },
    });
    expect(judgeText('rows{op=request.read} == 1', thinned)).toMatchObject({
      status: 'nodata',
      message: expect.stringContaining('not all rows'),
    });
    expect(figureOfText('p99(read.latency)', thinned)).toEqual({ value: 8, unit: 'us' });
    expect(figureOfText('avg(read.latency) over 0s..1s', thinned)).toEqual({ value: 5, unit: 'us' });
    expect(figureOfText('count(read.latency)', thinned)).toEqual({ value: 9, unit: 'count' });
    expect(figureOfText('p99(read.latency) over 0s..1s', thinned)).toMatchObject({ nodata: true });
  });
});
