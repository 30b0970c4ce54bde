import { describe, expect, it } from 'vitest';
import { OP } from '../spans/codes.ts';
import { judgeText, smallScenario } from './askRuns.ts';
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

const query = (start: number, end: number) => ({ op: OP['database.read'], start, end });

const queried = run({ windows: [{}, {}, {}], rows: [query(1_000_500, 1_002_500), query(1_001_000, 1_004_000)] });

describe('a comparison', () => {
  it.each([
    ['database.reads < 1050', 'fail'],
    ['database.reads <= 1050', 'pass'],
    ['database.reads > 1050', 'fail'],
    ['database.reads >= 1050', 'pass'],
    ['database.reads == 1050', 'pass'],
    ['database.reads != 1050', 'fail'],
    ['database.reads != 1049', 'pass'],
    ['database.reads between 1050 and 1050', 'pass'],
    ['database.reads between 1051 and 2000', 'fail'],
    ['database.reads == 1000 +- 50', 'pass'],
    ['database.reads == 1000 +- 5%', 'pass'],
    ['database.reads == 1000 ± 4.9%', 'fail'],
    ['database.reads == 1000 +- 5% of it', 'pass'],
    // Of a share, a percentage means points.
    ['hit.ratio == 70% +- 4%', 'pass'],
    ['hit.ratio == 70% +- 4% of it', 'fail'],
    ['hit.ratio == 70% +- 5% of it', 'pass'],
    ['hit.ratio == 0.7 +- 0.04', 'pass'],
    ['cache.hits{tier=redis} / cache.gets{tier=redis} == 70% +- 3%', 'fail'],
    ['1 - hit.ratio < 34%', 'pass'],
    ['database.reads / 4.5s == rate(database.reads)', 'pass'],
    ['database.qps * 4.5s == 1060', 'pass'],
    ['1 / 5ms == 200/s', 'pass'],
    ['2 * 150ms + 1s == 1300ms', 'pass'],
    ['stale.age - 1s == 1s', 'pass'],
    ['stale.age / 500ms == 4', 'pass'],
    ['-database.reads == 0 - 1050', 'pass'],
    ['$expected * 2 == database.reads', 'pass'],
  ])('%s: %s', (text, status) => {
    expect(judgeText(text, counted, { values: new Map([['expected', { value: 525, unit: 'count' }]]) })).toMatchObject({
      status,
    });
  });

  it('compares runs by name, the first one being meant without', () => {
    const runs = {
      plain: run({ windows: [{ 'database.reads': 500 }] }),
      cached: run({ windows: [{ 'database.reads': 20 }] }),
    };
    expect(judgeText('database.reads == 500', runs)).toMatchObject({ status: 'pass' });
    expect(judgeText('database.reads of cached < database.reads / 10', runs)).toMatchObject({
      status: 'pass',
      observed: 20,
    });
    expect(judgeText('database.reads of chached < 1', runs)).toMatchObject({
      status: 'error',
      message: 'unknown run chached, did you mean cached?',
    });
  });

  it('says what it observed, where and when', () => {
    expect(judgeText('max(database.qps) < 300 over 1s..4s', counted)).toEqual({
      status: 'fail',
      observed: 400,
      observedUnit: 'per second',
      atUs: 1e6,
      windowUs: [1e6, 2e6],
      expected: 'under 300',
      message: 'database queries peaked at 400 a second at 11:59:59; expected under 300',
    });
    expect(judgeText('max(took{op=database.read}) <= 3ms', queried)).toMatchObject({
      status: 'pass',
      atUs: 1_001_000,
      windowUs: [0, 3e6],
    });
    expect(judgeText('cache.hits{tier=redis} / cache.gets{tier=redis} > 60%', counted)).toMatchObject({
      observedUnit: 'share',
    });
    expect(judgeText('cache.gets{tier=redis} / cache.hits{tier=redis} > 2', counted)).toMatchObject({
      observedUnit: 'count',
    });
  });

  it('finds ranges by clock and by moment', () => {
    const moments = new Map([
      ['expire', 1e6],
      ['never', Number.NaN],
      ['early', 100],
    ]);
    const within = (range: string) => judgeText(`database.reads >= 0 over ${range}`, counted, { moments });
    expect(within('11:59:59..12:00:01')).toMatchObject({ observed: 600, windowUs: [1e6, 3e6] });
    expect(within('"12:00:00"..')).toMatchObject({ observed: 550 });
    expect(within('expire+0s..expire+1s')).toMatchObject({ observed: 400 });
    expect(within('expire+1s..4s')).toMatchObject({ observed: 500, windowUs: [2e6, 4e6] });
    expect(within('expire+0s..1s')).toMatchObject({
      status: 'error',
      message: expect.stringContaining('write expire+1s'),
    });
    expect(within('expire-1s..expire')).toMatchObject({ observed: 100 });
    expect(within('early-1s..1s')).toMatchObject({ observed: 100 });
    expect(within('never..never+1s')).toMatchObject({ status: 'nodata', message: 'never never came' });
    expect(within('expir..3s')).toMatchObject({
      status: 'error',
      message: 'unknown moment expir, did you mean expire?',
    });
    expect(within('expire+1s..expire')).toMatchObject({
      status: 'error',
      message: expect.stringContaining('ends before it begins'),
    });
    expect(within('2s..1s')).toMatchObject({ status: 'error' });
    expect(
      judgeText(
        'database.reads > 0 over 11:00:00..',
        handMadeRun(smallScenario({ clock: undefined }), { windows: [{}] }),
      ),
    ).toMatchObject({ status: 'error', message: expect.stringContaining('no clock') });
  });
});

