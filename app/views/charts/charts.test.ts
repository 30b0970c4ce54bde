import { describe, expect, it } from 'vitest';
import { chartIds } from '../../../src/index.ts';
import { runOfRows, scenarioOf, simulatedRun, withWindows } from '../testRun.ts';
import { axisTicks, niceAbove, niceBelow, timeEndUs, valueAxis } from './axes.ts';
import { type ChartDefinition, chartDefinitions, type ChartId, databaseLimit } from './definitions.ts';
import { differenceText } from './differenceText.ts';
import { actMarks, listedMarks } from './marks.ts';
import { chartDescription, chartHeadline, chartSeries, windowsAPoint } from './model.ts';

const thin = (text: string) => text.replaceAll(/[\u00a0\u2009\u202f]/g, ' ');
const chart = (id: ChartId) => chartDefinitions.get(id) as ChartDefinition;
const redisGets = (gets: number, hits: number) => ({ 'cache.gets{tier=redis}': gets, 'cache.hits{tier=redis}': hits });
const fresh = (input: Parameters<typeof scenarioOf>[0] = {}) => runOfRows([], [], scenarioOf(input));

describe('axes', () => {
  it('ends on round numbers on either side of the values', () => {
    expect([0.003, 1, 1.1, 74, 640, 1000, 1001].map(niceAbove)).toEqual([0.003, 1, 1.5, 80, 800, 1000, 1500]);
    expect([0.003, 1, 1.1, 74, 640, 1000].map(niceBelow)).toEqual([0.002, 1, 1, 50, 500, 1000]);
  });

  it('grows in steps and takes a log axis only where values differ by more than fifty times', () => {
    expect(valueAxis([3, Number.NaN, 7], { leastTop: 1 })).toEqual({ kind: 'linear', from: 0, to: 8 });
    expect(valueAxis([], { leastTop: 5 })).toEqual({ kind: 'linear', from: 0, to: 6 });
    expect(valueAxis([0.2], { leastTop: 1, top: 1 }).to).toBe(1);
    expect(valueAxis([1000, 50_000], { leastTop: 1, mayBeLog: true }).kind).toBe('linear');
    expect(valueAxis([1100, 1_900_000], { leastTop: 1, mayBeLog: true })).toEqual({
      kind: 'log',
      from: 1000,
      to: 2_000_000,
    });
    expect(valueAxis([0, 60], { leastTop: 1, mayBeLog: true }).kind).toBe('linear');
    expect(axisTicks({ kind: 'log', from: 1000, to: 2_000_000 }, 'duration')).toEqual([
      1000, 10_000, 100_000, 1_000_000,
    ]);
  });

  it('keeps one time axis that holds what is known and grows seldom', () => {
    expect(timeEndUs(0, 60e6)).toBe(10e6);
    expect(timeEndUs(10_000_001, 60e6)).toBe(20e6);
    expect(timeEndUs(45e6, 60e6)).toBe(60e6);
    expect(timeEndUs(45e6, 48e6)).toBe(48e6);
    expect(timeEndUs(70e6, 60e6)).toBe(70e6);
    expect(timeEndUs(0, 2e6)).toBe(2e6);
    const grown = new Set<number>();
    for (let us = 0; us <= 3600e6; us += 1e6) {
      expect(timeEndUs(us, 3600e6)).toBeGreaterThanOrEqual(us);
      grown.add(timeEndUs(us, 3600e6));
    }
    expect(grown.size).toBeLessThanOrEqual(10);
  });
});

