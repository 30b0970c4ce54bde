import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closedSystem, lossQueue } from './finiteQueues.ts';
import { erlangB, mmc } from './queues.ts';

/** Steady state of a birth-death chain by Gaussian elimination on its generator: no product form in sight. */
function steadyState(births: number[], deaths: number[]): number[] {
  const size = births.length + 1;
  const rows: number[][] = [];
  for (let to = 0; to < size; to++) {
    const row = Array.from({ length: size + 1 }, () => 0);
    if (to > 0) row[to - 1] += births[to - 1];
    if (to + 1 < size) row[to + 1] += deaths[to];
    row[to] -= (to + 1 < size ? births[to] : 0) + (to > 0 ? deaths[to - 1] : 0);
    rows.push(row);
  }
  rows[size - 1] = Array.from({ length: size + 1 }, () => 1);
  for (let pivot = 0; pivot < size; pivot++) {
    let best = pivot;
    for (let r = pivot; r < size; r++) if (Math.abs(rows[r][pivot]) > Math.abs(rows[best][pivot])) best = r;
    [rows[pivot], rows[best]] = [rows[best], rows[pivot]];
    for (let r = 0; r < size; r++) {
      if (r === pivot) continue;
      const factor = rows[r][pivot] / rows[pivot][pivot];
      for (let c = pivot; c <= size; c++) rows[r][c] -= factor * rows[pivot][c];
    }
  }
  return rows.map((row, i) => row[size] / row[i]);
}

function lossByElimination(arrivalsPerS: number, servicePerS: number, servers: number, queueCapacity: number) {
  const top = servers + queueCapacity;
  const births = Array.from({ length: top }, () => arrivalsPerS);
  const deaths = Array.from({ length: top }, (_, n) => Math.min(n + 1, servers) * servicePerS);
  const p = steadyState(births, deaths);
  const served = arrivalsPerS * (1 - p[top]);
  const queued = p.reduce((sum, share, n) => sum + share * Math.max(0, n - servers), 0);
  return { rejectedShare: p[top], servedPerS: served, meanWaitS: queued / served };
}

describe('loss queue', () => {
  it('meets the published pool of 20 with a queue of 100', () => {
    const pool = lossQueue({ arrivalsPerS: 2100, servicePerS: 100, servers: 20, queueCapacity: 100 });
    expect(pool.rejectedShare).toBeCloseTo(0.0479, 4);
    expect(pool.servedPerS).toBeCloseTo(1999.4, 1);
    expect(pool.meanWaitS).toBeCloseTo(0.0403, 4);
  });

  it('agrees with elimination on the generator, under and over load', () => {
    for (const [load, servers, room] of [
      [0.5, 1, 0],
      [3, 2, 5],
      [5, 5, 10],
      [9, 4, 12],
      [0.2, 3, 20],
    ]) {
      const ours = lossQueue({ arrivalsPerS: load * 10, servicePerS: 10, servers, queueCapacity: room });
      const theirs = lossByElimination(load * 10, 10, servers, room);
      expect(ours.rejectedShare).toBeCloseTo(theirs.rejectedShare, 11);
      expect(ours.servedPerS).toBeCloseTo(theirs.servedPerS, 9);
      expect(ours.meanWaitS).toBeCloseTo(theirs.meanWaitS, 11);
    }
  });

  it('is Erlang B without places and M/M/c with ever more of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0.05, max: 0.9, noNaN: true }), (servers, load) => {
        const arrivalsPerS = load * servers;
        const none = lossQueue({ arrivalsPerS, servicePerS: 1, servers, queueCapacity: 0 });
        expect(none.rejectedShare).toBeCloseTo(erlangB(servers, arrivalsPerS), 11);
        expect(none.meanWaitS).toBe(0);
        const endless = lossQueue({ arrivalsPerS, servicePerS: 1, servers, queueCapacity: 2000 });
        expect(endless.meanWaitS).toBeCloseTo(mmc({ arrivalsPerS, servicePerS: 1, servers }).meanWaitS, 9);
      }),
      { numRuns: 200 },
    );
  });

  it('trades rejections for waiting as the queue grows, and never passes its service rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 200 }),
        fc.double({ min: 0.05, max: 5, noNaN: true }),
        (servers, queueCapacity, load) => {
          const queue = { arrivalsPerS: load * servers * 7, servicePerS: 7, servers };
          const short = lossQueue({ ...queue, queueCapacity });
          const long = lossQueue({ ...queue, queueCapacity: queueCapacity + 1 });
          expect(long.rejectedShare).toBeLessThanOrEqual(short.rejectedShare * (1 + 1e-12));
          expect(long.meanWaitS).toBeGreaterThanOrEqual(short.meanWaitS * (1 - 1e-12));
          expect(short.servedPerS).toBeLessThanOrEqual(Math.min(queue.arrivalsPerS, 7 * servers) * (1 + 1e-12));
          expect(short.servedPerS).toBeCloseTo(queue.arrivalsPerS * (1 - short.rejectedShare), 7);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('stays finite where the product form would overflow', () => {
    const huge = lossQueue({ arrivalsPerS: 1e5, servicePerS: 1, servers: 1000, queueCapacity: 100_000 });
    expect(huge.rejectedShare).toBeCloseTo(0.99, 6);
    expect(huge.servedPerS).toBeCloseTo(1000, 6);
    expect(huge.meanWaitS).toBeCloseTo(100, 1);
  });
});

describe('closed system', () => {
  it('meets the published 120 clients on a pool of 10', () => {
    const system = closedSystem({ users: 120, thinkS: 0.1, serviceS: 0.01, servers: 10 });
    expect(system.throughputPerS).toBeCloseTo(983.1, 1);
  });

  it('agrees with elimination on the generator', () => {
    for (const [users, servers] of [
      [1, 1],
      [5, 2],
      [12, 3],
      [20, 30],
    ]) {
      const births = Array.from({ length: users }, (_, n) => (users - n) / 0.5);
      const deaths = Array.from({ length: users }, (_, n) => Math.min(n + 1, servers) / 0.2);
      const p = steadyState(births, deaths);
      const throughput = p.reduce((sum, share, n) => sum + (share * Math.min(n, servers)) / 0.2, 0);
      const system = closedSystem({ users, thinkS: 0.5, serviceS: 0.2, servers });
      expect(system.throughputPerS).toBeCloseTo(throughput, 10);
      expect(system.meanResponseS).toBeCloseTo(users / throughput - 0.5, 10);
    }
  });

  it('obeys the operational bounds and Little’s law', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0.001, max: 10, noNaN: true }),
        fc.double({ min: 0.001, max: 10, noNaN: true }),
        (users, servers, thinkS, serviceS) => {
          const system = closedSystem({ users, thinkS, serviceS, servers });
          const bound = Math.min(users / (thinkS + serviceS), servers / serviceS);
          expect(system.throughputPerS).toBeLessThanOrEqual(bound * (1 + 1e-9));
          expect((system.throughputPerS * (thinkS + system.meanResponseS)) / users).toBeCloseTo(1, 9);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('runs flat out without think time', () => {
    const system = closedSystem({ users: 12, thinkS: 0, serviceS: 0.5, servers: 4 });
    expect(system).toEqual({ throughputPerS: 8, meanWaitS: 1, meanResponseS: 1.5, utilisation: 1 });
  });
});
