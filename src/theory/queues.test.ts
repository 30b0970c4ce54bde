import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  constantService,
  erlangB,
  exponentialService,
  md1,
  mg1,
  mgcAllenCunneen,
  mixedService,
  mm1,
  mm1SojournQuantileS,
  mmc,
  mmcWaitQuantileS,
  probabilityOfWaiting,
} from './queues.ts';

const RUNS = { numRuns: 500 };

describe('M/M/1', () => {
  it.each([
    [100, 0.005],
    [160, 0.02],
    [180, 0.045],
    [190, 0.095],
  ])('waits at %d/s against 200/s', (arrivalsPerS, waitS) => {
    expect(mm1(arrivalsPerS, 200).meanWaitS).toBeCloseTo(waitS, 12);
  });

  it('gives the sojourn quantiles of an exponential', () => {
    expect(mm1(180, 200).sojournP99S).toBeCloseTo(0.23026, 5);
    expect(mm1SojournQuantileS(180, 200, 0.5)).toBeCloseTo(0.034657, 6);
  });

  it('is infinite at and past saturation', () => {
    for (const arrivalsPerS of [200, 300]) {
      const means = mm1(arrivalsPerS, 200);
      expect([means.meanWaitS, means.meanSojournS, means.sojournP99S]).toEqual([Infinity, Infinity, Infinity]);
      expect(mmc({ arrivalsPerS, servicePerS: 100, servers: 2 }).meanWaitS).toBe(Infinity);
      expect(md1(arrivalsPerS, 0.005).meanWaitS).toBe(Infinity);
      expect(mgcAllenCunneen(arrivalsPerS, constantService(0.01), 2).meanWaitS).toBe(Infinity);
    }
  });
});

describe('M/M/c', () => {
  it('meets the published values', () => {
    expect(erlangB(10, 8)).toBeCloseTo(0.12166, 5);
    expect(mmc({ arrivalsPerS: 640, servicePerS: 200, servers: 4 }).meanWaitS).toBeCloseTo(0.00373, 5);
    const ten = mmc({ arrivalsPerS: 1800, servicePerS: 200, servers: 10 });
    expect(ten.probabilityOfWaiting).toBeCloseTo(0.6687, 4);
    expect(ten.meanWaitS).toBeCloseTo(0.00334, 5);
  });

  it('agrees with sums over its birth-death states', () => {
    for (const [servers, offered] of [
      [1, 0.5],
      [3, 2.4],
      [7, 6.5],
      [20, 12],
    ]) {
      let term = 1;
      let total = 1;
      let waiting = 0;
      let queued = 0;
      for (let n = 1; n < 4000; n++) {
        term *= offered / Math.min(n, servers);
        total += term;
        if (n >= servers) waiting += term;
        if (n > servers) queued += term * (n - servers);
      }
      const queue = mmc({ arrivalsPerS: offered, servicePerS: 1, servers });
      expect(queue.probabilityOfWaiting).toBeCloseTo(waiting / total, 10);
      expect(queue.meanWaitS).toBeCloseTo(queued / total / offered, 8);
    }
  });

  it('is M/M/1 with one server', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), (load) => {
        const one = mmc({ arrivalsPerS: load * 50, servicePerS: 50, servers: 1 });
        expect(one.probabilityOfWaiting).toBeCloseTo(load, 12);
        expect(one.meanWaitS / mm1(load * 50, 50).meanWaitS).toBeCloseTo(1, 10);
        expect(erlangB(1, load)).toBeCloseTo(load / (1 + load), 12);
      }),
      RUNS,
    );
  });

  it('never waits longer in one pool than in separate queues, and wins 5.37-fold with four at 80%', () => {
    const separate = mm1(160, 200).meanWaitS;
    expect(separate / mmc({ arrivalsPerS: 640, servicePerS: 200, servers: 4 }).meanWaitS).toBeCloseTo(5.37, 2);
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 6 }),
        (load, servers, pools) => {
          const split = mmc({ arrivalsPerS: load * servers, servicePerS: 1, servers });
          const pooled = mmc({ arrivalsPerS: load * servers * pools, servicePerS: 1, servers: servers * pools });
          expect(pooled.meanWaitS).toBeLessThanOrEqual(split.meanWaitS * (1 + 1e-12));
        },
      ),
      RUNS,
    );
  });

  it('waits longer with load and shorter with servers', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 30, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        (offered, servers) => {
          const waiting = probabilityOfWaiting(servers, offered);
          expect(waiting).toBeGreaterThanOrEqual(0);
          expect(waiting).toBeLessThanOrEqual(1);
          expect(probabilityOfWaiting(servers, offered * 1.1)).toBeGreaterThanOrEqual(waiting);
          expect(probabilityOfWaiting(servers + 1, offered)).toBeLessThanOrEqual(waiting);
        },
      ),
      RUNS,
    );
  });

  it('has wait quantiles whose integral is the mean wait', () => {
    const queue = { arrivalsPerS: 2.4, servicePerS: 1, servers: 3 };
    const steps = 100_000;
    let sum = 0;
    for (let i = 0; i < steps; i++) sum += mmcWaitQuantileS(queue, (i + 0.5) / steps) / steps;
    expect(sum).toBeCloseTo(mmc(queue).meanWaitS, 4);
    expect(mmcWaitQuantileS(queue, 0.1)).toBe(0);
  });
});

describe('general service times', () => {
  it('halves the wait of M/M/1 when service is constant', () => {
    expect(md1(160, 0.005).meanWaitS).toBeCloseTo(0.01, 12);
    expect(mg1(160, exponentialService(0.005)).meanWaitS).toBeCloseTo(mm1(160, 200).meanWaitS, 12);
  });

  it('takes hits and misses as one mixture', () => {
    const service = mixedService([
      { share: 0.9, service: constantService(0.001) },
      { share: 0.1, service: constantService(0.05) },
    ]);
    expect(service.meanS).toBeCloseTo(0.0059, 12);
    expect(mg1(100, service).meanWaitS).toBeCloseTo(0.0306, 4);
  });

  it('approximates many servers exactly at its two anchors', () => {
    const mixture = { meanS: 0.0059, secondMomentS2: 0.0002509 };
    expect(mgcAllenCunneen(100, mixture, 1).meanWaitS).toBeCloseTo(mg1(100, mixture).meanWaitS, 10);
    const exponential = mgcAllenCunneen(640, exponentialService(0.005), 4);
    expect(exponential.meanWaitS).toBeCloseTo(mmc({ arrivalsPerS: 640, servicePerS: 200, servers: 4 }).meanWaitS, 12);
  });
});
