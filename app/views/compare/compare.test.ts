import { describe, expect, it } from 'vitest';
import { OP, OUTCOME, type Row } from '../../../src/index.ts';
import { runOfRows, scenarioOf, simulatedRun } from '../testRun.ts';
import { FirstDifference, firstDifference } from './FirstDifference.ts';
import { comparedMetrics } from './model.ts';

const read = (request: number, more: Partial<Row> = {}): Partial<Row> => {
  return {
    op: OP['request.read'],
    request,
    id: request,
    key: 5,
    version: 1,
    outcome: OUTCOME.hit,
    start: 0,
    leave: 5,
    end: 10 * request,
    ...more,
  };
};
const memory = (request: number): Partial<Row> => ({
  op: OP['local.get'],
  request,
  outcome: OUTCOME.hit,
  end: 10 * request - 1,
});

describe('firstDifference', () => {
  it('is the smallest request number that ended otherwise, whatever the times', () => {
    const a = runOfRows([read(1), read(2, { end: 400 }), read(4), read(3)]);
    const same = runOfRows([read(1, { end: 777 }), read(3), read(2), read(4)]);
    expect(firstDifference(a, same)).toBeNull();
    const b = runOfRows([read(1), read(4, { outcome: OUTCOME.miss }), read(3, { version: 2 }), read(2)]);
    expect(firstDifference(a, b)).toEqual({
      request: 3,
      atUs: 30,
      texts: ['key 5: from the cache, v1', 'key 5: from the cache, v2'],
    });
  });

  it('sees where an answer came from, and passes over what has not ended in both', () => {
    const a = runOfRows([read(2), read(3)]);
    const b = runOfRows([memory(3), read(1), read(3), read(4)]);
    expect(firstDifference(a, b)).toMatchObject({
      request: 3,
      texts: ['key 5: from the cache, v1', 'key 5: from the server’s memory, v1'],
    });
  });

  it('finds the same whether asked once or all along', async () => {
    const base = { duration: '3s', traffic: { readers: { rate: '400/s', count: 60, writes: '10%' } } };
    const a = await simulatedRun(scenarioOf({ ...base, cache: { ttl: '2s' } }));
    const b = await simulatedRun(scenarioOf({ ...base, cache: { ttl: '900ms' } }));
    const search = new FirstDifference(a.spans, b.spans);
    const horizons = Array.from({ length: 30 }, (_, step) => (step + 1) * 100_000);
    const seen = horizons.map((horizonUs) =>
      search.search({ ...a, horizonUs }, { ...b, horizonUs: horizonUs - 40_000 }),
    );
    expect(seen[0]).toBeNull();
    expect(seen.at(-1)).toEqual(firstDifference(a, b));
    expect(seen.at(-1)).not.toBeNull();
  });

  it('is none between a run and itself, and the first expiry between two lives', async () => {
    const base = { duration: '3s', traffic: { readers: { rate: '300/s', count: 30 } } };
    const a = await simulatedRun(scenarioOf({ ...base, cache: { ttl: '60s' } }));
    const again = await simulatedRun(scenarioOf({ ...base, cache: { ttl: '60s' } }), [], 3e6, 7);
    const b = await simulatedRun(scenarioOf({ ...base, cache: { ttl: '500ms' } }));
    expect(firstDifference(a, again)).toBeNull();
    const parted = firstDifference(a, b);
    expect(parted?.texts.map((text) => text.replace(/key \d+: /, ''))).toEqual([
      'from the cache, v1',
      'from the database, v1',
    ]);
    expect(parted?.atUs).toBeGreaterThan(500_000);
  });
});

describe('comparedMetrics', () => {
  it('has each number in A and in B, and the difference in words', async () => {
    const base = { duration: '3s', traffic: { readers: { rate: '300/s', count: 30 } } };
    const a = await simulatedRun(scenarioOf({ ...base, cache: { ttl: '60s' } }));
    const b = await simulatedRun(scenarioOf({ ...base, pattern: { read: 'none' } }));
    const rows = Object.fromEntries(comparedMetrics(a, b).map((row) => [row.id, row]));
    expect(rows['hit-ratio'].a).toBeGreaterThan(0.9);
    expect(rows['hit-ratio'].texts[1]).toBe('–');
    expect(rows['database-rate'].difference).toMatch(/times higher$/);
    expect(rows['database-rate'].ratio).toBeCloseTo(rows['database-rate'].b / rows['database-rate'].a);
    expect(rows.throughput.difference).toMatch(/^(the same|[\d.]+ % (higher|lower))$/);
    const self = comparedMetrics(a, a);
    expect(new Set(self.map(({ difference }) => difference))).toEqual(new Set(['the same']));
  });

  it('tells rare numbers only where there is something to tell', async () => {
    const base = {
      duration: '2s',
      traffic: { readers: { rate: '600/s', keys: 'hot' as const, hotShare: '100%', count: 10 } },
    };
    const a = await simulatedRun(scenarioOf({ ...base, cache: { ttl: '500ms' } }));
    const b = await simulatedRun(scenarioOf({ ...base, cache: { ttl: '500ms' }, protect: { singleFlight: true } }));
    const ids = comparedMetrics(a, b).map(({ id }) => id);
    expect(ids).toContain('waited');
    expect(ids).not.toContain('lost-writes');
    expect(comparedMetrics(a, a).map(({ id }) => id)).not.toContain('waited');
  });
});
