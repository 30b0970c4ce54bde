/** Every number that the lesson on stampedes states comes from its runs, and each figure does what the lesson says of it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseCheck } from '../src/checks/parseCheck.ts';
import { OP, OUTCOME } from '../src/spans/codes.ts';
import type { Row } from '../src/spans/columns.ts';
import {
  stampedeFetches,
  stampedeFetchesPerServerFlight,
  staleWhileRevalidateShares,
  xFetchFetches,
  xFetchMeanLeadS,
} from '../src/theory/index.ts';
import { figure, firstRun } from './firstRun.ts';
import { Lane } from './Lane.ts';
import { judged, runOf } from './LessonRun.ts';

const mdx = readFileSync(
  fileURLToPath(new URL('lessons/06-when-caches-break/01-stampede/index.mdx', import.meta.url)),
  'utf8',
);
const prose = mdx.replaceAll('&nbsp;', ' ').replaceAll(/\s+/g, ' ');
const says = (text: string) => expect(prose.includes(text), text).toBe(true);
const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/, ',');

const missed = 'cache.misses{tier=redis,cause=expired}';
const knocks = ['locks.taken', 'locks.held'];
const lost = ['requests.timed-out', 'requests.rejected', 'requests.failed'];

/** Queries for a key that began in a range of seconds, in order. */
const queries = (lane: Lane, fromS: number, toS: number, key = 0): Row[] =>
  lane
    .rows()
    .filter((row) => row.op === OP['database.read'] && row.key === key)
    .filter((row) => row.start >= fromS * 1e6 && row.start < toS * 1e6)
    .sort((one, other) => one.start - other.start);

/** How long each answered read took that began in a range, s, ascending. */
const tookS = (lane: Lane, fromS: number, toS: number): number[] =>
  lane
    .rows()
    .filter((row) => row.op === OP['request.read'] && row.outcome < OUTCOME.timeout)
    .filter((row) => row.start >= fromS * 1e6 && row.start < toS * 1e6)
    .map((row) => (row.end - row.start) / 1e6)
    .sort((one, other) => one - other);

