/** Every number that this lesson states, computed from the run or the experiment it speaks of and looked for in its text. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { OP, OUTCOME } from '../src/spans/codes.ts';
import type { Row } from '../src/spans/columns.ts';
import { meanWritesLost, mostWritesLost } from '../src/theory/index.ts';
import { Lane } from './Lane.ts';
import { readExperimentFiles } from '../src/host/experiments/experimentFiles.ts';
import { figuresOf, judged, runOf } from './LessonRun.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const mdx = readFileSync(`${folder}lessons/03-patterns/02-six-patterns/index.mdx`, 'utf8');
const prose = mdx.replaceAll('&nbsp;', ' ').replaceAll(/\s+/g, ' ');
const says = (text: string) => expect(prose.includes(text), text).toBe(true);
const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/, ',');
const percent = (share: number, digits = 0) => (100 * share).toFixed(digits);
const errors = ['requests.timed-out', 'requests.rejected', 'requests.failed'];

const rowsOf = (lane: Lane, op: keyof typeof OP): Row[] => lane.rows().filter((row) => row.op === OP[op]);
const meanMs = (rows: readonly Row[]): number =>
  rows.reduce((sum, row) => sum + row.end - row.start, 0) / rows.length / 1000;
const writeMs = (lane: Lane, fromS: number, toS: number) =>
  lane.share('write.latency', 'writes.completed', fromS, toS) / 1000;
const staleShare = (lane: Lane, fromS: number, toS: number) => lane.share('reads.stale', 'reads.completed', fromS, toS);

describe('Six patterns side by side', () => {
  it('lets a writer wait for what must have the write', () => {
    const lane = new Lane('lesson-six-writes', 80);
    const { cache, database, writeBehind } = lane.scenario;
    const cacheMs = (2 * cache.link + cache.command) / 1000;
    const databaseMs = (2 * database.link + database.write) / 1000;
    says(`A trip from the server to the cache takes ${cacheMs} ms here. A trip to the database takes ${databaseMs} ms`);
    says(`a log on disk, which takes ${writeBehind.logWrite / 1000} ms`);
    const [through, behind, logged, around] = [
      [1, 20],
      [21, 40],
      [41, 60],
      [61, 80],
    ].map(([fromS, toS]) => writeMs(lane, fromS, toS));
    says(`Write-behind took ${behind.toFixed(1)} ms, and ${logged.toFixed(1)} with the log`);
    says(`Write-around took ${around.toFixed(1)} ms. Write-through took ${through.toFixed(1)} ms`);
    expect([behind, logged, around, through], 'the order').toEqual(
      [behind, logged, around, through].sort((one, other) => one - other),
    );
    says(`Take ${(behind - cacheMs).toFixed(1)} ms off each number`);
    expect(through - (behind - cacheMs)).toBeCloseTo(cacheMs + databaseMs, 1);
    expect(around - (behind - cacheMs)).toBeCloseTo(databaseMs, 1);
    const aside = new Lane('lesson-six-writes', 20, { 'pattern.write': 'cache-aside' });
    expect(writeMs(aside, 1, 20), 'just as long').toBeCloseTo(through, 1);
    says(`With write-around ${percent(staleShare(lane, 61, 80))} % of the answers are`);
    expect(lane.sum('reads.stale', 0, 60)).toBe(0);
    const factor = figuresOf('write-through').ours;
    expect(factor.get('with')).toBe(0);
    // By the settings of that experiment: 2 · 250 µs + 12 ms, and 2 · 250 µs + 10 µs.
    const [{ experiment }] = readExperimentFiles([`${folder}experiments/write-through.yaml`]);
    const { cache: near, database: base } = experiment.variants[0].scenario;
    const baseUs = 2 * base.link + base.write;
    says(`Next to a database of ${baseUs / 1000} ms`);
    says(`adds ${percent((2 * near.link + near.command) / baseUs)} %`);
    expect((factor.get('and the cache') ?? 0) - (factor.get('the database alone') ?? 0)).toBeCloseTo(510, -2);
  });

  it('loses what the cache had not passed on', () => {
    const lane = new Lane('lesson-six-crash', 50);
    const { traffic, writeBehind } = lane.scenario;
    const writesPerS = traffic.shoppers.rate * traffic.shoppers.writes;
    expect([writesPerS, writeBehind.every / 1e6]).toEqual([6, 5]);
    says(`By then ${lane.sum('writes.accepted', 0, 24)} writes had been answered with yes`);
    expect(lane.sum('writes.lost', 20, 30), 'the bet').toBe(15);
    says(`all that comes in five seconds, ${mostWritesLost(writesPerS, writeBehind.every / 1e6)} on average`);
    expect(meanWritesLost(writesPerS, writeBehind.every / 1e6)).toBe(15);
    const batches = rowsOf(lane, 'database.batch').map(({ start }) => start / 1e6);
    says(`which left at 16:10:${batches.findLast((atS) => atS < 24)?.toFixed(1)}`);
    const often = new Lane('lesson-six-crash', 50, { 'writeBehind.every': '500ms' });
    says(`the crash costs ${often.sum('writes.lost', 20, 30)} writes`);
    says(
      `${often.sum('writes.batches', 0, 24)} batches in 24 seconds where it got ${lane.sum('writes.batches', 0, 24)}`,
    );
    const logged = new Lane('lesson-six-crash', 50, { 'writeBehind.log': true });
    expect(logged.sum('writes.lost', 0, 50)).toBe(0);
    expect(writeMs(logged, 0, 24) - writeMs(lane, 0, 24), 'one millisecond more').toBeCloseTo(1, 3);
    const patch = { 'pattern.write': 'cache-aside' };
    expect(new Lane('lesson-six-crash', 50, patch).sum(errors, 0, 50)).toBe(0);
    const through = new Lane('lesson-six-crash', 50, { ...patch, 'pattern.read': 'read-through' });
    says(`Read-through lost all ${through.sum('reads.lost', 0, 50)} who came`);
    expect(through.sum('reads.completed', 24, 27)).toBe(0);
    const likes = figuresOf('like-counters').ours;
    // 2,000 by the closed form and by the run, to the nearest hundred.
    expect(likes.get('one by one')).toBeCloseTo(2000, -2);
    expect(likes.get('of them failed'), 'four in five').toBeCloseTo(0.8, 2);
    says(`the database has ${grouped(Math.round(likes.get('rows written then') ?? 0))} rows a second to write`);
  });

  it('renews the front page before it ends', () => {
    const lane = new Lane('lesson-six-front', 80);
    const misses = (fromS: number, toS: number) =>
      rowsOf(lane, 'cache.get').filter(
        ({ outcome, start }) => outcome === OUTCOME.miss && start >= fromS * 1e6 && start < toS * 1e6,
      ).length;
    expect(misses(40, 80), 'the bet').toBe(0);
    says(`${misses(2, 40)} readers wait. How many`);
    const ends = rowsOf(lane, 'expire').filter(({ start }) => start < 40e6);
    expect(ends, 'three times').toHaveLength(3);
    const reads = rowsOf(lane, 'request.read').filter(({ start }) => start >= 2e6);
    const slowestMs = (fromS: number, toS: number) =>
      Math.max(...reads.filter(({ start }) => start >= fromS * 1e6 && start < toS * 1e6).map((r) => r.end - r.start)) /
      1000;
    says(`Before it, the slowest reader needed ${slowestMs(2, 40).toFixed(0)} ms`);
    expect(slowestMs(40, 80)).toBeLessThan(60);
    const queries = [lane.sum('database.reads', 42, 80), lane.sum('database.reads', 2, 40)];
    says(`${queries[0]} queries in place of ${queries[1]}`);
    const tail = figuresOf('refresh-ahead').ours.get('wasted') ?? 0;
    says(`${percent(tail)} % of those loads are for nobody`);
  });

  it('measures all six in one shop', () => {
    const line = (name: string, fills: string, patch: Record<string, string>) => {
      const lane = new Lane('lesson-six', 180, patch);
      const missed = rowsOf(lane, 'request.read').filter(({ outcome, start }) => {
        return outcome === OUTCOME.miss && start >= 20e6;
      });
      const old = lane.sum('reads.stale', 20, 180) === 0 ? 'none' : `${oneOrNone(staleShare(lane, 20, 180))} %`;
      const [miss, write] = [meanMs(missed), writeMs(lane, 20, 180)].map((ms) => `${ms.toFixed(0)} ms`);
      says(`| ${name} | ${fills} | ${miss} | ${write} | ${percent(lane.hitRatio(20, 180))} % | ${old} |`);
      return lane;
    };
    const oneOrNone = (share: number) => percent(share, share < 0.1 ? 1 : 0);
    const read = (name: string) => ({ 'pattern.read': name });
    const write = (name: string) => ({ 'pattern.write': name });
    const aside = line('Cache-aside', 'server, on a miss', {});
    line('Read-through', 'cache, on a miss', read('read-through'));
    line('Refresh-ahead', 'server, before the end', read('refresh-ahead'));
    line('Write-through', 'each writer', write('write-through'));
    line('Write-behind', 'each writer', write('write-behind'));
    const around = line('Write-around', 'server, on a miss', write('write-around'));
    expect(staleShare(around, 20, 60), 'the bet').toBeCloseTo(0.4, 1);
    const { cache, traffic } = aside.scenario;
    expect([traffic.people.rate, traffic.people.writes, cache.ttl]).toEqual([20, 0.2, 12e6]);
    const log = figuresOf('write-around').ours;
    says(`a job writes ${new Lane('write-around', 1).scenario.traffic.audit.rate} lines of a log a second`);
    says(`fall from ${percent(log.get('around it') ?? 0)} to ${percent(log.get('through the cache') ?? 0)} %`);
    expect(log.get('no log at all')).toBeCloseTo(log.get('around it') ?? 0, 2);
  });
});

describe('Six patterns side by side: what is told when', () => {
  it.each([
    ['writes', 'lesson-six-writes', 79, 80],
    ['front', 'lesson-six-front', 79, 80],
    ['six', 'lesson-six', 59, 60],
  ] as const)('waits in %s of %s until it could be seen', (of, id, earlyS, lateS) => {
    const [, check] = new RegExp(`of="${of}" happens="([^"]+)"`).exec(mdx) ?? [];
    expect(judged(check, runOf(id, earlyS))).not.toBe('pass');
    expect(judged(check, runOf(id, lateS))).toBe('pass');
  });

  it('keeps what the two controls do until somebody has found it', () => {
    const [, check] = /of="crash" happens="([^"]+)"/.exec(mdx) ?? [];
    expect(judged(check, runOf('lesson-six-crash', 35))).toBe('fail');
    expect(judged(check, runOf('lesson-six-crash', 35, { 'writeBehind.every': '500ms' }))).toBe('pass');
  });
});
