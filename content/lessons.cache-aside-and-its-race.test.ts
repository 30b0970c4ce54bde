/** Every number that this lesson states, computed from the run or the experiment it speaks of and looked for in its text. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FLAG, OP, OUTCOME } from '../src/spans/codes.ts';
import type { Row } from '../src/spans/columns.ts';
import { staleSetShare } from '../src/theory/index.ts';
import { Lane } from './Lane.ts';
import { checksOf, figuresOf, judged, runOf } from './LessonRun.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const mdx = readFileSync(`${folder}lessons/03-patterns/01-cache-aside-and-its-race/index.mdx`, 'utf8');
const prose = mdx.replaceAll('&nbsp;', ' ').replaceAll(/\s+/g, ' ');
const says = (text: string) => expect(prose.includes(text), text).toBe(true);
const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/, ',');
const percent = (share: number, digits = 0) => (100 * share).toFixed(digits);

/** Rows of some operations, in order of their start. */
const rowsOf = (lane: Lane, ...ops: (keyof typeof OP)[]): Row[] =>
  lane
    .rows()
    .filter((row) => ops.some((op) => row.op === OP[op]))
    .sort((one, other) => one.start - other.start || one.id - other.id);
const staleShare = (lane: Lane, fromS: number, toS: number) => lane.share('reads.stale', 'reads.completed', fromS, toS);

