/** The language against a run of the engine, and against people who mean it no good. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '../host/Session.ts';
import { metricCatalogue } from '../metrics/catalogue.ts';
import { RunReport } from '../metrics/report.ts';
import { readScenario } from '../scenario/readScenario.ts';
import { FLAG, OP, OUTCOME } from '../spans/codes.ts';
import { appendColumns, createColumns, type Row, rowAt } from '../spans/columns.ts';
import { evaluateCheck, evaluateExpression } from './evaluateCheck.ts';
import { explainCheck } from './explain.ts';
import { parseCheck, parseExpression } from './parseCheck.ts';
import { createRunReader } from './RunReader.ts';

/** A run that overloads its database now and then, times out, goes stale, and ends in the middle of a window. */
function simulated() {
  const read = readScenario({
    scenario: 1,
    id: 'x',
    title: 'X',
    seed: 5,
    clock: '12:00:00',
    keyName: 'product',
    duration: '12300ms',
    traffic: { readers: { rate: '400/s', count: 300, writes: '5%' } },
    app: { servers: 2 },
    cache: { ttl: '3s', capacity: 200 },
    database: { read: '30ms', slots: 4, pool: 10, queue: 40 },
    clients: { timeout: '120ms' },
    faults: [{ at: '6s', do: 'flush' }],
  });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const { scenario } = read;
  const { meta, batch } = simulate(scenario);
  const rows = createColumns(batch.closed.length + batch.open.length);
  appendColumns(rows, batch.closed);
  appendColumns(rows, batch.open);
  const { windows, totals, latency, horizonUs } = batch;
  const { nodes, metricColumns: columns, windowUs } = meta;
  const report = new RunReport(scenario, columns);
  report.addWindows(windows);
  return {
    scenario,
    figures: report.build(totals, latency, horizonUs),
    rows: Array.from({ length: rows.length }, (_, index) => rowAt(rows, index)),
    totals: (id: string): number => totals[columns.findIndex((column) => column.id === id)],
    reader: createRunReader({ scenario, nodes, columns, windowUs, windows, totals, latency, rows, endUs: horizonUs }),
  };
}

const run = simulated();
const context = { runs: new Map([['only', run.reader]]), moments: new Map([['flush', 6e6]]) };

function valueOf(text: string): number {
  const read = parseExpression(text);
  if ('problem' in read) throw new Error(`${text}: ${read.problem.message}`);
  const found = evaluateExpression(read.expression, context);
  if ('value' in found) return found.value;
  if (found.nodata) return Number.NaN;
  throw new Error(`${text}: ${found.problem.message}`);
}

