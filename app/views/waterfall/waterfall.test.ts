import { describe, expect, it } from 'vitest';
import { FLAG, OP, OUTCOME, type Row } from '../../../src/index.ts';
import { requestTrace } from '../requestTrace.ts';
import { runOfRows, scenarioOf, simulatedRun } from '../testRun.ts';
import { lineAhead } from './lineAhead.ts';
import { waterfallModel } from './model.ts';
import { rowSegments } from './phases.ts';

const NEVER = Number.POSITIVE_INFINITY;
const [app, redis, database] = [2, 8, 9];
const thin = (text: string) => text.replaceAll('\u202f', ' ');
const blank: Row = {
  start: 0,
  sent: NEVER,
  arrive: NEVER,
  service: NEVER,
  leave: NEVER,
  end: NEVER,
  request: 1,
  id: 1,
  parent: 0,
  key: 0,
  version: -1,
  detail: 0,
  op: 0,
  outcome: 0,
  cause: 0,
  flags: 0,
  node: 0,
  from: 0,
};
const row = (more: Partial<Row>): Row => ({ ...blank, ...more });
const closing = (some: Partial<Row>) => Math.max(Number(some.end), some.flags ? Number(some.leave) : 0);
const short = (segments: ReturnType<typeof rowSegments>) =>
  segments.map(
    ({ kind, fromUs, untilUs, abandoned }) => `${kind} ${fromUs}-${untilUs}${abandoned ? ' abandoned' : ''}`,
  );
const root = (more: Partial<Row> = {}): Partial<Row> => ({
  op: OP['request.read'],
  request: 1,
  id: 1,
  node: app,
  start: 0,
  sent: 0,
  arrive: 5200,
  service: 5200,
  leave: 158_200,
  end: 163_400,
  outcome: OUTCOME.miss,
  ...more,
});

describe('the phases of a row', () => {
  it('follow each other from wish to outcome', () => {
    const all = row({ start: 0, sent: 10, arrive: 20, service: 50, leave: 90, end: 100 });
    expect(short(rowSegments(all, 1e9))).toEqual([
      'connection 0-10',
      'wire 10-20',
      'line 20-50',
      'service 50-90',
      'wire 90-100',
    ]);
  });

  it('end where knowledge ends', () => {
    const all = row({ start: 0, sent: 0, arrive: 20, service: 50 });
    expect(short(rowSegments(all, 70))).toEqual(['wire 0-20', 'line 20-50', 'service 50-70']);
  });

  it('show what a caller gave up on', () => {
    const connecting = row({ start: 0, end: 80, outcome: OUTCOME.timeout });
    expect(short(rowSegments(connecting, 1e9))).toEqual(['connection 0-80']);
    const lost = row({ start: 0, sent: 0, end: 80, outcome: OUTCOME.lost });
    expect(short(rowSegments(lost, 1e9))).toEqual(['lost 0-80']);
    const inService = row({ start: 0, sent: 0, arrive: 20, service: 50, leave: 130, end: 80, flags: FLAG.abandoned });
    expect(short(rowSegments(inService, 1e9))).toEqual([
      'wire 0-20',
      'line 20-50',
      'service 50-80',
      'service 80-130 abandoned',
    ]);
    const inLine = row({ start: 0, sent: 0, arrive: 20, service: 95, leave: 130, end: 80, flags: FLAG.abandoned });
    expect(short(rowSegments(inLine, 1e9))).toEqual([
      'wire 0-20',
      'line 20-80',
      'line 80-95 abandoned',
      'service 95-130 abandoned',
    ]);
    const refused = row({ start: 0, sent: 0, arrive: 20, leave: 20, end: 40, outcome: OUTCOME.rejected });
    expect(short(rowSegments(refused, 1e9))).toEqual(['wire 0-20', 'wire 20-40']);
  });
});