describe('Cache-aside and its race', () => {
  it('counts the calls of a miss, a hit and a write', () => {
    const lane = new Lane('lesson-aside-steps', 16);
    const { clients, balancer, app, cache, database } = lane.scenario;
    const way = 2 * (clients.link + balancer.link) + app.cpu;
    const look = 2 * cache.link + cache.command;
    const query = 2 * database.link + database.read;
    says(`The readers are ${way / 1000} ms from the server and back`);
    says(`A trip to the cache takes ${look / 1000} ms. A trip to the database takes ${query / 1000} ms`);
    const roots = rowsOf(lane, 'request.read', 'request.write').filter(({ key }) => key === 4);
    expect(roots.map(({ op, start }) => [op, start / 1e6])).toEqual([
      [OP['request.read'], 1],
      [OP['request.read'], 3],
      [OP['request.write'], 7],
      [OP['request.read'], 9],
      [OP['request.read'], 11],
    ]);
    const calls = ({ request }: Row) =>
      lane
        .rows()
        .filter((row) => row.request === request && row.op >= OP['cache.get'] && row.op <= OP['database.write'])
        .sort((one, other) => one.start - other.start)
        .map(({ op }) => op);
    const [miss, hit, write, again] = roots;
    const missCalls = [OP['cache.get'], OP['database.read'], OP['cache.set']];
    expect([miss, hit, write, again].map(calls)).toEqual([
      missCalls,
      [OP['cache.get']],
      [OP['database.write'], OP['cache.delete']],
      missCalls,
    ]);
    // Clients, balancer and servers round their ways to 0.1 ms.
    expect((miss.end - miss.start) / 1000).toBeCloseTo((way + 2 * look + query) / 1000, 0);
    expect((again.end - again.start) / 1e6).toBeCloseTo(1.02, 3);
    expect((hit.end - hit.start) / 1000).toBeCloseTo(370, 0);
    // The other answers of the bet: the cache alone, the query alone, and no store.
    expect([way + look, way + query, way + look + query].map((us) => us / 1000)).toEqual([370, 760, 890]);
    expect(lane.share('read.latency', 'reads.completed', 1, 3) / 1000, 'the bet').toBeCloseTo(1020, 0);
  });

  it('lets two saves cross where they store, and not where they delete', () => {
    const storing = new Lane('lesson-aside-cross', 40);
    const old = (lane: Lane) =>
      new Set(
        rowsOf(lane, 'request.read')
          .filter(({ start, flags }) => start >= 20e6 && (flags & FLAG.stale) !== 0)
          .map(({ key }) => key),
      );
    expect([...old(storing)].sort((one, other) => one - other)).toEqual([0, 4]);
    says('Two of the six menus, 0 and 4');
    says('between={[17, 20]}');
    expect(staleShare(storing, 17, 20), 'the bet').toBeCloseTo(1 / 3, 2);
    expect(staleShare(storing, 20, 40), 'and it stays so').toBeCloseTo(1 / 3, 1);
    expect(new Lane('lesson-aside-cross', 40, { 'invalidation.onWrite': 'delete' }).sum('reads.stale', 0, 40)).toBe(0);
    const writes = rowsOf(storing, 'database.write');
    for (let at = 0; at < writes.length; at += 2) {
      expect(writes[at].key).toBe(writes[at + 1].key);
      expect(writes[at].version, 'the database takes them in order').toBeLessThan(writes[at + 1].version);
    }
    const sets = rowsOf(storing, 'cache.set')
      .map((row) => (row.end - row.start) / 2000)
      .sort((one, other) => one - other);
    expect(sets[0], 'the quickest way').toBeGreaterThan(60);
    const experiment = figuresOf('older-one-stays').ours;
    says(`storing left ${percent(experiment.get('storing') ?? 0)} % of them`);
    expect(experiment.get('deleting')).toBe(0);
  });

  it('brings the old menu back at the pinned seed, step by step', () => {
    const lane = new Lane('lesson-aside-race', 32);
    const own = rowsOf(lane, 'database.read', 'database.write', 'cache.get', 'cache.set', 'cache.delete').filter(
      ({ key, start }) => key === 5 && start >= 10e6 && start < 12e6,
    );
    const [look, query, write, del, set] = own;
    expect(own.map(({ op }) => op)).toEqual([
      OP['cache.get'],
      OP['database.read'],
      OP['database.write'],
      OP['cache.delete'],
      OP['cache.set'],
    ]);
    expect([look.outcome, del.outcome]).toEqual([OUTCOME.miss, OUTCOME.absent]);
    expect([query.version, write.version, set.version]).toEqual([1, 2, 1]);
    expect(query.request, 'the diagram shows this request').toBe(20);
    says('request={20}');
    const after = (us: number) => ((us - 10e6) / 1e6).toFixed(2);
    says(`| ${after(query.start)} | the reader's server | has missed, and sends its query |`);
    says(`| ${after(query.service)} | the database | reads version 1`);
    says(`| ${after(write.start)} | the writer's server | sends the change |`);
    says(`| ${after(write.leave)} | the database | has version 2 |`);
    says(`| ${after(del.start)} | the writer's server | sends the delete`);
    says(`| ${after(set.start)} | the reader's server | has its row at last`);
    says(`| ${after(set.leave)} | the cache | stores version 1 for ${lane.scenario.cache.ttl / 1e6} s |`);
    says(`whose query takes ${lane.scenario.database.read / 1e6} s`);
    const later = rowsOf(lane, 'request.read').filter(({ key, start }) => key === 5 && start > 12e6);
    expect(later).toHaveLength(7);
    expect(later.map(({ flags }) => flags & FLAG.stale)).toEqual([1, 1, 1, 1, 1, 0, 0]);
    expect(later[5].outcome, 'the sixth fetched the new row').toBe(OUTCOME.miss);
    expect(lane.sum('reads.stale', 10, 26), 'the bet').toBe(5);
    says(`wrong for ${(lane.max('stale.age.max', 0, 32) / 1e6).toFixed(1)} s`);
    expect(lane.max('stale.age.max', 0, 32)).toBeGreaterThan(10e6);
  });

  it('helps as it says', () => {
    const stale = (patch: Record<string, string>) => new Lane('lesson-aside-race', 32, patch).sum('reads.stale', 0, 32);
    expect(stale({ 'cache.ttl': '5s' })).toBe(2);
    expect(stale({ 'database.read': '200ms' })).toBe(0);
    expect(stale({ 'invalidation.onWrite': 'double-delete' })).toBe(1);
    expect(stale({ 'invalidation.onWrite': 'versioned-keys' })).toBe(0);
    const comparing = new Lane('lesson-aside-race', 32, { 'invalidation.onWrite': 'compare-and-set' });
    expect(comparing.sum('reads.stale', 0, 32)).toBe(0);
    expect(comparing.sum('cache.superseded', 0, 32)).toBe(1);
    says(`deletes again ${comparing.scenario.invalidation.secondDelete / 1e6} s later`);
  });

  it('counts how often it happens', () => {
    const deleting = new Lane('lesson-aside-rate', 120);
    const { traffic, database } = deleting.scenario;
    says('between={[5, 35]}');
    expect(staleShare(deleting, 5, 35), 'the bet').toBeCloseTo(0.02, 2);
    expect(staleShare(deleting, 5, 65), 'and over a whole minute').toBeCloseTo(0.02, 2);
    const speed = Number(/scenario="lesson-aside-rate"[^>]* speed={(\d+)}/.exec(mdx)?.[1]);
    expect(deleting.scenario.view.at, 'where the figure begins').toBe(5e6);
    expect((35 - 5) / speed, 'seconds of the reader, until the bet is decided').toBeLessThanOrEqual(12);
    const none = new Lane('lesson-aside-rate', 65, { 'invalidation.onWrite': 'none' });
    says(`Without any delete it would be ${percent(staleShare(none, 5, 35))} %`);
    const slower = new Lane('lesson-aside-rate', 65, { 'database.read': '160ms' });
    says(`at 160 ms, ${percent(staleShare(slower, 5, 65), 1)} % of the answers are old`);
    const comparing = new Lane('lesson-aside-rate', 65, { 'invalidation.onWrite': 'compare-and-set' });
    expect(comparing.sum('reads.stale', 0, 65)).toBe(0);
    // Turned in the middle of a run, the last bad copy ends with its life.
    says(`${['No', 'One', 'Two', 'Three', 'Four'][deleting.scenario.cache.ttl / 1e6]} seconds after the change`);
    says(`from ${percent(deleting.hitRatio(5, 65))} to ${percent(comparing.hitRatio(5, 65))} %`);
    const writes = rowsOf(deleting, 'database.write');
    const sets = rowsOf(deleting, 'cache.set');
    const bad = sets.filter((set) =>
      writes.some(({ key, version, leave }) => key === set.key && version > set.version && leave < set.start),
    );
    says(`We counted ${bad.length} of ${grouped(sets.length)}`);
    const perS = traffic.writers.rate / traffic.writers.count;
    const gapS = database.read / 1e6;
    says(`${perS * gapS} writes in 80 ms, so about ${percent(staleSetShare(perS, gapS))} stores in a hundred`);
    // Of 4,579 stores 180 with a standard deviation of 13; four of those.
    expect(Math.abs(bad.length - sets.length * staleSetShare(perS, gapS))).toBeLessThan(53);
    says(`one store of ${grouped(1000 * Math.round(1 / staleSetShare(1 / 3600, gapS) / 1000))}`);
  });

  it('says how long the gap and a lost delete are', () => {
    const gap = figuresOf('gap-after-commit').ours;
    says(`was ${((gap.get('oldest') ?? 0) / 1000).toFixed(1)} ms old`);
    expect(gap.get('next door')).toBe(0);
    const lost = figuresOf('lost-delete').ours;
    says(`with 30 s, ${((lost.get('old after the change') ?? 0) / 1e6).toFixed(0)} s of old answers`);
  });
});

