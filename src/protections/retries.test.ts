import { describe, expect, it } from 'vitest';
import { type Changes, fiveDeviations, quietRun } from '../host/quietRun.ts';
import { backoffUs } from '../nodes/backoffUs.ts';
import { OUTCOME } from '../spans/codes.ts';

/** Every read is a query; one slot and no line, so that whoever comes while it is busy is refused. */
const crowded = (retries: number, rest: Changes = {}): Changes => ({
  duration: '171s',
  traffic: { readers: { rate: '40/s', count: 10, until: '140s' } },
  pattern: { read: 'none' },
  database: { slots: 1, queue: 0, read: '20ms' },
  protect: { retries, backoff: '10s' },
  ...rest,
});

describe('backoff', () => {
  it('doubles, and is uniform below that with full jitter', () => {
    expect([0, 1, 2, 9].map((attempt) => backoffUs(50_000, attempt, 1))).toEqual([
      50_000, 100_000, 200_000, 25_600_000,
    ]);
    expect(backoffUs(50_000, 2, 0.25)).toBe(50_000);
    expect(backoffUs(0, 9, 1)).toBe(0);
  });
});

describe('retries of a query', () => {
  it('multiply the load by (1 − p^(r+1)) / (1 − p), and fail with p^(r+1)', () => {
    const retries = 2;
    const runs = Array.from({ length: 6 }, (_, seed) => {
      const { of, total } = quietRun(crowded(retries), [], seed);
      const [queries, attempts] = [of('request.read'), of('database.read')];
      expect(total('database.retries')).toBe(attempts.length - queries.length);
      // From the time when the first retries have come back at full rate, to that when the last of the traffic has left.
      const steady = attempts.filter(({ start }) => start > 40e6 && start < 140e6);
      const own = new Set(queries.filter(({ start }) => start > 40e6 && start < 110e6).map(({ id }) => id));
      const refused = steady.filter(({ outcome }) => outcome === OUTCOME.rejected).length / steady.length;
      return {
        load: attempts.filter(({ parent }) => own.has(parent)).length / own.size,
        failed: queries.filter(({ id, outcome }) => own.has(id) && outcome === OUTCOME.rejected).length / own.size,
        refused,
      };
    });
    // Erlang's loss formula for one slot at the load that the retries make: p = a/(1 + a), a = λ S · amplification.
    const amplified = (p: number): number => (1 - p ** (retries + 1)) / (1 - p);
    let theory = 0;
    for (let round = 0; round < 100; round++) {
      const offered = 0.8 * amplified(theory);
      theory = (theory + offered / (1 + offered)) / 2;
    }
    const refused = fiveDeviations(runs.map((run) => run.refused));
    const load = fiveDeviations(runs.map((run) => run.load));
    const failed = fiveDeviations(runs.map((run) => run.failed));
    expect([refused.within < 0.03, load.within < 0.12, failed.within < 0.08]).toEqual([true, true, true]);
    expect(Math.abs(refused.mean - theory)).toBeLessThan(refused.within);
    expect(Math.abs(load.mean - amplified(theory))).toBeLessThan(load.within);
    expect(Math.abs(failed.mean - theory ** (retries + 1))).toBeLessThan(failed.within);
  });

  it('wait twice as long each time, exactly so without jitter, and then give the failure on', () => {
    const { of, rows } = quietRun(
      {
        pattern: { read: 'none' },
        database: { timeout: '100ms', read: '1s', shape: 'constant' },
        protect: { retries: 3, backoff: '50ms', backoffJitter: false },
      },
      [{ at: '1s', do: 'ask', key: 3 }],
    );
    const starts = of('database.read').map(({ start }) => start);
    expect(starts).toEqual([1_000_000, 1_150_000, 1_350_000, 1_650_000]);
    expect(of('wait').map(({ start, end }) => end - start)).toEqual([50_000, 100_000, 200_000]);
    expect(of('request.read')[0]).toMatchObject({ outcome: OUTCOME.error, end: 1_750_000 });
    // One after another, and nothing between them.
    const family = rows.filter(({ parent }) => parent === of('request.read')[0].id);
    expect(family.slice(1).every(({ start }, index) => start === family[index].end)).toBe(true);
  });

  it('spread their waits evenly between nothing and the backoff', () => {
    const { of } = quietRun({
      duration: '100s',
      traffic: { readers: { rate: '30/s', count: 10 } },
      pattern: { read: 'none' },
      database: { queue: 0, slots: 1, read: '100s', shape: 'constant', timeout: '1s' },
      protect: { retries: 1, backoff: '400ms' },
    });
    const waits = of('wait')
      .filter(({ end }) => end < Number.POSITIVE_INFINITY)
      .map(({ start, end }) => (end - start) / 400_000);
    expect(waits.length).toBeGreaterThan(2500);
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / waits.length));
    const low = waits.filter((wait) => wait <= 0.25).length / waits.length;
    expect(Math.abs(low - 0.25)).toBeLessThan(5 * Math.sqrt(0.1875 / waits.length));
    expect(Math.max(...waits)).toBeLessThanOrEqual(1);
  });

  it('never send a write twice', () => {
    const { of, total } = quietRun(
      { database: { timeout: '100ms', write: '1s', shape: 'constant' }, protect: { retries: 5 } },
      [{ at: '1s', do: 'ask', key: 3, write: true }],
    );
    expect([of('database.write').length, total('database.writes'), total('requests.failed')]).toEqual([1, 1, 1]);
  });
});
