import { describe, expect, it } from 'vitest';
import { FLAG, OP, OUTCOME, type Row } from '../../../src/index.ts';
import { columnsOf, runOfRows, scenarioOf, simulatedRun } from '../testRun.ts';
import { ContentsReader } from './ContentsReader.ts';
import { cacheNodes, contentsModel } from './model.ts';

const redis = 8;
let nextId = 0;
const call = (op: keyof typeof OP, request: number, leave: number, more: Partial<Row> = {}): Partial<Row> => ({
  op: OP[op],
  request,
  id: ++nextId,
  node: redis,
  start: leave - 20,
  sent: leave - 20,
  arrive: leave - 10,
  service: leave - 5,
  leave,
  end: leave + 10,
  ...more,
});
const instant = (op: keyof typeof OP, at: number, more: Partial<Row> = {}): Partial<Row> => {
  const when = { start: at, sent: at, arrive: at, service: at, leave: at, end: at };
  return { op: OP[op], id: ++nextId, node: redis, ...when, ...more };
};
const set = (request: number, key: number, version: number, leave: number, ttlMs = 1, more: Partial<Row> = {}) =>
  call('cache.set', request, leave, { key, version, detail: ttlMs, ...more });
const keysAt = (reader: ContentsReader, atUs: number): number[] => {
  reader.seek(atUs, 1e9);
  return reader.entries().map(({ key }) => key);
};