describe('Cache-aside and its race: what is told when', () => {
  const happens = (of: string) =>
    [...mdx.matchAll(new RegExp(`of="${of}" happens="([^"]+)"`, 'g'))].map(([, text]) => text);

  it.each([
    ['cross', 'lesson-aside-cross', 19, 20],
    ['race', 'lesson-aside-race', 22, 27],
    ['rate', 'lesson-aside-rate', 34, 35],
  ] as const)('waits in %s of %s until it could be seen', (of, id, earlyS, lateS) => {
    const [first] = happens(of);
    expect(judged(first, runOf(id, earlyS))).not.toBe('pass');
    expect(judged(first, runOf(id, lateS))).toBe('pass');
  });

  it.each([
    ['cross', 'lesson-aside-cross', 40, 'delete'],
    ['race', 'lesson-aside-race', 32, 'compare-and-set'],
    ['race', 'lesson-aside-race', 32, 'versioned-keys'],
    ['rate', 'lesson-aside-rate', 60, 'compare-and-set'],
  ] as const)('keeps the cure of %s in %s back until somebody has tried it', (of, id, untilS, onWrite) => {
    const [, cure] = happens(of);
    expect(judged(cure, runOf(id, untilS))).toBe('fail');
    expect(judged(cure, runOf(id, untilS, { 'invalidation.onWrite': onWrite }))).toBe('pass');
  });

  it('keeps what the cures of the race did until its second goal is reached', () => {
    expect(happens('race')[1]).toBe(checksOf(mdx, 'check')[1]);
  });
});
