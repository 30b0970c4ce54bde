/** What the scenarios about protections promise, each on its own seed. */
import { describe, expect, it } from 'vitest';
import { FLAG, OP, OUTCOME } from '../src/spans/codes.ts';
import { stampedeFetches } from '../src/theory/index.ts';
import { Lane } from './Lane.ts';

const lost = ['requests.timed-out', 'requests.rejected', 'requests.failed'];
const misses = 'cache.misses{tier=redis,cause=expired}';

/** Queries for one key, as they were sent. */
const queries = (lane: Lane, key: number) =>
  lane.rows().filter((row) => row.op === OP['database.read'] && row.key === key);

/** Reads that were answered, of those that began in a range of seconds: how long each took, ms, ascending. */
function tookMs(lane: Lane, fromS: number, toS: number): number[] {
  return lane
    .rows()
    .filter((row) => row.op === OP['request.read'] && row.outcome < OUTCOME.timeout)
    .filter((row) => row.start >= fromS * 1e6 && row.start < toS * 1e6)
    .map((row) => (row.end - row.start) / 1000)
    .sort((one, other) => one - other);
}

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.ceil(share * sorted.length) - 1];

describe('what the scenarios of loads that many want promise', () => {
  it('single-flight: nine hundred queries for the page, or one of each server', () => {
    const [all, flight] = Lane.both('single-flight', 14);
    const { cache, database, traffic } = all.scenario;
    const rebuildS = (2 * cache.link + cache.command + 2 * database.link + database.read) / 1e6;
    const expected = stampedeFetches(1200 * traffic.readers.hotShare, rebuildS);
    const afterExpiry = (lane: Lane) => queries(lane, 0).filter((row) => row.start >= 10e6);
    // Readers in a fixed time are Poisson: four standard deviations.
    expect(Math.abs(afterExpiry(all).length - expected)).toBeLessThan(4 * Math.sqrt(expected));
    expect(afterExpiry(flight).length).toBe(3);
    expect(new Set(afterExpiry(flight).map((row) => row.from)).size).toBe(3);
    expect(flight.sum(lost, 0, 14)).toBe(0);
  });

  it('distributed-lock: eight servers build it eight times, or agree on one', () => {
    const [flight, lock] = Lane.both('distributed-lock', 14);
    const afterExpiry = (lane: Lane) => queries(lane, 0).filter((row) => row.start >= 10e6).length;
    expect(afterExpiry(flight)).toBe(8);
    expect(afterExpiry(lock)).toBe(1);
    expect(lock.sum(lost, 0, 14)).toBe(0);
    const knocks = (lane: Lane) => lane.sum(['locks.taken', 'locks.held'], 10, 12);
    const without = new Lane('distributed-lock', 12, { 'protect.lock': true, 'protect.singleFlight': false });
    expect(queries(without, 0).filter((row) => row.start >= 10e6).length, 'what it says to try').toBe(1);
    // One of each of eight servers in place of some hundred waiters each.
    expect(knocks(without)).toBeGreaterThan(20 * knocks(lock));
  });

  it('lock-holder-dies: nobody builds for five seconds and then all, or the next one when the lock has ended', () => {
    const [hour, short] = Lane.both('lock-holder-dies', 20);
    expect(queries(short, 0).length).toBe(2);
    expect(queries(hour, 0).length).toBeGreaterThan(100);
    expect(hour.sum('locks.lapsed', 0, 20)).toBe(0);
    expect(short.sum('locks.lapsed', 0, 20)).toBe(1);
    const second = (lane: Lane) => queries(lane, 0).map((row) => row.start / 1e6)[1];
    expect(second(short)).toBeGreaterThan(12);
    expect(second(short)).toBeLessThan(12.1);
    expect(second(hour)).toBeGreaterThan(15);
  });

  it('early-expiration: two or three build early, nobody misses, and a rare page ends all the same', () => {
    const [ends, early] = Lane.both('early-expiration', 40);
    const perEnd = ends.sum(misses, 10, 40) / ends.sum('cache.expirations{tier=redis}', 10, 40);
    // 1 + 120 · 0.2 readers of 60 ends or so: a standard error of 0.6.
    expect(Math.abs(perEnd - 25)).toBeLessThan(3);
    expect(early.sum(misses, 10, 40)).toBeLessThan(ends.sum(misses, 10, 40) / 100);
    expect(early.sum('loads.early', 10, 40)).toBeGreaterThan(60);
    const rare = new Lane('early-expiration', 60, { 'protect.early': 1, 'traffic.readers.rate': '20/s' });
    expect(rare.sum('cache.expirations{tier=redis}', 0, 60), 'what it says to try').toBeGreaterThan(50);
  });

  it('stale-while-revalidate: a reader waits half a second at each end, or nobody does', () => {
    const [wait, stale] = Lane.both('stale-while-revalidate', 60);
    expect(quantile(tookMs(wait, 10, 60), 0.99)).toBeGreaterThan(400);
    expect(quantile(tookMs(stale, 10, 60), 1)).toBeLessThan(15);
    const ages = (lane: Lane) => lane.rows().filter((row) => (row.flags & FLAG.stale) !== 0);
    const oldestMs = Math.max(...ages(stale).map((row) => row.detail));
    expect(oldestMs).toBeGreaterThan(5000);
    expect(oldestMs).toBeLessThan(6100);
  });
});