describe('chart series', () => {
  it('divides sums, not averages ratios, and leaves a gap where nothing was asked', () => {
    const run = withWindows(fresh({ window: '500ms' }), [redisGets(100, 100), redisGets(300, 0), redisGets(0, 0)]);
    const { series } = chartSeries(chart('hit-ratio'), [run], 1.5e6);
    expect(series[0].points.map(({ v }) => v)).toEqual([1, 0, Number.NaN]);
    expect(series[0].points[1]).toMatchObject({ fromUs: 500_000, t: 750_000, untilUs: 1_000_000 });
    expect(chartHeadline(chart('hit-ratio'), [run], 1_000_000).value).toBe(0.25);
    expect(chartHeadline(chart('hit-ratio'), [run], 999_999).value).toBe(1);
    expect(chartHeadline(chart('hit-ratio'), [run], 499_999).text).toBe('–');
  });

  it('counts what either tier found against what the first was asked', () => {
    const window = { 'cache.gets{tier=local}': 100, 'cache.hits{tier=local}': 40, ...redisGets(60, 45) };
    const run = withWindows(fresh({ window: '1s', local: { enabled: true } }), [window]);
    expect(chartHeadline(chart('hit-ratio'), [run], 1e6).value).toBeCloseTo(0.85);
  });

  it('draws nothing of the future', () => {
    const run = withWindows(fresh(), [redisGets(1, 1), redisGets(1, 1), redisGets(1, 1)]);
    expect(chartSeries(chart('hit-ratio'), [run], 500_000).series[0].points).toHaveLength(2);
  });

  it('puts windows together by powers of two, with the same totals', () => {
    expect([1, 240, 241, 480, 481, 2400].map(windowsAPoint)).toEqual([1, 1, 2, 2, 4, 16]);
    const windows = Array.from({ length: 1000 }, (_, index) => ({ 'database.reads': index % 7, 'database.writes': 1 }));
    const run = withWindows(fresh({ window: '100ms' }), windows);
    const { points } = chartSeries(chart('database-rate'), [run], 100e6).series[0];
    expect(points).toHaveLength(125);
    const drawn = points.reduce((sum, { v, fromUs, untilUs }) => sum + (v * (untilUs - fromUs)) / 1e6, 0);
    expect(drawn).toBeCloseTo(windows.reduce((sum, window) => sum + window['database.reads'] + 1, 0));
  });

  it('stacks misses by cause in a fixed order, at most five and the rest', () => {
    const cause = (name: string) => `cache.misses{tier=redis,cause=${name}}`;
    const counts = {
      first: 9,
      capacity: 8,
      expired: 7,
      invalidated: 1,
      'node-lost': 6,
      'cache-down': 5,
      'refused-entry': 2,
    };
    const window = Object.fromEntries(Object.entries(counts).map(([name, count]) => [cause(name), count]));
    const run = withWindows(fresh({ window: '1s' }), [window]);
    const model = chartSeries(chart('misses-by-cause'), [run], 1e6);
    expect(model.series.map(({ title, points }) => [title, points[0].v])).toEqual([
      ['never stored', 9],
      ['evicted', 8],
      ['expired', 7],
      ['cache was emptied', 6],
      ['cache unreachable', 5],
      ['other', 3],
    ]);
    expect(model.stacked).toBe(true);
    expect(model.axis.to).toBe(40);
    expect(chartHeadline(chart('misses-by-cause'), [run], 1e6)).toMatchObject({
      value: 38,
      note: 'mostly never stored',
    });
  });

  it('lays run B over run A with totals only, and says the difference', () => {
    const a = withWindows(fresh({ window: '1s' }), [redisGets(1000, 938)]);
    const b = withWindows(fresh({ window: '1s' }), [redisGets(1000, 801)]);
    const model = chartSeries(chart('misses-by-cause'), [a, b], 1e6);
    expect(model.series.map(({ lane, id }) => [lane, id])).toEqual([
      [0, 'all'],
      [1, 'all'],
    ]);
    const headline = chartHeadline(chart('hit-ratio'), [a, b], 1e6);
    expect(thin(`${headline.text} ${headline.other} ${headline.difference}`)).toBe('93.8 % 80.1 % 13.7 points lower');
  });
});

