import { describe, expect, it } from 'vitest';
import { FLAG, OP, OUTCOME, type Row } from '../../../src/index.ts';
import { requestTrace } from '../requestTrace.ts';
import { runOfRows, scenarioOf, simulatedRun } from '../testRun.ts';
import { type FindKind, findRequest, searchFromUs } from './findRequest.ts';
import { requestModel } from './model.ts';

const thin = (text: string | undefined) => text?.replaceAll('\u202f', ' ');
const root = (request: number, end: number, more: Partial<Row> = {}): Partial<Row> => {
  const times = { start: end - 100, sent: end - 100, arrive: end - 60, service: end - 60, leave: end - 40, end };
  return {
    op: OP['request.read'],
    request,
    id: request,
    node: 2,
    outcome: OUTCOME.hit,
    version: 1,
    key: 7,
    ...times,
    ...more,
  };
};
const rows = [
  root(1, 100),
  root(2, 200, { outcome: OUTCOME.miss }),
  root(3, 300, { flags: FLAG.stale, detail: 41_000, version: 16 }),
  root(4, 400, { outcome: OUTCOME.timeout }),
  root(5, 1500, { start: 500 }),
  root(6, 1600, { op: OP['request.write'], outcome: OUTCOME.ok, start: 10 }),
];
const run = {
  ...runOfRows(rows),
  latency: {
    read: { count: 5, mean: 0, p50: 0, p90: 0, p95: 0, p99: 900, p999: 0, max: 0 },
    write: { count: 0, mean: 0, p50: 0, p90: 0, p95: 0, p99: 0, p999: 0, max: 0 },
  },
};

describe('findRequest', () => {
  it.each<[FindKind, number, number]>([
    ['miss', 2, 200],
    ['stale', 3, 300],
    ['error', 4, 400],
    ['slow', 5, 1500],
  ])('finds the next %s, and none behind it', (kind, request, atUs) => {
    expect(findRequest(run, kind, 0)).toEqual({ request, atUs });
    expect(findRequest(run, kind, atUs - 1)).toEqual({ request, atUs });
    expect(findRequest(run, kind, atUs)).toBeNull();
  });

  it('looks on behind the request that is being looked at', () => {
    expect(searchFromUs(run, 5, 700)).toBe(1500);
    expect(searchFromUs(run, 5, 200)).toBe(200);
    expect(searchFromUs(run, null, 200)).toBe(200);
    expect(searchFromUs(run, 99, 200)).toBe(200);
  });
});

describe('requestModel', () => {
  it('says what it was, how it went and what is odd about it', () => {
    const model = requestModel(run, 3);
    expect(model).toMatchObject({ title: 'Request 3', what: 'read of item:7, served by App 1' });
    expect(thin(model?.chip.text)).toBe('stale: 41 s old');
    expect(thin(model?.aside)).toBe('It got version 16, which the database had replaced 41 s before.');
    expect(requestModel(run, 99)).toBeNull();
  });

  it('counts the crowd after the same key, on a real stampede', async () => {
    const stampede = await simulatedRun(
      scenarioOf({
        duration: '3s',
        traffic: { readers: { rate: '600/s', keys: 'hot', hotShare: '100%', count: 10, arrivals: 'constant' } },
        cache: { ttl: '1s' },
        database: { read: '100ms', shape: 'constant', slots: 1000, pool: 1000 },
      }),
    );
    const found = findRequest(stampede, 'miss', 1_050_000);
    const aside = requestModel(stampede, found?.request ?? 0)?.aside ?? '';
    const others = Number(/^\d+/.exec(aside)?.[0]);
    const key = requestTrace(stampede.spans, found?.request ?? 0)?.root.key;
    // 600 a second keep missing for the 100 ms that the first rebuild takes, link times on top.
    expect(key).toBe(0);
    expect(others).toBeGreaterThan(50);
    expect(others).toBeLessThan(75);
  });

  it('leads from a reader that waited to the one who loaded, and says how many waited for that', async () => {
    const shared = await simulatedRun(
      scenarioOf({
        duration: '2s',
        app: { servers: 1 },
        traffic: { readers: { rate: '400/s', keys: 'hot', hotShare: '100%', count: 10, arrivals: 'constant' } },
        cache: { ttl: '500ms' },
        database: { read: '50ms', shape: 'constant' },
        protect: { singleFlight: true },
      }),
    );
    const waiter = requestModel(shared, 3);
    const [{ title, requests }] = waiter?.links ?? [];
    expect(title).toBe('It waited for');
    const leader = requestModel(shared, requests[0]);
    expect(leader?.links[0].title).toBe('Waited for it');
    expect(leader?.links[0].requests).toContain(3);
    // 400 a second while the first query takes 50 ms.
    const waiters = Number(/^\d+/.exec(leader?.aside ?? '')?.[0]);
    expect(waiters).toBeGreaterThanOrEqual(18);
    expect(waiters).toBeLessThanOrEqual(22);
    expect(leader?.aside).toMatch(/readers waited for its load, and asked the database for nothing\.$/);
  });

  it('says who turned it away', () => {
    const instant = { op: OP.bloom, request: 7, id: 8, parent: 7, node: 2, start: 1640, leave: 1640, end: 1640 };
    const turned = runOfRows([instant, root(7, 1700, { outcome: OUTCOME.absent })]);
    expect(requestModel(turned, 7)?.aside).toBe('The Bloom filter says: no such row.');
  });

  it('leads from a stale answer to the request that stored it', () => {
    const at = (us: number) => ({
      start: us - 20,
      sent: us - 20,
      arrive: us - 10,
      service: us - 5,
      leave: us,
      end: us + 10,
    });
    const store = (request: number, us: number, version: number) => {
      return { op: OP['cache.set'], request, id: us, node: 8, from: 2, key: 7, version, detail: 60_000, ...at(us) };
    };
    const found = {
      op: OP['cache.get'],
      request: 3,
      id: 900,
      parent: 3,
      node: 8,
      key: 7,
      outcome: OUTCOME.hit,
      ...at(240),
    };
    const stale = root(3, 300, { flags: FLAG.stale, detail: 1, version: 1, outcome: OUTCOME.hit });
    const stored = [store(5, 100, 1), store(6, 150, 1), store(7, 200, 2), found, stale, store(9, 320, 1)];
    expect(requestModel(runOfRows(stored), 3)?.links).toEqual([{ title: 'What it got was stored by', requests: [6] }]);
    expect(requestModel(runOfRows([...stored.slice(0, 4), { ...stale, flags: 0 }]), 3)?.links).toEqual([]);
  });
});