describe('what the scenarios of rows that do not exist promise', () => {
  it('negative-entries: the database drowns, or comes out of the flood by itself', () => {
    const [none, kept] = Lane.both('negative-entries', 70);
    expect(none.rate(lost, 50, 70)).toBeGreaterThan(1000);
    expect(kept.sum(lost, 50, 70)).toBe(0);
    expect(kept.rate('database.reads', 60, 70)).toBeLessThan(none.rate('database.reads', 60, 70) * 0.7);
    expect(kept.sum('cache.negative', 60, 70)).toBeGreaterThan(5000);
  });

  it('bloom-filter: ninety-nine in a hundred are turned away, and the readers notice nothing', () => {
    const [all, filter] = Lane.both('bloom-filter', 40);
    expect(all.rate(lost, 20, 40)).toBeGreaterThan(500);
    expect(filter.sum(lost, 0, 40)).toBe(0);
    const passed = filter.sum('bloom.passed', 10, 40);
    const share = passed / (passed + filter.sum('bloom.refused', 10, 40));
    // 30,000 questions, the filter itself once drawn: four standard errors of 0.06 points.
    expect(Math.abs(share - 0.01)).toBeLessThan(0.0025);
    const full = new Lane('bloom-filter', 20, { 'bloom.enabled': true, 'bloom.expected': 1000 });
    expect(full.sum('bloom.refused', 10, 20), 'what it says to try').toBeLessThan(full.sum('bloom.passed', 10, 20) / 9);
  });

  it('row-behind-a-no: hidden for the rest of half a minute, or seen at once', () => {
    const [hidden, told] = Lane.both('row-behind-a-no', 45);
    const seenS = (lane: Lane) =>
      Math.min(
        ...lane
          .rows()
          .filter((row) => row.op === OP['request.read'] && row.key === 4242 && row.version === 1)
          .map((row) => row.start / 1e6),
      );
    expect(seenS(hidden)).toBe(36);
    expect(seenS(told)).toBe(8);
  });
});

describe('what the scenarios of too much load promise', () => {
  it('load-limit: nobody is answered, or every second reader', () => {
    const [all, limited] = Lane.both('load-limit', 60);
    expect(all.rate('requests.completed', 27, 35)).toBe(0);
    const share = limited.rate('requests.completed', 22, 35) / limited.rate('requests.arrived', 22, 35);
    expect(share).toBeGreaterThan(0.35);
    expect(share).toBeLessThan(0.5);
    expect(quantile(tookMs(limited, 22, 35), 0.99)).toBeLessThan(200);
  });

  it('circuit-breaker: each look-up and each store waits 200 ms, or hardly any', () => {
    const [wait, breaker] = Lane.both('circuit-breaker', 50);
    expect(quantile(tookMs(wait, 20, 34), 0.5)).toBeGreaterThan(400);
    expect(quantile(tookMs(breaker, 20, 34), 0.5)).toBeLessThan(50);
    expect(wait.sum(lost, 0, 50)).toBe(0);
    expect(breaker.hitRatio(42, 50), 'all closed again').toBeGreaterThan(0.95);
    const held = new Lane('circuit-breaker', 34, { 'traffic.readers.rate': '450/s' });
    expect(held.sum('node.queue.max{node=app1}', 25, 34), 'what it says to try').toBeGreaterThan(0);
  });

  it('load-shedding: nobody is served until long after the rush, or half of them and all when it is over', () => {
    const [line, shed] = Lane.both('load-shedding', 60);
    expect(line.rate('requests.completed', 27, 50)).toBe(0);
    const share = shed.rate('requests.completed', 22, 35) / shed.rate('requests.arrived', 22, 35);
    expect(Math.abs(share - 0.47)).toBeLessThan(0.04);
    expect(shed.sum(lost, 40, 60)).toBe(0);
  });

  it('retry-storm: buried for good under repeated questions, or back in some seconds', () => {
    const [once, wait] = Lane.both('retry-storm', 80);
    for (const lane of [once, wait]) expect(lane.sum(lost, 0, 20)).toBe(0);
    expect(once.rate('requests.arrived', 60, 80)).toBeGreaterThan(3 * 300);
    expect(once.rate('requests.completed', 60, 80)).toBeLessThan(10);
    expect(wait.sum(lost, 45, 80)).toBe(0);
  });

  it('retries: hundreds of errors or hardly one, and jitter keeps those who failed together apart', () => {
    const [once, again] = Lane.both('retries', 45);
    expect(once.sum(lost, 0, 45)).toBeGreaterThan(400);
    expect(again.sum(lost, 0, 45)).toBeLessThan(5);
    // Nobody but those who failed asks again, most of them once.
    const retried = again.sum('database.retries', 0, 45) / once.sum(lost, 0, 45);
    expect(retried).toBeGreaterThanOrEqual(1);
    expect(retried).toBeLessThan(1.3);
    const together = new Lane('retries', 45, { 'protect.retries': 3, 'protect.backoffJitter': false });
    const restarts = [15.5, 22.5, 29.5, 36.5];
    const line = (lane: Lane) =>
      restarts.reduce((sum, atS) => sum + lane.max('node.queue.max{node=database}', atS, atS + 4), 0) / restarts.length;
    expect(line(together), 'what it says to try').toBeGreaterThan(2 * line(again));
    expect(together.sum(lost, 0, 45)).toBeLessThan(5);
  });

  it('hedged-queries: some queries more, and the slowest reads twice as fast', () => {
    const [one, hedged] = Lane.both('hedged-queries', 40);
    const p99 = (lane: Lane) => quantile(tookMs(lane, 0, 40), 0.99);
    expect(p99(hedged)).toBeLessThan(0.6 * p99(one));
    expect(hedged.share('database.hedges', 'reads.completed', 0, 40)).toBeLessThan(0.1);
    const took = one
      .rows()
      .filter((row) => row.op === OP['database.read'])
      .map((row) => (row.leave - row.service) / 1000);
    expect(took.filter((ms) => ms > 100).length / took.length).toBeCloseTo(0.01, 2);
  });
});

