import { describe, expect, it } from 'vitest';
import { type Changes, fiveDeviations, quietRun } from '../host/quietRun.ts';
import { FLAG, OUTCOME } from '../spans/codes.ts';

/** Queries of 10 ms on average, exponential, that never wait. */
const exponential = (hedge: string): Changes => ({
  duration: '12s',
  traffic: { readers: { rate: '1000/s', count: 10 } },
  pattern: { read: 'none' },
  database: { read: '10ms' },
  protect: { hedge },
});

describe('hedging', () => {
  it('cuts the tail of exponential queries to (d + S ln 100) / 2, for e^(−d/S) more queries', () => {
    const runs = Array.from({ length: 6 }, (_, seed) => {
      const { of, total, session } = quietRun(exponential('20ms'), [], seed);
      const queries = of('request.read').length;
      return {
        p99: session.world.metrics.readLatency.quantile(99) / 1e6,
        more: total('database.hedges') / queries,
        uncounted: of('database.read').length - queries - total('database.hedges'),
      };
    });
    const p99 = fiveDeviations(runs.map((run) => run.p99));
    const more = fiveDeviations(runs.map((run) => run.more));
    expect(p99.within).toBeLessThan(0.002);
    expect(Math.abs(p99.mean - (0.02 + 0.01 * Math.log(100)) / 2)).toBeLessThan(p99.within);
    expect(Math.abs(more.mean - Math.exp(-2))).toBeLessThan(more.within);
    expect(runs.map((run) => run.uncounted)).toEqual([0, 0, 0, 0, 0, 0]);
    // Without it: 10 ms · ln 100 = 46 ms.
    const plain = quietRun({ ...exponential('20ms'), protect: {} }).session.world.metrics.readLatency.quantile(99);
    expect(Math.abs(plain - 46_052)).toBeLessThan(2500);
  });

  it('sends the second at its time, flagged, takes the first answer, and lets the slower one go on', () => {
    const { of, total } = quietRun(
      {
        pattern: { read: 'none' },
        database: { read: '10ms', shape: 'constant', pool: 5 },
        protect: { hedge: '4ms' },
      },
      [{ at: '1s', do: 'ask', key: 3 }],
    );
    const [first, second] = of('database.read');
    expect([first.flags, second.flags]).toEqual([0, FLAG.hedge]);
    expect([first.start, first.end, second.start, second.end]).toEqual([1_000_000, 1_010_000, 1_004_000, 1_014_000]);
    expect(of('request.read')[0]).toMatchObject({ end: 1_010_000, outcome: OUTCOME.miss });
    expect([second.parent, total('database.reads')]).toEqual([first.parent, 2]);
  });

  it('is not sent for a query that has answered or failed by then', () => {
    const acts = [
      { at: '1s', do: 'kill', node: 'database', for: '1s' },
      { at: '1.5s', do: 'ask', key: 3 },
      { at: '2.5s', do: 'ask', key: 4 },
    ] as const;
    const { of, total } = quietRun(
      {
        pattern: { read: 'none' },
        database: { link: '1ms', read: '1ms', shape: 'constant' },
        protect: { hedge: '4ms' },
      },
      acts,
    );
    expect(of('request.read').map(({ outcome }) => outcome)).toEqual([OUTCOME.error, OUTCOME.miss]);
    expect([of('database.read').length, total('database.hedges')]).toEqual([2, 0]);
  });

  it('saves a query that got lost, and fails when both fail', () => {
    const lossy = (count: number) =>
      quietRun(
        {
          pattern: { read: 'none' },
          database: { read: '1ms', shape: 'constant', timeout: '50ms' },
          protect: { hedge: '10ms' },
        },
        [
          { at: '1s', do: 'lose', message: 'database.read', count },
          { at: '2s', do: 'ask', key: 3 },
        ],
      ).of('request.read')[0];
    expect(lossy(1)).toMatchObject({ outcome: OUTCOME.miss, end: 2_011_000 });
    expect(lossy(2)).toMatchObject({ outcome: OUTCOME.error, end: 2_060_000 });
  });

  it('outlives a crash of its server, and a turn of its knob while a query is under way', () => {
    const { of } = quietRun(
      {
        app: { servers: 2 },
        pattern: { read: 'none' },
        database: { read: '1s', shape: 'constant' },
        protect: { hedge: '500ms' },
      },
      [
        { at: '1s', do: 'ask', key: 1 },
        { at: '1s', do: 'ask', key: 2 },
        { at: '1.2s', do: 'kill', node: 'app1' },
        { at: '1.3s', do: 'set', path: 'protect.hedge', value: 'none' },
      ],
    );
    expect(of('request.read').map(({ outcome, end }) => [outcome, end])).toEqual([
      [OUTCOME.refused, 1_200_000],
      [OUTCOME.miss, 2_000_000],
    ]);
  });
});
