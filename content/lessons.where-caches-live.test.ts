/** Every number that this lesson states, computed from the run or the experiment it speaks of and looked for in its text. */
import { describe, expect, it } from 'vitest';
import { zipfWeights } from '../src/random/Zipf.ts';
import { FLAG, OP } from '../src/spans/codes.ts';
import { groupPopulation, lruHitRatio } from '../src/theory/index.ts';
import { Lane } from './Lane.ts';
import { checksOf, figuresOf, judged, proseOf, runOf } from './LessonRun.ts';

const prose = proseOf('02-where-caches-live/01-where-caches-live');
const says = (text: string) => expect(prose.includes(text), text).toBe(true);
const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/, ',');
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

const redisHits = 'cache.hits{tier=redis}';
const redisGets = 'cache.gets{tier=redis}';
const readMs = (lane: Lane, fromS: number, toS: number) =>
  lane.share('read.latency', 'reads.completed', fromS, toS) / 1000;
const inPool = (lane: Lane, fromS: number, toS: number) =>
  lane.sum('buffer.hits', fromS, toS) / lane.sum(['buffer.hits', 'buffer.misses'], fromS, toS);

describe('Where caches live', () => {
  it('counts who answers', () => {
    const lane = new Lane('lesson-where-tiers', 50);
    const { app, local, cache, database, traffic } = lane.scenario;
    says(`${traffic.readers.rate} readers a second ask for ${traffic.readers.count} products`);
    expect([app.servers, local.capacity, database.bufferPages * database.pageRows]).toEqual([3, 15, 100]);
    says(`Redis keeps ${cache.capacity}. The database holds a hundred rows`);
    const count = (column: string) => lane.sum(column, 20, 50);
    const [memory, redis, pool, disk] = ['cache.hits{tier=local}', redisHits, 'buffer.hits', 'buffer.misses'].map(
      count,
    );
    says(`${grouped(count('reads.completed'))} reads were answered. The servers gave ${memory} of them`);
    says(
      `Redis gave ${redis}. Of the ${pool + disk} that were left, the database found ${pool} in memory and read ${disk}`,
    );
    expect(memory, 'the smallest answers the most').toBeGreaterThan(redis);
    expect((pool + disk) / pool, 'one in four').toBeCloseTo(4, 0);
    expect((database.bufferPages * database.pageRows) / cache.capacity, 'nearly as much as Redis').toBeGreaterThan(0.8);
  });

  it('lifts the ratio of Redis by taking the first cache away, and nobody gains', () => {
    const [all, bare] = [
      new Lane('lesson-where-tiers', 50),
      new Lane('lesson-where-tiers', 50, { 'local.enabled': false }),
    ];
    says(`Redis hit ${percent(all.hitRatio(20, 50))} of what it was asked`);
    says(`label: '${percent(bare.hitRatio(20, 50))}' }`);
    expect(bare.hitRatio(20, 50) - all.hitRatio(20, 50), 'fifteen points').toBeCloseTo(0.15, 2);
    says(
      `all ${bare.rate(redisGets, 20, 50).toFixed(0)} look-ups a second in place of ${all.rate(redisGets, 20, 50).toFixed(0)}`,
    );
    const [lookUps, before] = [bare, all].map((lane) => Math.round(lane.rate(redisGets, 20, 50)));
    says(`The ${lookUps - before} on top are easy`);
    const queries = (lane: Lane) => lane.rate('database.reads', 20, 50).toFixed(1);
    says(`${queries(bare)} queries a second, where it was ${queries(all)}`);
    const mean = (lane: Lane) => readMs(lane, 20, 50).toFixed(1);
    says(`waits ${mean(bare)} ms, where it was ${mean(all)}`);
    const { traffic, cache } = bare.scenario;
    const population = groupPopulation(zipfWeights(traffic.readers.count, traffic.readers.exponent));
    // Che's form errs by a point or two in small caches; 2,400 look-ups have a standard error of 0.8 points.
    expect(Math.abs(bare.hitRatio(20, 50) - lruHitRatio(population, cache.capacity))).toBeLessThan(0.03);
  });

  it('checks the rule of three places', () => {
    const { ours, theory } = figuresOf('hot-warm-cold');
    const at = (label: string) => (100 * (ours.get(label) ?? Number.NaN)).toFixed(0);
    says(`our run gave ${at('in the process, by LRU')}, ${at('Redis, by LRU')} and ${at('database, by LRU')} %`);
    const best = ['in the process at best', 'Redis at best', 'database at least'].map((label) =>
      (100 * (theory.get(label) ?? Number.NaN)).toFixed(0),
    );
    expect(best).toEqual(['70', '25', '5']);
    says(`takes ${best[0]} % of the reads, the next fifth in Redis takes ${best[1]} %, and ${best[2]} % are left`);
  });

  it('shows three of four servers behind', () => {
    const lane = new Lane('lesson-where-drift', 120);
    const share = lane.share('reads.stale', 'reads.completed', 12, 30);
    expect(share).toBeCloseTo(0.75, 2);
    says(`label: '${percent(share)}' }`);
    const rows = lane.rows();
    const write = rows.find((row) => row.op === OP['request.write']);
    const after = rows
      .filter((row) => row.op === OP['request.read'] && row.start > 10.2e6 && row.start < 11.3e6)
      .sort((a, b) => a.start - b.start);
    const isOld = (flags: number) => (flags & FLAG.stale) !== 0;
    expect(after.slice(0, 2).map(({ flags }) => isOld(flags))).toEqual([true, true]);
    for (const row of rows.filter(({ op, start }) => op === OP['request.read'] && start > 10.2e6 && start < 30e6)) {
      expect(isOld(row.flags), `at ${row.start}`).toBe(row.node !== write?.node);
    }
    // Nodes come in the order clients, balancer, app1 …
    expect(write?.node, 'server 4').toBe(5);
    const oldestS = lane.max('stale.age.max', 0, 50) / 1e6;
    says(`the oldest answer had been wrong for ${oldestS.toFixed(0)} s`);
    expect(lane.scenario.local.ttl).toBe(30e6);
    expect(lane.scenario.app.servers).toBe(4);
  });

  it('has two ways out, each with its price', () => {
    const lane = (patch = {}) => new Lane('lesson-where-drift', 50, patch);
    const [asItIs, short, told] = [lane(), lane({ 'local.ttl': '5s' }), lane({ 'invalidation.broadcast': 'pubsub' })];
    const old = (one: Lane) => percent(one.share('reads.stale', 'reads.completed', 10, 50));
    says(`With 5 s, ${old(short)} of the answers in those forty seconds are old, not ${old(asItIs)}`);
    says(`${short.sum(redisGets, 10, 50)} of them go on to Redis in place of ${asItIs.sum(redisGets, 10, 50)}`);
    expect(told.sum('reads.stale', 10, 50)).toBe(0);
    says(`It takes ${told.scenario.invalidation.busDelay / 1000} ms on average`);
    const goals = checksOf(prose, 'check');
    expect(goals).toHaveLength(2);
    const states = (patch: Parameters<typeof runOf>[2], untilS = 60) =>
      goals.map((goal) => judged(goal, runOf('lesson-where-drift', untilS, patch)));
    expect(states({})).toEqual(['fail', 'fail']);
    expect(states({ 'local.ttl': '5s' })).toEqual(['pass', 'fail']);
    expect(states({ 'invalidation.broadcast': 'pubsub' })).toEqual(['pass', 'pass']);
    expect(states({ 'invalidation.broadcast': 'pubsub' }, 30), 'not before the time is over').not.toContain('pass');
    const [three, second] = [...prose.matchAll(/of="drift" happens="([^"]+)"/g)].map(([, text]) => text);
    expect(second, 'what both cost is told with the second goal').toBe(goals[1]);
    expect(judged(three, runOf('lesson-where-drift', 10))).not.toBe('pass');
    expect(judged(three, runOf('lesson-where-drift', 13))).toBe('pass');
  });

  it('checks how soon a message is everywhere', () => {
    const { ours, theory } = figuresOf('within-a-blink');
    const ms = (us = Number.NaN) => (us / 1000).toFixed(0);
    const { invalidation, app } = new Lane('twenty-servers', 1).scenario;
    expect(app.servers).toBe(20);
    says(`messages that take ${ms(invalidation.busDelay)} ms on average`);
    const last = theory.get('the last');
    says(`heard of it after ${ms(ours.get('the last server hears after'))} ms, and the formula says ${ms(last)}`);
    // The largest of n exponential times has the mean of one times the nth harmonic number.
    const lastOf = (others: number) =>
      invalidation.busDelay *
      Array.from({ length: others }, (_, k) => 1 / (k + 1)).reduce((sum, part) => sum + part, 0);
    expect(last).toBeCloseTo(lastOf(19), 3);
    says(`a hundred servers the same formula says ${ms(lastOf(99))} ms`);
  });

  it('lets the last cache decide', () => {
    const [small, large] = [60, 300].map(
      (pages) => new Lane('lesson-where-pool', 90, { 'database.bufferPages': pages }),
    );
    const { database, traffic, faults, window } = small.scenario;
    expect(faults.map(({ at }) => at)).toContain(30e6);
    expect(new Lane('lesson-where-pool', 1).scenario.database.bufferPages).toBe(60);
    says(`answers ${percent(small.hitRatio(20, 30))} of ${traffic.readers.rate} reads a second`);
    says(`${small.rate('database.reads', 20, 30).toFixed(0)} a second are left`);
    says(
      `A query takes ${database.read / 1000} ms when its page is in memory and ${(database.read + database.disk) / 1000} ms`,
    );
    says(`memory for 60 of the ${traffic.readers.count / database.pageRows} pages`);
    says(`Only ${percent(inPool(small, 20, 30))} of the queries find their page there`);
    const windows = (10 * 1e6) / window;
    const busy = small.sum('node.busy{node=database}', 20, 30) / (windows * database.slots);
    says(`busy for only ${percent(busy)} of its time`);
    says(`A read took ${readMs(small, 20, 30).toFixed(0)} ms so far`);
    expect(readMs(small, 48, 50) / 1000, 'the bet').toBeCloseTo(4.4, 1);
    says(`it finishes ${small.rate('database.reads', 32, 50).toFixed(0)}`);
    says(`found ${percent(inPool(small, 20, 30))}, and with Redis gone it finds ${percent(inPool(small, 32, 50))}`);
    says(`The line grows to ${grouped(Math.round(small.max('node.queue{node=database}', 48, 50)))} queries`);
    const isThere = (s: number) => small.max('node.queue.max{node=database}', s, s + 1) > 20;
    const last = Array.from({ length: 40 }, (_, k) => 50 + k).findLast(isThere) ?? Number.NaN;
    says(`it needs ${last + 1 - 50} seconds after Redis is back`);
    says(
      `With 300 pages ${percent(inPool(large, 32, 50))} are found, and a read takes ${readMs(large, 32, 50).toFixed(0)} ms without Redis`,
    );
    expect(large.sum(['requests.timed-out', 'requests.rejected', 'requests.failed'], 0, 90)).toBe(0);
    expect(large.max('node.queue.max{node=database}', 30, 90)).toBeLessThan(30);
  });

  it('says what Redis costs where all rows are in memory', () => {
    const { ours } = figuresOf('in-the-buffer-pool');
    const at = (label: string) => ((ours.get(label) ?? Number.NaN) / 1000).toFixed(1);
    says(`reads took ${at('in memory, with')} ms with a cache in front`);
    expect(prose).toMatch(/and 11\.3 ms without/);
  });
});

describe('Where caches live: what is told when', () => {
  const happens = (of: string) =>
    [...prose.matchAll(new RegExp(`of="${of}" happens="([^"]+)"`, 'g'))].map(([, text]) => text);

  it.each([
    ['tiers', 'lesson-where-tiers', 49, 50, {}],
    ['bare', 'lesson-where-tiers', 49, 50, { 'local.enabled': false }],
    ['pool', 'lesson-where-pool', 49, 50, {}],
  ] as const)('waits in %s of %s until it could be seen', (of, id, earlyS, lateS, patch) => {
    const [first] = happens(of);
    expect(judged(first, runOf(id, earlyS, patch))).not.toBe('pass');
    expect(judged(first, runOf(id, lateS, patch))).toBe('pass');
  });

  it('keeps back what enough memory does until somebody has tried it', () => {
    const [, enough] = happens('pool');
    expect(judged(enough, runOf('lesson-where-pool', 60))).toBe('fail');
    expect(judged(enough, runOf('lesson-where-pool', 50, { 'database.bufferPages': 300 }))).toBe('pass');
  });
});