describe('for and within', () => {
  const ratio = (values: readonly (number | undefined)[]) =>
    run({
      windows: values.map(
        (value): Record<string, number> => (value === undefined ? {} : { [hits]: value, [gets]: 100 }),
      ),
    });
  const warming = ratio([10, 50, 91, 80, 92, 93, 94, undefined, 95]);

  it.each([
    ['hit.ratio > 90% for 3s', 'pass', [4e6, 7e6]],
    ['hit.ratio > 90% for 4s', 'fail', undefined],
    ['hit.ratio > 90% for 500ms', 'pass', [2e6, 3e6]],
    ['hit.ratio > 90% within 3s', 'pass', [2e6, 3e6]],
    ['hit.ratio > 90% within 2s', 'fail', undefined],
    ['hit.ratio > 90% over 3s.. within 2s', 'pass', [4e6, 5e6]],
    ['hit.ratio > 90% for 2s within 6s', 'pass', [4e6, 6e6]],
    ['hit.ratio > 90% for 2s within 5s', 'fail', undefined],
    // A window that the range only touches may hold what was before it.
    ['hit.ratio < 20% over 500ms.. within 1s', 'nodata', undefined],
    ['hit.ratio > 90% over 2.5s..4.5s for 1s', 'fail', undefined],
    ['hit.ratio > avg(hit.ratio) over 0s..7s for 3s', 'pass', [2e6, 5e6]],
    ['hit.ratio > 96% within 60s', 'nodata', undefined],
    ['hit.ratio > 0% over 7s..8s within 1s', 'nodata', undefined],
  ])('%s: %s', (text, status, windowUs) => {
    const result = judgeText(text, warming);
    expect(result.status).toBe(status);
    if (windowUs !== undefined) expect(result.windowUs).toEqual(windowUs);
  });

  it('says when it came true and how long it held', () => {
    expect(judgeText('hit.ratio > 90% within 3s', warming)).toMatchObject({ observed: 0.91, atUs: 3e6 });
    expect(judgeText('hit.ratio > 90% for 3s', warming)).toMatchObject({ observed: 0.93 });
    expect(judgeText('hit.ratio > 90% for 5s', warming).message).toContain('it held for 3\u00a0s at most');
  });

  it('follows rows and fixed figures through the windows', () => {
    const rows = [0, 1, 1, 2, 2, 2, 3].map((second, index) => query(second * 1e6 + index, second * 1e6 + 500));
    const reader = run({ windows: [{}, {}, {}, {}], rows });
    expect(judgeText('rows{op=database.read} >= 2 for 2s', reader)).toMatchObject({
      status: 'pass',
      windowUs: [1e6, 3e6],
    });
    expect(
      judgeText('rows{op=database.read} - (rows{op=database.read} over 1s..2s) > 0 within 4s', reader),
    ).toMatchObject({ status: 'pass', windowUs: [2e6, 3e6] });
    expect(judgeText('peak.rows{op=database.read} == 3 within 3s', reader)).toMatchObject({
      status: 'pass',
      windowUs: [2e6, 3e6],
    });
  });
});

describe('nothing to judge by', () => {
  const empty = run({ windows: [{}, {}] });
  it.each([
    'hit.ratio >= 0',
    'max(hit.ratio) >= 0',
    'p99(read.latency) < 1s',
    'avg(read.latency) < 1s',
    'max(took{op=database.read}) < 1s',
    'stale.age < 1s',
    'max(stale.age) < 1s',
    'age.peak < 1s',
    'first(rows{op=evict}) > 0s',
    'last(hit.ratio) >= 0',
    'hit.ratio != 5%',
    'hit.ratio > 1% for 1s',
    'database.reads / cache.gets{tier=redis} < 1',
    'database.reads < avg(read.latency) / 1ms',
    '5 < $unset',
    'database.reads == 0 over 1s..3s',
    'database.reads == 0 over 2s..',
  ])('%s has no data', (text) => {
    const values = new Map([['unset', { value: Number.NaN, unit: 'count' as const }]]);
    const result = judgeText(text, empty, { values });
    expect(result).toMatchObject({ status: 'nodata' });
    expect(result.observed).toBeUndefined();
    expect(result.message).not.toBe('');
  });

  it.each([
    'errors == 0',
    'rows{op=evict} == 0',
    'rate(database.reads) == 0',
    'count(read.latency) == 0',
    'peak.rows{op=evict} == 0',
    'database.qps == 0',
  ])('%s is an honest zero', (text) => {
    expect(judgeText(text, empty)).toMatchObject({ status: 'pass', observed: 0 });
  });

  it('knows no levels without a whole window, nor counts of windows that are not there', () => {
    const short = run({ rest: { 'database.reads': 7 }, endUs: 400_000 });
    expect(judgeText('database.reads == 7', short)).toMatchObject({ status: 'pass' });
    expect(judgeText('requests.in-flight == 0', short)).toMatchObject({ status: 'nodata' });
    expect(judgeText('max(database.reads) < 1', short)).toMatchObject({ status: 'nodata' });
    const late = run({ windows: [{ 'database.reads': 1 }], first: 3, endUs: 4e6 });
    expect(judgeText('database.reads == 0 over 0s..1s', late)).toMatchObject({ status: 'nodata' });
    expect(judgeText('database.reads == 1 over 3s..4s', late)).toMatchObject({ status: 'pass' });
  });
});