describe('what the scenarios of cold and full caches promise', () => {
  it('warming: a cold morning drowns the database, a warmed one and a gradual one do not', () => {
    const lane = new Lane('warming', 175);
    expect(lane.sum(lost, 10, 40)).toBeGreaterThan(3000);
    expect(lane.sum(lost, 60, 175)).toBe(0);
    expect(lane.sum('loads.warmed', 58, 80)).toBe(2500);
    // 656 misses in the first second less what the most popular products save, against 76 a second later.
    const missed = (fromS: number, toS: number) => lane.rate('cache.misses{tier=redis,cause=first}', fromS, toS);
    expect(missed(10, 10.25) / lane.rate('database.reads', 95, 110)).toBeGreaterThan(6);
  });

  it('selective-caching: the readers get their places back, and the database a fifth of its time', () => {
    const [all, second] = Lane.both('selective-caching', 60);
    expect(all.hitRatio(40, 60)).toBeLessThan(0.33);
    expect(second.hitRatio(40, 60)).toBeGreaterThan(all.hitRatio(40, 60) + 0.1);
    const saved = 1 - second.rate('database.reads', 40, 60) / all.rate('database.reads', 40, 60);
    expect(saved).toBeGreaterThan(0.15);
    expect(saved).toBeLessThan(0.25);
  });

  it('keep-what-is-far: a report costs the readers their places, or nothing but its own pages', () => {
    const [all, far] = Lane.both('keep-what-is-far', 50);
    const disk = (lane: Lane) => lane.rate('buffer.misses', 20, 50);
    const without = { 'traffic.report.rate': '0/s' };
    const quiet = disk(new Lane('keep-what-is-far', 50, without));
    const { traffic, database } = all.scenario;
    const pages = traffic.report.rate / database.pageRows;
    // Some 60 a second for half a minute: four standard errors of 1.4.
    expect(Math.abs(disk(far) - pages - quiet)).toBeLessThan(6);
    expect(disk(all) - pages).toBeGreaterThan(1.3 * quiet);
    const alone = disk(new Lane('keep-what-is-far', 50, { ...without, 'protect.admit': 'cost' }));
    expect(Math.abs(alone - quiet), 'what it says to try').toBeLessThan(6);
    for (const lane of [all, far]) expect(lane.sum(lost, 0, 50)).toBe(0);
  });

  it('flash-sale: all three troubles, or none', () => {
    const [plain, ready] = Lane.both('flash-sale', 58);
    expect(plain.rate(lost, 32, 55)).toBeGreaterThan(500);
    expect(ready.sum(lost, 0, 58)).toBe(0);
    expect(ready.sum('requests.completed', 30, 58)).toBeGreaterThan(30_000);
  });
});