describe('ContentsReader on hand-made rows', () => {
  it('applies a store when the node is done with it, not when its caller knows', () => {
    const reader = new ContentsReader(runOfRows([set(1, 7, 3, 100)]).spans, redis);
    expect(keysAt(reader, 99)).toEqual([]);
    expect(keysAt(reader, 100)).toEqual([7]);
    expect(reader.entry(0)).toEqual({
      slot: 0,
      key: 7,
      version: 3,
      storedUs: 100,
      expiresUs: 1100,
      lastReadUs: 100,
      reads: 0,
      stale: false,
      overdue: false,
      goneUs: 1100,
      at: -1,
      pointer: false,
    });
  });

  it('sees what an open row has already done', () => {
    const reader = new ContentsReader(
      runOfRows([], [set(1, 7, 1, 100, -1, { end: Number.POSITIVE_INFINITY })]).spans,
      redis,
    );
    expect(keysAt(reader, 105)).toEqual([7]);
    expect(reader.entry(0)?.expiresUs).toBe(Number.POSITIVE_INFINITY);
  });

  it('orders by effect, not by closing: a delete that overtakes a store in closing comes after it', () => {
    const late = set(1, 7, 1, 100, 1, { end: 500 });
    const early = call('cache.delete', 2, 200, { key: 7, end: 210 });
    const { spans } = runOfRows([early, late]);
    expect(keysAt(new ContentsReader(spans, redis), 150)).toEqual([7]);
    expect(keysAt(new ContentsReader(spans, redis), 600)).toEqual([]);
  });

  it('counts reads, keeps the last, and marks what the database has overtaken', () => {
    const rows = [
      set(1, 7, 1, 100),
      call('cache.get', 2, 200, { key: 7, version: 1, outcome: OUTCOME.hit }),
      call('cache.get', 3, 300, { key: 7, version: -1, outcome: OUTCOME.timeout }),
      call('database.write', 4, 400, { key: 7, version: 2, node: redis + 1 }),
    ];
    const reader = new ContentsReader(runOfRows(rows).spans, redis);
    reader.seek(350, 1e9);
    expect(reader.entry(0)).toMatchObject({ reads: 1, lastReadUs: 200, stale: false });
    reader.seek(400, 1e9);
    expect(reader.entry(0)).toMatchObject({ stale: true });
  });

  it('keeps slots: the lowest free one goes to a newcomer, an overwritten entry stays where it is', () => {
    const rows = [
      set(1, 10, 1, 100),
      set(2, 11, 1, 101),
      set(3, 12, 1, 102),
      instant('expire', 110, { key: 11 }),
      instant('evict', 110, { key: 10 }),
      set(4, 12, 2, 120),
      set(5, 13, 1, 130),
      set(6, 14, 1, 140),
      set(7, 15, 1, 150),
    ].sort((a, b) => (a.end as number) - (b.end as number));
    const reader = new ContentsReader(runOfRows(rows).spans, redis);
    reader.seek(125, 1e9);
    expect(reader.entries().map(({ slot, key, version }) => [slot, key, version])).toEqual([[2, 12, 2]]);
    reader.seek(200, 1e9);
    expect(reader.entries().map(({ slot, key }) => [slot, key])).toEqual([
      [0, 13],
      [1, 14],
      [2, 12],
      [3, 15],
    ]);
  });

  it('ignores what never reached the contents, and believes what did although its caller had given up', () => {
    const rows = [
      set(1, 1, 1, 100, 0, { outcome: OUTCOME.refused }),
      set(2, 2, 1, Number.POSITIVE_INFINITY, 0, { outcome: OUTCOME.lost, start: 0, end: 130 }),
      set(3, 3, 1, 150, 1, { outcome: OUTCOME.timeout, end: 140, flags: FLAG.abandoned }),
      set(4, 4, 1, 160),
      call('cache.delete', 5, 170, { key: 4, outcome: OUTCOME.refused }),
      set(6, 4, 1, 180, 1, { outcome: OUTCOME.rejected }),
    ];
    const reader = new ContentsReader(runOfRows(rows).spans, redis);
    expect(keysAt(reader, 175)).toEqual([3, 4]);
    expect(keysAt(reader, 180)).toEqual([3]);
  });

  it('puts an eviction just before the store that caused it, also within one µs', () => {
    const rows = [set(1, 1, 1, 100), instant('evict', 100, { key: 1, request: 2 }), set(2, 2, 1, 100)];
    const sorted = [rows[1], rows[0], rows[2]];
    expect(keysAt(new ContentsReader(runOfRows(sorted).spans, redis), 100)).toEqual([2]);
  });

  it('empties at a flush, and forgets only its own node', () => {
    const rows = [set(1, 1, 1, 100), set(2, 2, 1, 100, 1, { node: 4 }), instant('flush', 120)];
    rows.sort((a, b) => (a.end as number) - (b.end as number));
    const { spans } = runOfRows(rows);
    expect(keysAt(new ContentsReader(spans, redis), 130)).toEqual([]);
    expect(keysAt(new ContentsReader(spans, 4), 130)).toEqual([2]);
  });

  it('never reads past what is known', () => {
    const reader = new ContentsReader(runOfRows([set(1, 1, 1, 100)]).spans, redis);
    expect(reader.seek(5000, 80).atUs).toBe(79);
    reader.spans.append(columnsOf([set(2, 2, 1, 79.5 + 20.5)]), columnsOf([]));
    expect(keysAt(reader, 150)).toEqual([1, 2]);
  });
});

