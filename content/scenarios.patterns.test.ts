/** What the scenarios about patterns of reading and writing promise, each on its own seed. */
import { describe, expect, it } from 'vitest';
import { OP, OUTCOME } from '../src/spans/codes.ts';
import type { Row } from '../src/spans/columns.ts';
import { mostWritesLost } from '../src/theory/index.ts';
import { Lane } from './Lane.ts';

const lost = ['requests.timed-out', 'requests.rejected', 'requests.failed'];
const reads = ['reads.completed', 'reads.lost'];

/** Mean time from start to end, ms. */
const meanMs = (rows: readonly Row[]): number =>
  rows.reduce((sum, row) => sum + row.end - row.start, 0) / rows.length / 1000;
const misses = (lane: Lane): Row[] =>
  lane.rows().filter((row) => row.op === OP['request.read'] && row.outcome === OUTCOME.miss);

describe('what the scenarios of patterns promise', () => {
  it('read-through: the cache asks in place of the server, the hits are the same, and a miss is a trip shorter', () => {
    const [aside, through] = Lane.both('read-through', 90);
    const askers = (lane: Lane) =>
      new Set(
        lane
          .rows()
          .filter((row) => row.op === OP['database.read'])
          .map((row) => row.from),
      );
    expect(askers(through).size).toBe(1);
    expect([...askers(aside)].filter((asker) => askers(through).has(asker))).toEqual([]);
    // One reader in some hundred comes while the value is on its way, a trip of 42 ms earlier or later.
    expect(Math.abs(through.hitRatio(0, 90) - aside.hitRatio(0, 90))).toBeLessThan(0.01);
    // The store of cache-aside goes 20 ms there and 20 ms back. The same query has the same luck, and most find no line.
    const tookMs = new Map(misses(through).map((row) => [row.request, (row.end - row.start) / 1000]));
    const shorterMs = misses(aside)
      .filter(({ request }) => tookMs.has(request))
      .map((row) => (row.end - row.start) / 1000 - (tookMs.get(row.request) ?? 0))
      .sort((one, other) => one - other);
    expect(shorterMs.length).toBeGreaterThan(150);
    expect(shorterMs[shorterMs.length >> 1]).toBeCloseTo(40, 3);
  });

  it('write-through-half: old prices from the lost half until the next write, or until the entry ends', () => {
    const [next, ends] = Lane.both('write-through-half', 60);
    for (const lane of [next, ends]) expect(lane.sum('reads.stale', 0, 14)).toBe(0);
    // 50 readers a second of the one key, 26 s well inside: 1,300 with a standard deviation of 36.
    expect(Math.abs(next.sum('reads.stale', 15, 41) - 1300)).toBeLessThan(180);
    expect(next.sum('reads.stale', 45, 60)).toBe(0);
    expect(ends.sum('reads.stale', 14, 22)).toBeGreaterThan(300);
    expect(ends.sum('reads.stale', 23, 60)).toBe(0);
  });

  it('write-behind-crash: what was answered and not passed on is gone, unless it is in the log', () => {
    const [memory, log] = Lane.both('write-behind-crash', 60);
    const { traffic, writeBehind } = memory.scenario;
    const most = mostWritesLost(traffic.shoppers.rate * traffic.shoppers.writes, writeBehind.every / 1e6);
    expect(memory.sum('writes.lost', 24, 25)).toBeGreaterThan(0.5 * most);
    // No more than one interval of writes, Poisson with a standard deviation of 13.
    expect(memory.sum('writes.lost', 0, 60)).toBeLessThan(most + 60);
    expect(memory.sum('reads.stale', 28, 60)).toBeGreaterThan(50);
    expect(log.sum('writes.lost', 0, 60)).toBe(0);
    expect(log.sum('reads.stale', 28, 60)).toBe(0);
    expect(memory.sum(lost, 0, 24)).toBe(0);
    expect(memory.sum(lost, 24, 27)).toBeGreaterThan(50);
    expect(memory.sum(lost, 28, 60)).toBe(0);
  });

  it('write-behind-counters: the database drowns in single writes, and hardly notices the sums', () => {
    const [each, sums] = Lane.both('write-behind-counters', 30);
    const { database } = each.scenario;
    const able = (database.slots * 1e6) / database.write;
    expect(able).toBe(640);
    // 12,800 exponential times over eight slots have a standard error of 0.9 %.
    expect(Math.abs(each.rate('database.writes', 10, 30) / able - 1)).toBeLessThan(0.04);
    expect(each.rate(lost, 20, 30)).toBeGreaterThan(600);
    expect(sums.sum(lost, 0, 30)).toBe(0);
    expect(sums.rate('writes.batches', 5, 30)).toBeGreaterThan(8);
    expect(sums.rate('writes.batches', 5, 30)).toBeLessThan(10.1);
    expect(sums.share('writes.flushed', 'writes.accepted', 5, 30)).toBeLessThan(0.7);
  });

  it('riders: a tenth of the rows, and the map is as fresh', () => {
    const [each, summed] = Lane.both('riders', 76);
    // Two summaries with all riders, of 400 reports a second: what lies outside of them is told from what is inside by counting.
    expect(summed.sum('writes.batches', 0, 65)).toBe(2);
    expect(summed.sum('writes.flushed', 0, 65)).toBe(2 * 1200);
    expect(each.rate('database.writes', 5, 65)).toBeCloseTo(400, -1);
    expect(summed.sum('writes.flushed', 0, 65) / (each.rate('database.writes', 5, 65) * 60)).toBeCloseTo(0.1, 2);
    for (const lane of [each, summed]) {
      expect(lane.sum('reads.completed', 0, 75)).toBeGreaterThan(3000);
      // Cold rows at the start may be stored after a report has come.
      expect(lane.sum('reads.stale', 5, 75)).toBe(0);
    }
  });

  it('write-around: the log pushes out what people read, unless it is written around the cache', () => {
    const [through, around] = Lane.both('write-around', 60);
    const before = around.hitRatio(5, 15);
    // 3,000 look-ups before and 9,000 after have a standard error of 0.8 points together.
    expect(Math.abs(around.hitRatio(30, 60) - before)).toBeLessThan(0.03);
    expect(through.hitRatio(30, 60)).toBeLessThan(before - 0.1);
    expect(through.rate('database.reads', 30, 60)).toBeGreaterThan(1.5 * around.rate('database.reads', 30, 60));
  });

  it('refresh-ahead: nobody waits for the front page any more, and the tail is renewed for nobody', () => {
    const [ended, ahead] = Lane.both('refresh-ahead', 90);
    const { build, front } = { build: 600_000, front: (row: Row) => row.key === 0 && row.op === OP['request.read'] };
    const waiting = (lane: Lane) =>
      lane.rows().filter((row) => front(row) && row.start > 2e6 && row.end - row.start > build);
    // Four ends, each with the first reader and those who come in 0.6 s: 12 more on average.
    expect(waiting(ended).length).toBeGreaterThan(20);
    expect(waiting(ahead)).toEqual([]);
    expect(ahead.sum('loads.refreshed', 20, 90)).toBeGreaterThan(100);
    // A page of the tail is read every 20 s, so a third of what was renewed is never read: 1/e.
    const wasted = ahead.sum('loads.wasted', 40, 90) / ahead.sum('loads.refreshed', 40, 90);
    expect(wasted).toBeGreaterThan(0.2);
    expect(wasted).toBeLessThan(0.5);
  });

  it('cache-only: after a restart every price is an error, where the database would have known it', () => {
    const [only, aside] = Lane.both('cache-only', 50);
    for (const lane of [only, aside]) expect(lane.sum(lost, 0, 20)).toBe(0);
    expect(only.sum('reads.completed', 21, 50)).toBe(0);
    expect(only.sum(reads, 21, 50)).toBeGreaterThan(5000);
    expect(only.sum('database.reads', 2, 50)).toBe(0);
    expect(aside.sum(lost, 0, 50)).toBe(0);
    const slow = (fromS: number, toS: number) =>
      aside.share('read.latency', 'reads.completed', fromS, toS) /
      aside.share('read.latency', 'reads.completed', 10, 20);
    expect(slow(20.5, 21.5)).toBeGreaterThan(1.5);
    expect(slow(40, 50)).toBeLessThan(1.1);
  });

  it('page-of-fifty: fifty trips one after another against one', () => {
    const [fifty, one] = Lane.both('page-of-fifty', 40);
    const { cache, traffic } = fifty.scenario;
    const trip = (2 * cache.link + cache.command) / 1000;
    const screens = (lane: Lane) =>
      lane.rows().filter((row) => row.op === OP['request.read'] && row.start > 3e6 && row.outcome === OUTCOME.hit);
    expect(screens(fifty).length).toBeGreaterThan(200);
    // The second lane's trip has a microsecond of work for each key.
    const spared = (traffic.screens.pageKeys - 1) * trip - 0.05;
    expect(Math.abs(meanMs(screens(fifty)) - meanMs(screens(one)) - spared)).toBeLessThan(1);
    const gets = (lane: Lane, op: number) => lane.rows().filter((row) => row.op === op && row.start > 3e6).length;
    expect(gets(fifty, OP['cache.get'])).toBeGreaterThanOrEqual(49 * screens(fifty).length);
    expect(gets(one, OP['cache.get'])).toBe(0);
  });
});
