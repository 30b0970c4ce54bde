import { describe, expect, it } from 'vitest';
import { CAUSE, OP, OUTCOME, type Row, rowAt, type ScenarioInput } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import { runOfRows, scenarioOf, simulatedRun } from '../testRun.ts';
import { ContentsReader } from './ContentsReader.ts';
import { contentsRules } from './contentsRules.ts';
import { cacheNodes, contentsModel } from './model.ts';

const base: Partial<ScenarioInput> = {
  duration: '4s',
  window: '100ms',
  traffic: { readers: { rate: '900/s', count: 300, writes: '8%', missing: '10%' } },
  cache: { capacity: 120, ttl: '700ms', jitter: '400ms' },
  database: { read: '3ms', slots: 12 },
};
const features: Record<string, Partial<ScenarioInput>> = {
  'negative entries': { protect: { negative: '200ms' } },
  'entries past their time': { protect: { stale: '500ms' } },
  'read-through': { pattern: { read: 'read-through' }, protect: { singleFlight: true, negative: '300ms' } },
  'write-behind': { pattern: { write: 'write-behind' } },
  'write-behind with a log': { pattern: { write: 'write-behind' }, writeBehind: { log: true } },
  'write-through': { pattern: { write: 'write-through' } },
  'compare and set': { invalidation: { onWrite: 'compare-and-set' } },
  'update on write': { invalidation: { onWrite: 'update' } },
  'double delete': { invalidation: { onWrite: 'double-delete', secondDelete: '100ms' } },
  'versioned keys': { invalidation: { onWrite: 'versioned-keys' } },
  'refresh ahead, early': { pattern: { read: 'refresh-ahead', refreshAfter: '300ms' }, protect: { early: 1 } },
  'a lock': { protect: { lock: true, singleFlight: true } },
  admission: { protect: { admit: 'second-request' } },
  pages: {
    traffic: { readers: { rate: '300/s', count: 300, writes: '8%', pageKeys: 6, batch: true } },
  },
  'jitter around': { cache: { capacity: 120, ttl: '700ms', jitter: '600ms', jitterMode: 'around' } },
  'a knob that turns keys into versioned ones': {
    faults: [{ at: '2s', do: 'set', path: 'invalidation.onWrite', value: 'versioned-keys' }],
  },
  'crashes and a list': {
    pattern: { write: 'write-behind' },
    faults: [
      { at: '2s', do: 'kill', node: 'redis', for: '300ms' },
      { at: '2500ms', do: 'warm', keys: 100, rate: 200 },
    ],
  },
};

function readerOf(run: RunView, node: number): ContentsReader {
  return new ContentsReader(run.spans, node, contentsRules(run, node));
}

/** Plain look-ups that the cache answered to somebody who was still there, in the order in which it did. */
function lookUps(run: RunView, node: number): Row[] {
  const { closed } = run.spans;
  const rows: Row[] = [];
  for (let index = 0; index < closed.length; index++) {
    const isGet = closed.op[index] === OP['cache.get'] || closed.op[index] === OP['cache.load'];
    if (isGet && closed.node[index] === node && closed.outcome[index] < OUTCOME.timeout)
      rows.push(rowAt(closed, index));
  }
  return rows.sort((a, b) => a.service - b.service || a.id - b.id);
}