describe('ContentsReader on real runs', () => {
  const traffic = { readers: { rate: '2000/s', count: 400, writes: '5%' } };
  const hard = scenarioOf({
    duration: '12s',
    window: '100ms',
    traffic,
    cache: { capacity: 90, ttl: '900ms', jitter: '300ms', timeout: '1200us' },
    database: { read: '2ms', slots: 12 },
    local: { enabled: true, capacity: 20, ttl: '400ms' },
    faults: [
      { at: '3s', do: 'flush' },
      { at: '4s', do: 'kill', node: 'redis', for: '500ms' },
      { at: '6s', do: 'slow', node: 'redis', factor: 45, for: '1s' },
      { at: '8s', do: 'set', path: 'cache.capacity', value: 40 },
      { at: '9s', do: 'kill', node: 'app1', for: '500ms' },
      { at: '10s', do: 'lose', message: 'cache.set', count: 30 },
    ],
  });

  it('holds as many entries at the end of every window as the engine counted', async () => {
    const run = await simulatedRun(hard, [], hard.duration, 3);
    const redisNode = run.meta.nodes.findIndex(({ kind }) => kind === 'redis');
    const locals = cacheNodes(run).filter((node) => node !== redisNode);
    const readers = [redisNode, ...locals].map((node) => new ContentsReader(run.spans, node));
    const counted = (window: number, tier: string) =>
      run.windows.at(window, run.windows.column(`cache.entries{tier=${tier}}`));
    expect(run.windows.count).toBe(120);
    for (let window = 0; window < 119; window++) {
      const held = readers.map((reader) => reader.seek((window + 1) * 100_000 - 1, run.horizonUs).entries);
      expect([window, held[0]]).toEqual([window, counted(window, 'redis')]);
      const inMemory = held.slice(1).reduce((sum, entries) => sum + entries, 0);
      expect([window, inMemory]).toEqual([window, counted(window, 'local')]);
    }
  });

  it('reads the same contents and slots forward in small steps, in one leap, and backward over checkpoints', async () => {
    const run = await simulatedRun(hard);
    const node = run.meta.nodes.findIndex(({ kind }) => kind === 'redis');
    const moments = [11_999_000, 40_000, 7_777_777, 3_000_001, 5_999_999, 11_000_000, 4_100_000];
    const walker = new ContentsReader(run.spans, node);
    const seen = new Map<number, unknown>();
    for (const atUs of [...moments].sort((a, b) => a - b)) {
      for (let us = atUs - 5000; us <= atUs; us += 100) walker.seek(us, run.horizonUs);
      seen.set(atUs, walker.entries());
    }
    for (const atUs of moments) {
      const leap = new ContentsReader(run.spans, node);
      leap.seek(atUs, run.horizonUs);
      walker.seek(atUs, run.horizonUs);
      expect(leap.entries()).toEqual(seen.get(atUs));
      expect(walker.entries()).toEqual(seen.get(atUs));
    }
  });

  it('says that it is not exact only where rows were thinned away', async () => {
    const run = await simulatedRun(hard);
    const node = run.meta.nodes.findIndex(({ kind }) => kind === 'redis');
    const follower = new ContentsReader(run.spans, node);
    expect(follower.seek(11_000_000, run.horizonUs).exact).toBe(true);
    run.spans.thinnedBeforeUs = 5_000_000;
    expect(new ContentsReader(run.spans, node).seek(11_000_000, run.horizonUs).exact).toBe(false);
    expect(follower.seek(11_500_000, run.horizonUs).exact).toBe(true);
  });
});

describe('contentsModel', () => {
  const rows = [set(1, 17, 2, 100_000, 100), set(2, 4, 1, 100_500, -1), set(3, 170, 0, 101_000, 100)];
  const get = call('cache.get', 4, 110_000, { key: 17, version: 2, outcome: OUTCOME.hit });
  const run = runOfRows([...rows, get], [], scenarioOf({ keyName: 'menu', cache: { capacity: 5 } }));
  const reader = new ContentsReader(run.spans, redis);

  it('lists the most read first, with what is left of their lives', () => {
    const model = contentsModel(run, reader, 150_000);
    expect(model.lines.map(({ title, reads }) => [title, reads])).toEqual([
      ['menu:17', 1],
      ['menu:4', 0],
      ['menu:170', 0],
    ]);
    expect(model.lines[0]).toMatchObject({ leftUs: 50_000, leftShare: 0.5 });
    expect(model.lines[1]).toMatchObject({ leftUs: Number.POSITIVE_INFINITY, leftShare: 1 });
    expect(model.sentence).toBe(
      'Redis holds 3 of 5 entries, 1 of them saying that there is no such row. menu:17 was found once and expires in 50\u202fms.',
    );
  });

  it('finds a key by its whole name first, else by any part of it', () => {
    expect(contentsModel(run, reader, 150_000, 'menu:17').lines.map(({ key }) => key)).toEqual([17]);
    expect(contentsModel(run, reader, 150_000, '17').lines.map(({ key }) => key)).toEqual([17]);
    expect(contentsModel(run, reader, 150_000, '1').lines.map(({ key }) => key)).toEqual([17, 170]);
    expect(contentsModel(run, reader, 150_000, '', 1).more).toBe(2);
  });
});