describe('a run of the engine', () => {
  it('has something of everything', () => {
    for (const id of [
      'requests.timed-out',
      'reads.stale',
      'cache.evictions{tier=redis}',
      'cache.misses{tier=redis,cause=expired}',
    ])
      expect(run.totals(id), id).toBeGreaterThan(0);
    expect(run.rows.some(({ end }) => end === Number.POSITIVE_INFINITY)).toBe(true);
  });

  it('says the same as its report of every metric', () => {
    let compared = 0;
    for (const { id, kind, atEnd } of metricCatalogue(run.scenario)) {
      const figures = run.figures[id];
      if (figures === undefined) continue;
      const claim = (text: string, figure: number | null | undefined) => {
        compared++;
        expect(valueOf(text), text).toBe(figure ?? Number.NaN);
      };
      if (figures === null || typeof figures === 'number') claim(id, figures);
      else if (kind === 'latency') claim(`count(${id})`, 'count' in figures ? figures.count : -1);
      else if ('peak' in figures) {
        claim(id, 'last' in figures ? figures.last : figures.mean);
        claim(`max(${id})`, figures.peak);
        if (!atEnd) claim(`avg(${id})`, 'mean' in figures ? figures.mean : -1);
      } else {
        claim(id, figures.mean);
        if ('max' in figures) claim(`max(${id})`, figures.max);
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  const answered = ({ op, outcome, end }: Row): boolean =>
    op === OP['request.read'] && outcome < OUTCOME.timeout && end < Number.POSITIVE_INFINITY;

  it('has the latencies of its rows', () => {
    for (const [fromUs, toUs, over] of [
      [0, 1e9, ''],
      [2e6, 5.5e6, ' over 2s..5.5s'],
    ] as const) {
      const rows = run.rows.filter((row) => answered(row) && row.start >= fromUs && row.start < toUs);
      const took = rows.map(({ start, end }) => end - start).sort((a, b) => a - b);
      expect(took.length).toBeGreaterThan(500);
      for (const percent of [50, 90, 99])
        expect(valueOf(`p${percent}(read.latency)${over}`)).toBe(took[Math.ceil((percent * took.length) / 100) - 1]);
      expect(valueOf(`max(read.latency)${over}`)).toBe(took.at(-1));
      expect(valueOf(`avg(read.latency)${over}`)).toBe(took.reduce((sum, one) => sum + one, 0) / took.length);
    }
  });

  it('counts by rows what it counts by metrics', () => {
    expect(valueOf('rows{op=request.read|request.write}')).toBe(run.totals('requests.arrived'));
    expect(valueOf('rows{op=request.read|request.write,outcome=timeout}')).toBe(run.totals('requests.timed-out'));
    expect(valueOf('count(age)')).toBe(run.totals('reads.stale'));
    expect(valueOf('rows{op=evict,node=redis}')).toBe(run.totals('cache.evictions{tier=redis}'));
    expect(valueOf('rows{op=cache.get,outcome=miss,cause=expired}')).toBe(
      run.totals('cache.misses{tier=redis,cause=expired}'),
    );
    expect(valueOf('rows{op=request.read,key=product:0|product:1}')).toBe(
      run.rows.filter(({ op, key }) => op === OP['request.read'] && key < 2).length,
    );
    expect(valueOf('max(age)')).toBe(
      Math.max(
        ...run.rows.filter((row) => answered(row) && (row.flags & FLAG.stale) > 0).map(({ detail }) => detail * 1000),
      ),
    );
  });

  it('splits into ranges that add up', () => {
    for (const id of ['database.reads', 'requests.arrived', 'rows{op=database.read}', 'cache.misses']) {
      const parts = ['..2.5s', '2.5s..flush', 'flush..12s', '12s..'].map((range) =>
        valueOf(`sum(${id}) over ${range}`),
      );
      expect(
        parts.slice(0, 3).every((part) => part > 0),
        id,
      ).toBe(true);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(valueOf(`sum(${id})`));
    }
  });

  it('never has more queries under way than the pools of its servers let through', () => {
    const peak = valueOf('peak.rows{op=database.read|database.write,node=database}');
    expect(peak).toBeGreaterThan(4);
    expect(evaluateCheck(check('hit.ratio < 80% over flush.. within 1s'), context).status).toBe('pass');
    expect(evaluateCheck(check('cache.entries{tier=redis} <= 200 for 12s'), context).status).toBe('pass');
  });
});

function check(text: string) {
  const read = parseCheck(text);
  if ('problem' in read) throw new Error(`${text}: ${read.problem.message}`);
  return read.check;
}

describe('people who mean it no good', () => {
  const samples = [
    'max(database.qps) < 300 over flush+0s..flush+1s',
    'p99(took{op=database.read|cache.get,key=product:0,from=app1}) of only == 5ms +- 10% of it',
    'hit.ratio{tier=redis} between 10% and 95% over 12:00:01..12:00:05 for 500ms within 3s',
    '(rows{op=request.read,outcome=timeout} / rows{op=request.read}) over 1s..2s <= 1 - hit.ratio',
    '-peak.rows{node=database} * 2 >= -(100 + max(node.queue.max{node=database})) ',
    'cache.bytes{tier=redis}.peak != 5kb / 2',
    'count(age{key="0"}) > $nothing - 3',
    'p99(took{op=warm}) < 5ms',
    'database.reads of only == 1',
  ];
  const bits = [
    ...Array.from('(){}<>=!+-*/%$".,:| \n0\u00b1\u2028é'),
    '..',
    '+-',
    'over ',
    ' of it',
    '__proto__',
    'constructor',
    '9'.repeat(50),
    'nil',
    '1e9',
    '-0',
    '99:99:99',
    'p99',
    '\ud800',
    ' for 1us',
    ' within 99999d',
  ];
  const change = fc.tuple(
    fc.nat(200),
    fc.nat(12),
    fc.constantFrom('', ...bits, ...samples.map((text) => text.slice(0, 30))),
  );

  it('get an answer to each of 2,000 spoiled checks', () => {
    const statuses = new Map<string, number>();
    const count = (status: string): void => {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    };
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.array(change, { maxLength: 4 }), (sample, changes) => {
        let text = sample;
        for (const [at, length, piece] of changes) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + piece + text.slice(place + length);
        }
        const read = parseCheck(text);
        if ('problem' in read) return count('unread');
        expect(explainCheck(read.check)).not.toBe('');
        const result = evaluateCheck(read.check, context);
        count(result.status);
        expect(result.message).not.toMatch(/undefined|NaN|\[object/);
        const judged = result.status === 'pass' || result.status === 'fail';
        expect(Number.isFinite(result.observed ?? Number.NaN)).toBe(judged);
      }),
      { numRuns: 2000 },
    );
    for (const status of ['unread', 'error', 'nodata', 'pass', 'fail'])
      expect(statuses.get(status), status).toBeGreaterThan(5);
  });

  it('cannot make it count what was never sampled', () => {
    fc.assert(
      fc.property(fc.constantFrom('<', '<=', '>', '>=', '==', '!='), fc.integer(), (comparator, bound) => {
        const { status } = evaluateCheck(check(`avg(took{op=warm}) ${comparator} ${Math.abs(bound)}ms`), context);
        expect(status).toBe('nodata');
      }),
      { numRuns: 50 },
    );
  });
});