describe('charts of what stands between', () => {
  const headline = (id: ChartId, run: ReturnType<typeof fresh>, atUs = 1e6) => chartHeadline(chart(id), [run], atUs);
  const layers = (id: ChartId, run: ReturnType<typeof fresh>) =>
    chartSeries(chart(id), [run], 10e6).series.map(({ title, points }) => [title, points.at(-1)?.v]);

  it('stack waiting readers upon queries', () => {
    const run = withWindows(fresh({ window: '1s' }), [{ 'database.reads': 20, 'loads.waited': 380 }]);
    expect(layers('waiting-readers', run)).toEqual([
      ['queries', 20],
      ['waited for another’s', 380],
    ]);
    expect(headline('waiting-readers', run).value).toBe(380);
    expect(chartSeries(chart('waiting-readers'), [run], 1e6).axis.to).toBe(400);
  });

  it('count an early load once, in the background where old values are served', () => {
    const window = { 'loads.refreshed': 8, 'loads.early': 3, 'loads.wasted': 2 };
    const plain = withWindows(fresh({ window: '1s' }), [window]);
    expect(headline('refreshes', plain).value).toBe(11);
    const served = withWindows(fresh({ window: '1s', protect: { stale: '1s' } }), [window]);
    expect(headline('refreshes', served).value).toBe(8);
    expect(thin(headline('refreshes', served).note)).toBe('25 % in vain');
  });

  it('name the largest of what turns requests away', () => {
    const run = withWindows(fresh({ window: '1s' }), [{ 'bloom.refused': 5, 'requests.shed': 40 }]);
    expect(headline('turned-away', run)).toMatchObject({ value: 45, note: 'mostly waited too long' });
    expect(layers('turned-away', run)).toHaveLength(4);
  });

  it('tell stale answers by server and by writer, at most five and the rest', () => {
    const servers = fresh({ window: '1s', app: { servers: 7 } });
    const window = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((n) => [`stale.reads{node=app${n}}`, n]));
    withWindows(servers, [{ ...window, 'reads.stale': 28 }]);
    expect(layers('stale-by-server', servers)).toEqual([
      ['App 3', 3],
      ['App 4', 4],
      ['App 5', 5],
      ['App 6', 6],
      ['App 7', 7],
      ['other', 3],
    ]);
    expect(headline('stale-by-server', servers)).toMatchObject({ value: 28, note: 'mostly App 7' });
    const writers = fresh({ window: '1s', traffic: { readers: {}, batch: { writer: 'direct' } } });
    withWindows(writers, [{ 'stale.reads{writer=batch}': 9 }]);
    expect(layers('stale-by-writer', writers)).toEqual([
      ['after batch', 9],
      ['after readers', 0],
    ]);
  });

  it('divide the ages of stale answers by the answers, and show none where there were none', () => {
    const windows: Record<string, number>[] = [{ 'reads.stale': 4, 'stale.age': 8000, 'stale.age.max': 5000 }, {}];
    const run = withWindows(fresh({ window: '1s' }), windows);
    expect(headline('stale-age', run).value).toBe(2000);
    expect(headline('stale-age', run, 2e6).text).toBe('–');
  });

  it('keep what is lost in sight: writes, messages, orders beyond the stock', () => {
    const windows: Record<string, number>[] = [
      { 'writes.waiting': 30, 'writes.lost': 12, 'orders.oversold': 2, 'feed.lost': 1 },
      { 'writes.waiting': 4, 'orders.accepted': 6 },
    ];
    const run = withWindows(fresh({ window: '1s' }), windows);
    expect(headline('write-buffer', run, 2e6)).toMatchObject({ value: 4, note: '12 lost so far' });
    expect(headline('orders', run, 2e6)).toMatchObject({ value: 6, note: '2 beyond the stock so far' });
    expect(headline('feed', run, 2e6).note).toBe('1 lost so far');
  });

  it('count messages of the bus from publishing to arrival, by who publishes', () => {
    const windows: Record<string, number>[] = [
      { 'bus.published': 10, 'bus.delivered': 5, 'bus.lost': 1 },
      { 'bus.delivered': 14, 'feed.waiting': 3 },
    ];
    const app = { servers: 3 };
    const servers = withWindows(fresh({ window: '1s', app }), windows);
    expect([headline('feed', servers).value, headline('feed', servers, 2e6).value]).toEqual([14, 3]);
    const worker = withWindows(fresh({ window: '1s', app, invalidation: { feed: 'queue' } }), windows);
    expect(headline('feed', worker).value).toBe(24);
  });

  it('say how many pages were in memory', () => {
    const run = withWindows(fresh({ window: '1s' }), [{ 'buffer.hits': 90, 'buffer.misses': 10 }]);
    const found = headline('buffer-pool', run);
    expect([found.value, thin(found.note)]).toEqual([10, '90 % in memory']);
  });
});

