/** What the scenarios about eviction promise, each on its own seed. */
import { describe, expect, it } from 'vitest';
import { OP, OUTCOME } from '../src/spans/codes.ts';
import { Lane } from './Lane.ts';

const misses = (cause: string) => `cache.misses{tier=redis,cause=${cause}}`;

describe('what the scenarios about eviction promise', () => {
  it('nightly-job: from nineteen in twenty to four in ten, and an hour until it is as before', () => {
    const [through, past] = Lane.both('nightly-job', 92 * 60);
    const minutes = (lane: Lane, from: number, to: number) => lane.hitRatio(from * 60, to * 60);
    // About 600 reads in two minutes: a standard error of two points at four in ten, of one at nineteen in twenty.
    expect(minutes(through, 6, 10)).toBeGreaterThan(0.93);
    expect(Math.abs(minutes(through, 16, 18) - 0.4)).toBeLessThan(0.08);
    expect(minutes(through, 36, 46)).toBeLessThan(0.91);
    expect(minutes(through, 76, 92)).toBeGreaterThan(0.935);
    expect(minutes(past, 16, 18)).toBeGreaterThan(0.91);
    // The job reads each record once, in either lane.
    expect(past.sum('database.reads', 10 * 60, 16 * 60)).toBeGreaterThan(60 * 360 - 5);
  });

  it('first-in-first-out: FIFO throws the hottest key out every few seconds, LRU never', () => {
    const [fifo, lru] = Lane.both('first-in-first-out', 80);
    const leaves = (lane: Lane) => lane.rows().filter(({ op, key }) => op === OP.evict && key === 0).length;
    expect(leaves(fifo)).toBeGreaterThan(15);
    expect(leaves(lru)).toBe(0);
    // 35 % of misses against 40 %: an eighth less, of some 9,000 that differ by 1 % by chance.
    const spared = 1 - lru.sum('database.reads', 20, 80) / fifo.sum('database.reads', 20, 80);
    expect(Math.abs(spared - 1 / 8)).toBeLessThan(0.04);
  });

  it('arc-against-lru: ARC finds a third more than LRU beside a crawler', () => {
    const [lru, arc] = Lane.both('arc-against-lru', 60);
    // 18,000 look-ups: each ratio errs by a third of a point, their quotient by two hundredths.
    expect(Math.abs(arc.hitRatio(30, 60) / lru.hitRatio(30, 60) - 4 / 3)).toBeLessThan(0.08);
  });

  it('arc-against-lru: part of the difference is not the crawler’s doing', () => {
    const alone = { 'traffic.crawler.rate': '0/s' };
    const [lru, arc] = ['lru', 'arc'].map((id) => new Lane('arc-against-lru', 60, { ...alone, 'cache.eviction': id }));
    expect(arc.hitRatio(30, 60)).toBeGreaterThan(lru.hitRatio(30, 60) + 0.03);
  });

  it('only-the-newest: LRU finds nearly twice what W-TinyLFU finds, until favourites stay', () => {
    const [tinyLfu, lru] = Lane.both('only-the-newest', 60);
    const more = lru.hitRatio(20, 60) / tinyLfu.hitRatio(20, 60);
    expect(more).toBeGreaterThan(1.6);
    expect(more).toBeLessThan(2.1);
    const stay = { 'traffic.readers.shiftEvery': '30s' };
    const [calmTinyLfu, calmLru] = ['w-tinylfu', 'lru'].map(
      (id) => new Lane('only-the-newest', 60, { ...stay, 'cache.eviction': id }),
    );
    expect(calmTinyLfu.hitRatio(20, 60)).toBeGreaterThan(calmLru.hitRatio(20, 60) + 0.03);
  });

  it('who-must-leave: the settings stay where only keys with an end may go, and half of them leave where all may', () => {
    const gone = (lane: Lane, fromS: number, toS: number) => lane.sum(misses('capacity'), fromS, toS);
    const [volatile, allkeys] = Lane.both('who-must-leave', 48);
    expect(gone(volatile, 25, 30)).toBe(0);
    expect(gone(volatile, 30, 45)).toBe(100);
    // Those fifty that nobody asks for; sampling lets some ten of them slip.
    expect(gone(allkeys, 25, 27.5)).toBeLessThanOrEqual(2);
    expect(gone(allkeys, 27.5, 30)).toBeGreaterThan(30);
    // One for each newcomer; a setting in use that leaves comes back, and then another has to go.
    const evictions = [volatile, allkeys].map((lane) => lane.sum('cache.evictions{tier=redis}', 0, 24));
    expect(evictions[0]).toBe(100);
    expect([100, 101, 102]).toContain(evictions[1]);
    const refusing = new Lane('who-must-leave', 48, { 'cache.eviction': 'redis-noeviction' });
    const refused = refusing.rows().filter(({ op, outcome }) => op === OP['cache.set'] && outcome === OUTCOME.rejected);
    expect(refused.length).toBe(100);
    expect(refusing.sum(misses('refused-entry'), 40, 45)).toBe(100);
  });

  it('forty-percent: three falls to the same ratio, each with a cause of its own, and a good cache between them', () => {
    const lane = new Lane('forty-percent', 105);
    const share = (cause: string, fromS: number, toS: number) =>
      lane.sum(misses(cause), fromS, toS) /
      (lane.sum('cache.gets{tier=redis}', fromS, toS) * (1 - lane.hitRatio(fromS, toS)));
    for (const [fromS, cause] of [
      [24, 'capacity'],
      [54, 'expired'],
      [84, 'first'],
    ] as const) {
      expect(Math.abs(lane.hitRatio(fromS, fromS + 10) - 0.4), cause).toBeLessThan(0.05);
      expect(share(cause, fromS, fromS + 10), cause).toBeGreaterThan(0.9);
    }
    for (const fromS of [10, 42, 72]) expect(lane.hitRatio(fromS, fromS + 6)).toBeGreaterThan(0.95);
  });
});