describe('waterfallModel', () => {
  const get = { op: OP['cache.get'], request: 1, id: 2, node: redis, from: app, outcome: OUTCOME.miss };
  const query = { op: OP['database.read'], request: 1, id: 3, node: database, from: app };
  const calls: Partial<Row>[] = [
    { ...get, start: 5500, sent: 5500, arrive: 5750, service: 5750, leave: 5760, end: 6010 },
    { ...query, start: 6010, sent: 6010, arrive: 6260, service: 150_000, leave: 157_950, end: 158_200 },
  ];
  const waiting = (id: number, more: Partial<Row> = {}): Partial<Row> => ({
    ...query,
    request: id,
    id,
    start: 100,
    sent: 100,
    arrive: 350 + id,
    service: 100_000 + id,
    leave: 180_000,
    end: 200_000,
    ...more,
  });

  it('splits the whole latency, and says in one sentence where most of it went', () => {
    const model = waterfallModel(runOfRows([...calls, root(), waiting(10), waiting(11)]), 1);
    expect(model?.rows.map(({ title }) => title)).toEqual([
      'App 1: the request itself',
      'Redis: look up',
      'Database: query',
    ]);
    expect(model?.latencyUs).toBe(163_400);
    expect(model?.totals.reduce((sum, { us }) => sum + us, 0)).toBe(163_400);
    expect(model?.totals[0]).toMatchObject({ kind: 'line', node: database, us: 143_740 });
    expect(model?.totals.find(({ kind }) => kind === 'own')?.us).toBe(300);
    expect(thin(model?.sentence ?? '')).toBe('144 ms of 163 ms: waiting in the database’s line behind 2 others.');
  });

  it('counts only those in the same line before it', () => {
    const others = [
      waiting(10),
      waiting(11, { arrive: 6260 }),
      waiting(12, { arrive: 6260, id: 2.5 }),
      waiting(13, { service: 6000 }),
      waiting(14, { node: redis }),
      waiting(15, { end: 3000, flags: FLAG.abandoned }),
      waiting(16, { service: NEVER, leave: 6260 }),
    ];
    const run = runOfRows([...calls, root(), ...others].sort((a, b) => closing(a) - closing(b)));
    const target = requestTrace(run.spans, 1)?.calls[1] as Row;
    // 10 and 15 stand before it; 12 came in the same µs with a smaller number (stored as 2).
    expect(lineAhead(run.spans, target)).toBe(3);
    run.spans.thinnedBeforeUs = 10_000;
    expect(lineAhead(run.spans, target)).toBeNull();
  });

  it('says what went on after the client had gone', () => {
    const left = root({ end: 100_000, flags: FLAG.abandoned, outcome: OUTCOME.timeout });
    const model = waterfallModel(runOfRows([...calls, left]), 1);
    expect(model?.totals.reduce((sum, { us }) => sum + us, 0)).toBe(100_000);
    expect(thin(model?.sentence ?? '')).toBe(
      '93.7 ms of 100 ms: waiting in the database’s line, next in line. The client gave up after 100 ms; App 1 went on for nobody, 58.2 ms more.',
    );
  });

  it('shows a request that is still under way, and null for one that is not there', () => {
    const open = [root({ leave: NEVER, end: NEVER }), { ...calls[1], service: NEVER, leave: NEVER, end: NEVER }];
    const run = runOfRows([calls[0]], open);
    run.horizonUs = 46_260;
    const model = waterfallModel(run, 1);
    expect(model).toMatchObject({ latencyUs: 46_260, complete: false });
    expect(thin(model?.sentence ?? '')).toBe('40 ms of 46.3 ms so far: waiting in the database’s line, next in line.');
    expect(waterfallModel(run, 2)).toBeNull();
  });

  it('adds up to the latency for every request of a real run', async () => {
    const scenario = scenarioOf({
      duration: '3s',
      traffic: { readers: { rate: '700/s', count: 200, writes: '10%' } },
      cache: { capacity: 60, ttl: '300ms', timeout: '2ms' },
      database: { read: '9ms', slots: 4, pool: 2, timeout: '60ms', queue: 20 },
      clients: { timeout: '80ms' },
      faults: [
        { at: '1s', do: 'kill', node: 'redis', for: '300ms' },
        { at: '2s', do: 'lose', message: 'database.read', count: 5 },
      ],
    });
    const run = await simulatedRun(scenario);
    let seen = 0;
    for (let request = 1; ; request++) {
      const model = waterfallModel(run, request);
      if (model === null) break;
      seen++;
      const sum = model.totals.reduce((total, { us }) => total + us, 0);
      expect([request, sum]).toEqual([request, model.latencyUs]);
      expect(model.sentence).toMatch(/\.$/);
    }
    expect(seen).toBe(run.totals[run.windows.column('requests.arrived')]);
  });
});
