import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { readScenario } from '../scenario/readScenario.ts';
import type { Scenario, ScenarioInput } from '../scenario/schema.ts';
import { metricCatalogue, metricFamilies, metricReader } from './catalogue.ts';
import { metricColumns } from './columns.ts';
import { meaningOf } from './meanings.ts';
import { type MetricReport, RunReport } from './report.ts';

const scenarioOf = (settings: Partial<ScenarioInput>): Scenario => {
  const read = readScenario({ scenario: 1, id: 't', title: 'T', traffic: { readers: {} }, ...settings });
  if ('problems' in read) throw new Error(read.problems[0].message);
  return read.scenario;
};

function reportOf(
  scenario: Scenario,
  untilUs = scenario.duration,
): { report: MetricReport; rows: ReturnType<typeof simulate>['batch']['closed'] } {
  const { meta, batch } = simulate(scenario, [], untilUs);
  const report = new RunReport(scenario, meta.metricColumns);
  report.addWindows(batch.windows);
  return { report: report.build(batch.totals, batch.latency, untilUs), rows: batch.closed };
}

describe('the catalogue', () => {
  const scenario = scenarioOf({ app: { servers: 2 } });
  const metrics = metricCatalogue(scenario);

  it('names every metric once, and reads only columns that there are', () => {
    const ids = metrics.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const columns = metricColumns(scenario);
    for (const metric of metrics) expect(() => metricReader(metric, columns), metric.id).not.toThrow();
    expect(() => metricReader({ ...metrics[0], over: ['no.such'] }, columns)).toThrow('no metric column no.such');
  });

  it('leaves no column out', () => {
    const used = new Set(
      metrics.flatMap(({ over, under, parts }) => [
        ...over,
        ...(Array.isArray(under) ? under : []),
        ...Object.values(parts ?? {}),
      ]),
    );
    expect(metricColumns(scenario).filter(({ id }) => !used.has(id))).toEqual([]);
  });

  it('says of every column what it means', () => {
    const all = metricColumns(scenarioOf({ app: { servers: 2 }, database: { replicas: 1 } }));
    const byMeaning = new Map<string, Set<string>>();
    for (const { id } of all) {
      const names = byMeaning.get(meaningOf(id)) ?? new Set();
      byMeaning.set(meaningOf(id), names.add(id.split('{')[0]));
    }
    // No two mean the same.
    expect([...byMeaning.values()].filter(({ size }) => size > 1)).toEqual([]);
    expect(meaningOf('cache.misses{tier=redis,cause=expired}')).toBe('Look-ups that found nothing: expired');
    expect(meaningOf('stale.reads{writer=readers}')).not.toBe(meaningOf('stale.reads{node=app1}'));
    expect(() => meaningOf('no.such{node=app1}')).toThrow('nobody says what no.such{node=app1} means');
  });

  it('divides over the time, other columns or slots, and says NaN where there is nothing to divide by', () => {
    const columns = metricColumns(scenario);
    const row = new Float64Array(2 * columns.length);
    const put = (id: string, value: number) => {
      row[columns.length + columns.findIndex((column) => column.id === id)] = value;
    };
    const value = (id: string) =>
      metricReader(metrics.find((metric) => metric.id === id)!, columns)(row, columns.length, 250_000);
    expect(value('hit.ratio{tier=redis}')).toBeNaN();
    put('cache.gets{tier=redis}', 8);
    put('cache.hits{tier=redis}', 6);
    put('database.reads', 2);
    put('database.writes', 1);
    put('node.busy{node=database}', 4);
    put('node.queue{node=database}', 3);
    put('node.arrivals{node=database}', 10);
    expect(value('hit.ratio{tier=redis}')).toBe(0.75);
    expect(value('database.qps')).toBe(12);
    expect(value('node.utilisation{node=database}')).toBe(4 / scenario.database.slots);
    // Little: 3 in line on average over 250 ms, 10 came: 75 ms each.
    expect(value('node.wait{node=database}')).toBe(75_000);
  });

  it('lists families with the values of their labels', () => {
    const families = new Map(metricFamilies(metrics).map((family) => [family.name, family]));
    expect(families.get('hit.ratio')?.labels).toEqual({ tier: ['local', 'redis'] });
    expect(families.get('node.busy')?.labels).toEqual({ node: ['app1…', 'redis', 'database'] });
    expect(families.get('cache.misses')?.meaning).toBe('Look-ups that found nothing, by cause');
    expect(families.get('cache.misses')?.labels.cause).toContain('expired');
  });
});

describe('the report', () => {
  const scenario = scenarioOf({ duration: '10s', traffic: { readers: { rate: '200/s', writes: '10%' } } });
  const { report, rows } = reportOf(scenario);

  it('counts what the rows of the run say', () => {
    const count = (matches: (index: number) => boolean) => {
      let found = 0;
      for (let index = 0; index < rows.length; index++) if (matches(index)) found++;
      return found;
    };
    const isGet = (index: number) => rows.op[index] === 5;
    const hits = count((index) => isGet(index) && rows.outcome[index] === 1);
    expect(hits).toBeGreaterThan(100);
    expect(report['cache.hits{tier=redis}']).toBe(hits);
    expect(report['hit.ratio{tier=redis}']).toBe(hits / count(isGet));
    const reads = count((index) => rows.op[index] === 0 && rows.outcome[index] < 4);
    expect(report['read.latency']).toMatchObject({ count: reads });
    expect(report['reads.rate']).toMatchObject({ mean: reads / 10 });
  });

  it('takes the peak of a rate from its busiest window', () => {
    const { mean, peak } = report['requests.rate'] as { mean: number; peak: number };
    const windowUs = scenario.window;
    const perWindow = new Map<number, number>();
    for (let index = 0; index < rows.length; index++) {
      const isRequest = rows.op[index] <= 1;
      const window = Math.floor(rows.start[index] / windowUs);
      if (isRequest) perWindow.set(window, (perWindow.get(window) ?? 0) + 1);
    }
    // Requests still open at the end have no row yet, and are only in the last window.
    perWindow.delete(scenario.duration / windowUs - 1);
    expect(peak).toBeGreaterThanOrEqual(Math.max(...perWindow.values()) / (windowUs / 1e6));
    expect(peak).toBeGreaterThan(mean);
  });

  it('leaves out the local caches where there are none', () => {
    expect(report['hit.ratio{tier=local}']).toBeUndefined();
    const near = reportOf(scenarioOf({ duration: '1s', local: { enabled: true } })).report;
    expect(near['hit.ratio{tier=local}']).toBeGreaterThan(0);
  });

  it('says null where nothing was counted', () => {
    const silent = reportOf(scenarioOf({ duration: '1s', traffic: { readers: { rate: 0 } } })).report;
    expect(silent['hit.ratio{tier=redis}']).toBeNull();
    expect(silent['read.latency']).toMatchObject({ count: 0, mean: null, 'p99.9': null });
    expect(silent['requests.arrived']).toBe(0);
    const tiny = reportOf(scenarioOf({ duration: '10ms' })).report;
    expect(tiny['node.busy{node=database}']).toEqual({ mean: null, peak: null });
    expect(tiny['stale.age']).toEqual({ mean: null, max: null });
  });
});