describe('the database limit', () => {
  it('is slots over mean service time, in the mix seen', () => {
    const run = fresh({ window: '1s', database: { slots: 8, read: '10ms', write: '20ms' } });
    expect(databaseLimit(run, 0)?.value).toBeCloseTo(800);
    withWindows(run, [{ 'database.reads': 300, 'database.writes': 100 }]);
    expect(databaseLimit(run, 0)?.value).toBeCloseTo(8 / 0.0125);
  });

  it('follows knobs and slow-downs from their time on', () => {
    const faults = [
      { at: '2s', do: 'set' as const, path: 'database.slots', value: 4 },
      { at: '3s', do: 'slow' as const, node: 'database', factor: 4, for: '1s' },
    ];
    const run = fresh({ database: { slots: 8, read: '10ms' }, faults });
    Object.assign(run, { actions: [{ at: 5e6, do: 'set', path: 'database.read', value: 20_000 }] });
    const limits = [1e6, 2e6, 3.5e6, 4e6, 5e6].map((atUs) => databaseLimit(run, atUs)?.value);
    expect(limits).toEqual([800, 400, 100, 400, 200]);
    expect(actMarks(run).map(({ label, byPerson }) => [thin(label), byPerson])).toEqual([
      ['Database: parallel queries set to 4 queries', false],
      ['Database 4× slower', false],
      ['Database: query set to 20 ms', true],
    ]);
  });

  it('is kept in sight on the axis only when it is near', () => {
    const run = withWindows(fresh({ window: '1s' }), [{ 'database.reads': 400 }]);
    expect(chartSeries(chart('database-rate'), [run], 1e6, 700).axis.to).toBe(800);
    expect(chartSeries(chart('database-rate'), [run], 1e6, 900).axis.to).toBe(400);
  });
});

describe('marks', () => {
  const turned = (...acts: [at: number, path: string, value: string | number | boolean][]) => {
    const run = fresh();
    Object.assign(run, { actions: acts.map(([at, path, value]) => ({ at, do: 'set', path, value })) });
    return run;
  };
  const labels = (run: ReturnType<typeof fresh>) => actMarks(run).map(({ label }) => thin(label));

  it('call a setting by its title and say its value with the unit', () => {
    const run = turned(
      [1, 'cache.ttl', 30e6],
      [2, 'cache.ttl', Number.POSITIVE_INFINITY],
      [3, 'cache.eviction', 'lru'],
      [4, 'protect.singleFlight', true],
      [5, 'traffic.readers.writes', 0.02],
    );
    expect(labels(run)).toEqual([
      'Time to live set to 30 s',
      'Time to live set to off',
      'Eviction set to LRU',
      'Single-flight switched on',
      'Writes set to 2 %',
    ]);
  });

  it('name the workload where there are several, and what kind of message is lost', () => {
    const run = fresh({
      traffic: { readers: {}, batch: { writer: 'direct' } },
      faults: [{ at: '1s', do: 'lose', message: 'database.read', count: 5 }],
    });
    Object.assign(run, { actions: [{ at: 2e6, do: 'set', path: 'traffic.batch.rate', value: 20 }] });
    expect(labels(run)).toEqual(['5 messages lost: query', 'Requests (batch) set to 20 /s']);
  });

  it('tell one drag once in a list, and how many more there were', () => {
    const drag = turned([1000, 'cache.ttl', 9e6], [1060, 'cache.ttl', 8e6], [1120, 'cache.ttl', 7e6]);
    expect(listedMarks(actMarks(drag), 100).shown.map(({ atUs }) => atUs)).toEqual([1120]);
    expect(listedMarks(actMarks(drag), 50).shown).toHaveLength(3);
    const apart = turned([1000, 'cache.ttl', 9e6], [1001, 'cache.jitter', 0], [1002, 'cache.ttl', 7e6]);
    expect(listedMarks(actMarks(apart), 100)).toMatchObject({ shown: [{}, {}, {}], left: 0 });
    expect(listedMarks(actMarks(apart), 0, 2)).toMatchObject({ shown: [{ atUs: 1001 }, { atUs: 1002 }], left: 1 });
  });
});