const clock = (lane: Lane, atS: number): string => {
  const [h, m, s] = (lane.scenario.clock ?? '').split(':').map(Number);
  const all = h * 3600 + m * 60 + s + Math.floor(atS);
  return [all / 3600, (all / 60) % 60, all % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');
};

describe('Stampede: two copies end', () => {
  const herd = new Lane('lesson-stampede-herd', 60);
  const front = queries(herd, 10, 60, 0);
  const sports = queries(herd, 10, 60, 1);

  it('begins with a database that has nothing to do, two pages, four places and a build of a second', () => {
    const { traffic, database } = herd.scenario;
    expect(herd.sum('database.reads', 2, 10)).toBe(0);
    expect([traffic.readers.rate, traffic.readers.count, database.read, database.slots]).toEqual([40, 2, 1e6, 4]);
    expect([clock(herd, 10), clock(herd, 12)]).toEqual(['11:00:00', '11:00:02']);
  });

  it('counts both stampedes', () => {
    says(`The front page sent ${front.length}.`);
    says(`It sent ${sports.length} queries in place of ${front.length}`);
    // What the bet counts, and nothing of the other page in it.
    expect(herd.sum(missed, 10, 12)).toBe(front.length);
    expect(stampedeFetches(20, 1)).toBe(21);
    // Readers of a fixed time are Poisson.
    const inLine = (sports[0].end - sports[0].start) / 1e6;
    expect(Math.abs(sports.length - stampedeFetches(20, inLine))).toBeLessThan(3 * Math.sqrt(20 * inLine));
    says(`not done after one second, but after ${inLine.toFixed(1)}`);
  });

  it('shows the work that nobody needs any more, and the wait that comes of it', () => {
    const back = Math.min(...front.map((row) => row.end)) / 1e6;
    says(`After ${(back - 10).toFixed(1)} s the front page is back`);
    says(`But ${front.length - 1} more builds of it have been ordered`);
    const done = Math.max(...front.map((row) => row.leave)) / 1e6;
    says(`until ${clock(herd, done)}.`);
    const slowest = tookS(herd, 12, 60).at(-1) ?? 0;
    says(`The last of these ${sports.length} waited ${slowest.toFixed(0)} s`);
    says(`Half a minute later some readers have waited ${slowest.toFixed(0)} s`);
    expect(Math.max(...sports.map((row) => row.leave)) / 1e6).toBeLessThan(40);
  });

  it('holds the documents’ crowd against the formula', () => {
    const run = firstRun('stampede');
    expect(run.holds).toBe(true);
    const quick = run.results.find(({ text }) => text.includes('of quick'))?.observed ?? 0;
    says(`1,200 readers a second and a build of 0.8 s made ${figure('stampede', '1,200/s')} queries`);
    says(`A build of 80 ms made ${quick}.`);
    says(`It took 6,600 readers a second to get ${grouped(figure('stampede', '6,600/s'))}.`);
  });
});

describe('Stampede: one asks for all', () => {
  const lane = new Lane('lesson-stampede-lock', 40);
  const ends = [queries(lane, 10, 16), queries(lane, 16, 22), queries(lane, 22, 40)];

  it('sends one query of each server, then one of all', () => {
    expect(lane.scenario.app.servers).toBe(4);
    expect(ends.map((list) => list.length)).toEqual([4, 1, 2]);
    expect(new Set(ends[0].map((row) => row.from)).size).toBe(4);
    expect(lane.sum('cache.fills{tier=redis}', 10, 14), 'the bet').toBe(4);
    expect([clock(lane, 16), clock(lane, 22)]).toEqual(['11:00:06', '11:00:12']);
    says(`${stampedeFetchesPerServerFlight(20, 1, 200).toFixed(1)} queries of 21 are left`);
  });

  it('counts the knocks with single-flight beside the lock and without', () => {
    says(`They knocked ${lane.sum(knocks, 16, 21)} times in that second`);
    const bare = new Lane('lesson-stampede-lock', 21, { 'protect.singleFlight': false });
    says(`and it would be ${bare.sum(knocks, 16, 21)}.`);
    says(`look again every ${lane.scenario.protect.lockPoll / 1000} ms`);
  });

  it('kills the holder half a second after it took the lock, and frees the lock by its time', () => {
    const [died, next] = ends[2];
    expect(died.outcome).toBeGreaterThanOrEqual(OUTCOME.timeout);
    expect(died.end).toBe(22.5e6);
    expect(next.start - died.start).toBeGreaterThan(lane.scenario.protect.lockTtl - 10_000);
    expect(lane.sum('locks.lapsed', 0, 40)).toBe(1);
    says(`the page is back at ${clock(lane, next.end / 1e6)}`);
    says(`The unluckiest reader has waited ${(tookS(lane, 22, 40).at(-1) ?? 0).toFixed(1)} s`);
    expect(lane.sum(lost, 0, 40), 'Four readers').toBe(4);
  });

  it('waits for what happens in this order', () => {
    const waits = [...mdx.matchAll(/of="lock" happens="([^"]+)"/g)].map(([, text]) => text);
    const short = waits.pop() ?? '';
    expect(waits).toEqual(['cache.fills{tier=redis} >= 5', 'cache.fills{tier=redis} >= 6', 'locks.lapsed >= 1']);
    expect(judged(short, runOf('lesson-stampede-lock', 40)), 'told only where the lock is too short').toBe('fail');
    const tooShort = { 'protect.lockTtl': '900ms' };
    expect(judged(short, runOf('lesson-stampede-lock', 22, tooShort)), 'and not before its second end').toBe('fail');
    expect(judged(short, runOf('lesson-stampede-lock', 25, tooShort))).toBe('pass');
    for (const text of [...waits, ...[...mdx.matchAll(/check="([^"]+)"/g)].map(([, check]) => check)])
      expect(parseCheck(text), text).toHaveProperty('check');
    expect(lane.sum('cache.fills{tier=redis}', 0, 10)).toBe(1);
    expect(lane.sum('cache.fills{tier=redis}', 0, 16)).toBe(5);
    expect(lane.sum('cache.fills{tier=redis}', 0, 22)).toBe(6);
    expect(lane.sum('locks.lapsed', 0, 25)).toBe(0);
  });

  it('builds twice where the lock ends too soon, and all ask where it does not end', () => {
    const short = new Lane('lesson-stampede-lock', 40, { 'protect.lockTtl': '900ms' });
    expect(queries(short, 16, 22).length).toBe(2);
    expect(queries(short, 22, 40).filter((row) => row.outcome < OUTCOME.timeout).length).toBe(2);
    const asked = figure('lock-frees-itself', 'an hour') - 1;
    says(`Then ${asked} of them asked`);
    // They wait for others' loads as long as for a query.
    expect(figure('lock-frees-itself', 'longest wait for an hour')).toBeGreaterThan(5e6);
  });
});

describe('Stampede: a few come early', () => {
  const early = new Lane('lesson-stampede-early', 90);
  const key = { readsPerS: 20, ttlS: 10, rebuildS: 1, beta: 1 };

  it('costs a fourth of the queries, and nobody misses', () => {
    const none = new Lane('lesson-stampede-early', 70, { 'protect.early': 0 });
    says(`Without a cure it costs ${none.sum('database.reads', 10, 70)} queries a minute`);
    const reads = tookS(early, 10, 70);
    const slow = reads.filter((took) => took > 0.5).length;
    says(`In that minute ${slow} of ${grouped(reads.length)} readers had to wait for a build`);
    expect(early.sum('database.reads', 10, 70), 'the bet').toBe(22);
    expect(early.sum(missed, 5, 90)).toBe(0);
  });

  it('renews before the end, with some builds each time', () => {
    says(`renewed ${xFetchMeanLeadS(key).toFixed(1)} s before its end`);
    expect(xFetchMeanLeadS(key) / key.ttlS, 'a third').toBeCloseTo(1 / 3, 1);
    expect(xFetchFetches(key)).toBeCloseTo(Math.E, 2);
    says('about 2.72');
    says(`Our experiment measured ${figure('early-expiration', 'builds a renewal').toFixed(1)}.`);
    expect(figure('early-expiration', 'rare pages that end'), 'six times in seven').toBeCloseTo(6 / 7, 1);
    says('ended all the same six times in seven');
  });
});

describe('Stampede: old for a little while', () => {
  const stale = new Lane('lesson-stampede-stale', 90);
  const wait = new Lane('lesson-stampede-stale', 90, { 'protect.stale': '0s' });
  const share = (lane: Lane) => (100 * lane.share('reads.stale', 'reads.completed', 10, 70)).toFixed(0);
  const oldestS = (lane: Lane) => (lane.max('stale.age.max', 2, 90) / 1e6).toFixed(1);

  it('lets nobody wait', () => {
    says(`the slowest read took ${(1000 * (tookS(stale, 5, 90).at(-1) ?? 0)).toFixed(0)} ms`);
    const slow = tookS(wait, 10, 70);
    expect(slow.filter((took) => took > 0.05).length / slow.length, 'one in nine').toBeCloseTo(1 / 9, 2);
    says(`the slowest wait ${(slow.at(-1) ?? 0).toFixed(1)} s`);
  });

  it('counts builds and age', () => {
    const locked = new Lane('lesson-stampede-stale', 70, { 'protect.lock': true });
    const minute = (lane: Lane) => lane.sum('database.reads', 10, 70);
    says(`with the lock one: ${minute(stale)} a minute, or ${minute(locked)}.`);
    const more =
      100 *
      (stale.share('reads.stale', 'reads.completed', 10, 70) - wait.share('reads.stale', 'reads.completed', 10, 70));
    expect(more, 'nine points').toBeCloseTo(9, 0);
    says(`even if readers wait for each new page, ${share(wait)} % of the answers`);
    expect(share(stale), 'the bet').toBe('62');
    says(`the oldest was ${oldestS(stale)} s behind the truth, against ${oldestS(wait)}.`);
    expect(stale.rate('database.writes', 2, 90), 'every five seconds or so').toBeCloseTo(0.2, 1);
    expect(stale.sum('cache.overdue', 0, 90)).toBeGreaterThan(0);
  });

  it('needs readers', () => {
    expect(figure('stale-while-revalidate', 'rare pages still wait'), 'one in five').toBeCloseTo(0.2, 1);
    const rare = staleWhileRevalidateShares(1 / 60, 10, 10, 1);
    expect(rare.blockedShare, 'the quiz: most of the time').toBeGreaterThan(0.6);
    expect(stampedeFetches(1 / 60, 1)).toBeLessThan(1.02);
    expect(stampedeFetches(200, 0.05)).toBe(11);
  });
});

describe('Stampede: what is told when', () => {
  // The figure, its run, how many of its texts there are by one second, and by a later one.
  it.each([
    ['herd', 'lesson-stampede-herd', 11, 0, 12, 1],
    ['herd', 'lesson-stampede-herd', 15, 1, 17, 2],
    ['early', 'lesson-stampede-early', 69, 0, 70, 1],
    ['stale', 'lesson-stampede-stale', 69, 0, 70, 1],
  ] as const)('waits in %s of %s until it could be seen', (of, id, earlyS, early, lateS, late) => {
    const waits = [...mdx.matchAll(/of="(\w+)" happens="([^"]+)"/g)].filter(([, figureId]) => figureId === of);
    const told = (atS: number) => {
      const run = runOf(id, atS);
      return waits.filter(([, , check]) => judged(check, run) === 'pass').length;
    };
    expect([told(earlyS), told(lateS)]).toEqual([early, late]);
  });
});