describe('the contents of the shared cache', () => {
  it.each(Object.entries(features))('are those that the engine counted: %s', async (_name, input) => {
    const scenario = scenarioOf({ ...base, ...input });
    const run = await simulatedRun(scenario, [], scenario.duration, 3);
    const [node] = cacheNodes(run);
    const reader = readerOf(run, node);
    const column = run.windows.column('cache.entries{tier=redis}');
    for (let window = 0; window < run.windows.count - 1; window++) {
      const held = reader.seek((window + 1) * 100_000 - 1, run.horizonUs).entries;
      expect([window, held]).toEqual([window, run.windows.at(window, column)]);
    }
    expect(reader.seek(3_900_000, run.horizonUs).entries).toBeGreaterThan(30);
  });

  const oneByOne = Object.entries(features).filter(([name]) => name !== 'pages');
  it.each(oneByOne)('are what every look-up found, or did not find: %s', async (name, input) => {
    const run = await simulatedRun(scenarioOf({ ...base, ...input }), [], 3_000_000);
    const [node] = cacheNodes(run);
    const reader = readerOf(run, node);
    // A buffered write is found although its entry may be gone.
    const isBuffered = name.includes('write-behind') || name.includes('crash');
    let wrong = 0;
    let seen = 0;
    for (const row of lookUps(run, node)) {
      // A look-up is done one command after its service began; what it finds lies there a moment before.
      const doneUs = row.op === OP['cache.get'] ? row.leave : row.service;
      const state = reader.seek(doneUs - (row.op === OP['cache.get'] ? 0 : 1), run.horizonUs);
      const slot = state.slotOf(row.key, row.detail > 0 ? row.detail : -1);
      const held = slot < 0 ? -1 : state.version[slot];
      const found = row.outcome === OUTCOME.hit || row.cause === CAUSE.overdue ? row.version : -1;
      if (row.op === OP['cache.load'] && row.outcome !== OUTCOME.hit && held >= 0) wrong++;
      else if (row.op === OP['cache.get'] && held !== found) wrong++;
      seen++;
    }
    expect(seen).toBeGreaterThan(1000);
    expect(wrong / seen).toBeLessThan(isBuffered ? 0.05 : 1e-9);
  });

  it('know entries past their time, and when they will be gone', async () => {
    const run = await simulatedRun(scenarioOf({ ...base, ...features['entries past their time'] }));
    const [node] = cacheNodes(run);
    const reader = readerOf(run, node);
    const model = contentsModel(run, reader, 3_000_000, '', 200);
    const overdue = model.lines.filter((line) => line.overdue);
    expect(overdue.length).toBe(model.overdueEntries);
    expect(overdue.length).toBeGreaterThan(0);
    for (const line of overdue) {
      expect(line.expiresUs).toBeLessThanOrEqual(3_000_000);
      expect(line.leftUs).toBeLessThanOrEqual(500_000);
    }
    expect(model.sentence).toMatch(/of them past their time/);
  });

  it('show old versions beside the pointer to the current one', async () => {
    const run = await simulatedRun(
      scenarioOf({ ...base, ...features['versioned keys'], cache: { capacity: 5000, ttl: '60s' } }),
    );
    const [node] = cacheNodes(run);
    const reader = readerOf(run, node);
    const { lines } = contentsModel(run, reader, 3_500_000, '', 2000);
    const pointers = lines.filter(({ pointer }) => pointer);
    const old = lines.filter(({ at, stale }) => at >= 0 && stale);
    expect(pointers.length).toBeGreaterThan(50);
    expect(old.length).toBeGreaterThan(10);
    for (const { title, key, at } of old) expect(title).toBe(`item:${key}@${at}`);
  });

  it('lose what the bus tells a server to drop', async () => {
    const run = await simulatedRun(
      scenarioOf({
        ...base,
        local: { enabled: true, capacity: 60, ttl: '900ms' },
        invalidation: { broadcast: 'pubsub', busDelay: '20ms' },
        window: '100ms',
      }),
    );
    const locals = cacheNodes(run).slice(0, -1);
    const readers = locals.map((node) => readerOf(run, node));
    const column = run.windows.column('cache.entries{tier=local}');
    for (let window = 0; window < run.windows.count - 1; window++) {
      const held = readers.reduce(
        (sum, reader) => sum + reader.seek((window + 1) * 100_000 - 1, run.horizonUs).entries,
        0,
      );
      expect([window, held]).toEqual([window, run.windows.at(window, column)]);
    }
  });
});

describe('one of several entries of a key', () => {
  const redis = 8;
  const at = (us: number) => ({ start: us, sent: us, arrive: us, service: us, leave: us, end: us, node: redis });
  const scenario = scenarioOf({ invalidation: { onWrite: 'versioned-keys' } });

  it('leaves as its row says', () => {
    const rows: Partial<Row>[] = [
      { op: OP['cache.set'], id: 1, request: 1, key: 7, version: 1, detail: 10, ...at(1000) },
      { op: OP['cache.update'], id: 2, request: 1, key: 7, version: 1, detail: 20, ...at(1100) },
      { op: OP['cache.set'], id: 3, request: 2, key: 7, version: 2, detail: 30, ...at(1200) },
      { op: OP.expire, id: 4, key: 7, version: 1, ...at(11_000) },
      { op: OP['cache.get'], id: 5, request: 3, key: 7, version: 1, outcome: OUTCOME.hit, ...at(12_000) },
      { op: OP.evict, id: 6, key: 7, version: 2, ...at(13_000) },
    ];
    const run = runOfRows(rows, [], scenario);
    const reader = readerOf(run, redis);
    const held = (us: number) => {
      reader.seek(us, 1e9);
      return reader.entries().map((entry) => [entry.at, entry.pointer]);
    };
    expect(held(2000)).toEqual([
      [1, false],
      [-1, true],
      [2, false],
    ]);
    expect(held(11_500)).toEqual([
      [-1, true],
      [2, false],
    ]);
    expect(held(13_500)).toEqual([[-1, true]]);
  });
});