describe('words', () => {
  it('tells differences in points, times or percent', () => {
    expect(differenceText('share', 0.938, 0.801)).toBe('13.7 points lower');
    expect(differenceText('rate', 74, 640)).toBe('8.65 times higher');
    expect(thin(differenceText('duration', 1000, 900))).toBe('10 % lower');
    expect(differenceText('rate', 0, 3)).toBe('up from none');
    expect(differenceText('rate', 3, 0)).toBe('down to none');
    expect(differenceText('rate', 0, 0)).toBe('the same');
    expect(differenceText('rate', Number.NaN, 3)).toBe('');
  });

  it('describes a chart from the numbers that it draws', () => {
    const run = withWindows(fresh({ window: '1s' }), [redisGets(10, 4), redisGets(10, 9)]);
    const model = chartSeries(chart('hit-ratio'), [run], 2e6);
    const headline = chartHeadline(chart('hit-ratio'), [run], 2e6, { label: 'theory', value: 0.941 });
    expect(thin(chartDescription(model, headline, 2e6))).toBe(
      'Hit ratio at 2 s: 90 %, of 10 /s, theory 94.1 % (4.1 points lower). From 40 % at 500 ms to 90 % at 1.5 s so far.',
    );
  });
});

describe('every chart on a real run', () => {
  it('has a headline, lines and a sentence', async () => {
    const scenario = scenarioOf({
      duration: '6s',
      traffic: { readers: { rate: '900/s', count: 300, writes: '4%' } },
      cache: { capacity: 120, ttl: '700ms' },
      database: { slots: 4, read: '6ms' },
      clients: { timeout: '40ms' },
    });
    const run = await simulatedRun(scenario);
    for (const id of chartIds) {
      const model = chartSeries(chart(id), [run], run.horizonUs);
      const headline = chartHeadline(chart(id), [run], 5e6);
      // Nothing was old here, so that there is no age.
      expect([id, Number.isFinite(headline.value)]).toEqual([id, id !== 'stale-age']);
      expect(model.series.length).toBeGreaterThan(0);
      const most = Math.max(...model.series.flatMap(({ points }) => points.map(({ v }) => v || 0)));
      expect(model.axis.to).toBeGreaterThanOrEqual(most);
      expect(chartDescription(model, headline, 5e6)).toContain(chart(id).title);
    }
    const layers = chartSeries(chart('misses-by-cause'), [run], run.horizonUs).series;
    const missed = layers.reduce((sum, { points }) => sum + points.reduce((total, { v }) => total + v * 0.25, 0), 0);
    const total = (name: string) => run.totals[run.windows.column(name)];
    expect(missed).toBeCloseTo(total('cache.gets{tier=redis}') - total('cache.hits{tier=redis}'));
  });
});
