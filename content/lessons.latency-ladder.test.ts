/** Every number that this lesson states, computed from the run or the experiment it speaks of and looked for in its text. */
import { describe, expect, it } from 'vitest';
import { ladder } from '../src/nodes/ladder.ts';
import { OP, OUTCOME } from '../src/spans/codes.ts';
import type { Row } from '../src/spans/columns.ts';
import { Lane } from './Lane.ts';
import { checksOf, figuresOf, judged, proseOf, runOf } from './LessonRun.ts';

const prose = proseOf('01-why-cache/02-latency-ladder');
const says = (text: string) => expect(prose.includes(text), text).toBe(true);
const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/, ',');
const ms = (us: number, digits = 1) => `${(us / 1000).toFixed(digits)} ms`;

const meanUs = (rows: readonly Row[]) => rows.reduce((sum, row) => sum + row.end - row.start, 0) / rows.length;
const readsWithin = (lane: Lane, fromS: number, toS: number) =>
  lane.rows().filter((row) => row.op === OP['request.read'] && row.end >= fromS * 1e6 && row.end < toS * 1e6);
const took = (rows: readonly Row[]) => rows.map((row) => row.end - row.start).sort((a, b) => a - b);

describe('The ladder and the hit ratio', () => {
  it('times the three places, from the server and from the listener', () => {
    const lane = new Lane('lesson-ladder-steps', 20);
    const rows = lane.rows();
    const step = (op: keyof typeof OP, outcome: number) =>
      meanUs(rows.filter((row) => row.op === OP[op] && row.outcome === outcome));
    const memory = step('local.get', OUTCOME.hit);
    const redis = step('cache.get', OUTCOME.hit);
    const query = step('database.read', OUTCOME.ok);
    says(
      `takes ${memory} µs. A <Term is="round-trip">trip</Term> to Redis takes ${redis.toFixed(0)} µs. A query takes ${grouped(Math.round(query))} µs`,
    );
    says(`the slow step is ${grouped(Math.round(query / memory))} times the quick one`);
    const calls = new Map<number, Set<number>>();
    for (const row of rows) {
      if (row.parent !== 0) calls.set(row.request, (calls.get(row.request) ?? new Set()).add(row.op));
    }
    const answeredBy = (redisAsked: boolean, databaseAsked: boolean) =>
      meanUs(
        rows.filter(({ op, request }) => {
          const asked = calls.get(request);
          const isSo = asked?.has(OP['cache.get']) === redisAsked && asked?.has(OP['database.read']) === databaseAsked;
          return op === OP['request.read'] && isSo;
        }),
      );
    const [near, middle, far] = [answeredBy(false, false), answeredBy(true, false), answeredBy(true, true)];
    says(`take ${ms(near)}, wherever the song is`);
    says(`from memory takes ${ms(near)}, one from Redis ${ms(middle)}, and one from the database ${ms(far)}`);
    expect(far / near, 'not even twice').toBeLessThan(2);
    const slowest = rows
      .filter((row) => row.op === OP['request.read'] && row.end <= 10e6)
      .reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a));
    says('runs at a hundredth of real speed');
    expect(lane.scenario.view.speed).toBe(0.01);
    expect(redis / 0.01 / 1e6, 'a blink: a twentieth of a second').toBeCloseTo(1 / 20, 2);
    says('takes a twentieth of a second here');
    expect(near / 0.01 / 1e6, 'longer still').toBeGreaterThan(1);
    expect(query / 0.01 / 1e6, 'most of a second').toBeCloseTo(0.85, 2);
    expect([...(calls.get(slowest.request) ?? [])], 'asked in all three places').toEqual(
      expect.arrayContaining([OP['local.get'], OP['cache.get'], OP['database.read']]),
    );
  });

  it('stretches the steps a million times', () => {
    const { database } = new Lane('lesson-ladder-steps', 1).scenario;
    const inWords = (us: number) => {
      const parts = [`${Math.floor(us / 3600)} h`, `${Math.floor((us % 3600) / 60)} min`, `${us % 60} s`];
      return parts.filter((part) => !part.startsWith('0 ')).join(' ');
    };
    says(`| If a look into its own memory took | ${inWords(ladder.inProcess.typicalUs).replace('s', 'second')} |`);
    says(`| a page from an SSD would take | ${inWords(ladder.ssd.typicalUs)} |`);
    says(`| Redis on the same network | ${inWords(ladder.redis.typicalUs)} |`);
    says(`| an indexed query, way included | ${inWords(2 * database.link + database.read)} |`);
    expect(database.read).toBe(ladder.indexedQuery.typicalUs);
    expect(ladder.crossRegion.typicalUs).toBe(ladder.coldQuery.typicalUs);
    says(`| a trip between regions, or a cold query | ${inWords(ladder.crossRegion.typicalUs)} |`);
  });

  it('checks the factors of the documents', () => {
    const { theory } = figuresOf('speed-by-tier');
    const redis = (theory.get('Redis') ?? Number.NaN).toFixed(0);
    says(`you get ${redis} and ${grouped(theory.get('in the process') ?? Number.NaN)}`);
    const [quick, slow] = [5, 10];
    expect(slow / 0.5).toBe(20);
    expect((quick * 1000) / 1).toBe(5000);
    says(`one of ${slow} ms and one of ${quick} ms`);
  });

  it('mixes two kinds of readers into a mean that nobody has', () => {
    const lane = new Lane('lesson-ladder-mean', 60);
    const reads = readsWithin(lane, 10, 40);
    const hits = reads.filter((row) => row.outcome === OUTCOME.hit);
    const misses = reads.filter((row) => row.outcome === OUTCOME.miss);
    const [hit, miss, mean] = [meanUs(hits), meanUs(misses), meanUs(reads)];
    const hitShare = hits.length / reads.length;
    says(`hit</Meaning> takes ${ms(hit)}, a <Meaning is="miss">miss</Meaning> takes ${ms(miss)}`);
    says(
      `${grouped(reads.length)} reads were answered. ${grouped(hits.length)} of them took ${ms(hit)}, ${misses.length} took ${ms(miss)}`,
    );
    const between = (row: Row) => row.end - row.start > hit + 1000 && row.end - row.start < miss - 1000;
    expect(reads.filter(between), 'not one in between').toEqual([]);
    says(`The mean, ${ms(mean)}, is a time that nobody had`);
    expect(lane.share('read.latency', 'reads.completed', 10, 40), 'what the bet measures').toBeCloseTo(mean, -2);
    says(`Put in ${hitShare.toFixed(3)} for`);
    expect(hitShare * hit + (1 - hitShare) * miss).toBeCloseTo(mean, 3);
    const [fromHits, fromMisses] = [(hitShare * hit) / 1000, ((1 - hitShare) * miss) / 1000];
    says(`The hits give ${fromHits.toFixed(1)} of the ${ms(mean)}, the misses ${fromMisses.toFixed(1)}`);
    expect(reads.length / misses.length, 'one in nineteen').toBeCloseTo(19, 0);
    says(`did ${((100 * fromMisses) / (mean / 1000)).toFixed(0)} % of all the waiting`);
    const { cache, traffic } = lane.scenario;
    says(`Of ${grouped(traffic.readers.count)} songs ${cache.capacity} fit`);
    // Evenly popular keys under LRU: 1,800 look-ups have a standard error of 0.5 points.
    expect(Math.abs(lane.hitRatio(10, 40) - cache.capacity / traffic.readers.count)).toBeLessThan(0.02);
  });

  it('keeps p99 at a miss until fewer than one in a hundred are left', () => {
    const patch = { 'traffic.readers.rate': '800/s' };
    const p99 = (lane: Lane) => {
      const sorted = took(readsWithin(lane, 10, 60));
      return sorted[Math.ceil(0.99 * sorted.length) - 1];
    };
    const lanes = [950, 980, 995].map(
      (capacity) => new Lane('lesson-ladder-mean', 60, { ...patch, 'cache.capacity': capacity }),
    );
    const [before, after, enough] = lanes;
    expect(ms(p99(before))).toBe('154.2 ms');
    expect(p99(after), 'has not moved').toBe(p99(before));
    says(`It fell from ${ms(p99(after), 0)} to ${ms(p99(enough))} in one step`);
    const meanOf = (lane: Lane) => lane.share('read.latency', 'reads.completed', 10, 60);
    says(`the mean falls to ${ms(meanOf(after))}`);
    expect(meanOf(after) / meanOf(before), 'a bit more than half').toBeCloseTo(0.58, 2);
    for (let s = 10; s < 60; s += 2)
      expect(after.max('read.latency.p99', s, s + 2), `the line at ${s} s`).toBeGreaterThan(150_000);
    expect(1 - after.hitRatio(10, 60), 'from 5 to 2 %').toBeCloseTo(0.02, 2);
    says('Now 980 of the 1,000 songs fit');
    says('With room for 995 songs it lies there');
  });

  it('has goals that the figure misses as it is and reaches with room for 995', () => {
    const [, reached] = /of="tail" happens="([^"]+)"/.exec(prose) ?? [];
    const goals = [...checksOf(prose, 'check'), reached];
    const patch = { 'traffic.readers.rate': '800/s' };
    const asItIs = runOf('lesson-ladder-mean', 120, { ...patch, 'cache.capacity': 980 });
    const roomy = runOf('lesson-ladder-mean', 60, { ...patch, 'cache.capacity': 995 });
    expect(goals).toHaveLength(3);
    for (const goal of goals) expect(judged(goal, roomy), goal).toBe('pass');
    for (const goal of goals) expect(judged(goal, asItIs), goal).toBe('fail');
  });

  it('counts the feeds that wait for a miss', () => {
    const waits = (hitRatio: number) => (100 * (1 - hitRatio ** 30)).toFixed(0);
    says(`each of them hits with 99 %, ${waits(0.99)} feeds in a hundred`);
    says(`With 95 % it is ${waits(0.95)} in a hundred`);
  });

  it('brings a database to its knees with four points', () => {
    const lane = new Lane('lesson-ladder-four-points', 70);
    const { database, traffic } = lane.scenario;
    const finishes = (6 * 1e6) / database.read;
    says(`a database with six places: at ${database.read / 1000} ms a query it can finish ${finishes} a second`);
    says(`${grouped(traffic.readers.rate)} listeners a second`);
    expect(lane.hitRatio(10, 20)).toBeCloseTo(0.99, 2);
    expect(lane.hitRatio(22, 60)).toBeCloseTo(0.95, 2);
    expect(lane.rate('node.arrivals{node=database}', 10, 20), 'about 10').toBeCloseTo(10, -1);
    expect(10 / finishes, 'busy for a quarter').toBe(0.25);
    const arrive = lane.rate('node.arrivals{node=database}', 22, 32);
    says(
      `In the ten seconds after 12:00:02, ${arrive.toFixed(0)} queries a second arrive. The database finishes ${finishes}`,
    );
    // 1,500 exponential queries have a standard error of 2.6 %.
    expect(Math.abs(lane.rate('database.reads', 22, 60) / finishes - 1)).toBeLessThan(0.1);
    says(`At 12:00:40 there are ${lane.max('node.queue{node=database}', 58, 60).toFixed(0)} queries in the line`);
    const times = took(readsWithin(lane, 58, 60));
    const at = (share: number) => times[Math.ceil(share * times.length) - 1];
    says(`Half of all listeners have their song in ${ms(at(0.5), 0)}`);
    const slow = times.filter((us) => us > 1e6);
    expect(times.length / slow.length, 'one in twenty').toBeGreaterThan(17);
    expect(times.length / slow.length).toBeLessThan(27);
    expect(slow[0] / 1e6, 'eight or nine seconds').toBeGreaterThan(7.5);
    expect(slow[slow.length - 1] / 1e6).toBeLessThan(9.5);
    const mean = lane.share('read.latency', 'reads.completed', 58, 60) / 1e6;
    says(`the two seconds before is ${mean.toFixed(2)} s`);
    says(`The mean read takes ${mean.toFixed(1)} s`);
  });

  it('does the sums of what is left', () => {
    for (const [ratio, left, times] of [
      ['90 %', '100', '10 times'],
      ['95 %', '50', '5 times'],
      ['96 %', '40', '4 times'],
      ['98 %', '20', 'twice'],
      ['99 %', '10', ''],
      ['99.9 %', '1', 'a tenth'],
    ]) {
      const misses = 1000 * (1 - Number(ratio.replace(' %', '')) / 100);
      expect(misses).toBeCloseTo(Number(left), 6);
      says(`| ${ratio} | ${left} | ${times}${times === '' ? '' : ' '}|`);
    }
    expect((0.05 - 0.04) / 0.05, 'a fifth').toBeCloseTo(0.2, 9);
    says(`Here that would leave ${(1000 * 0.04).toFixed(0)} queries a second to a database that can finish 40`);
    expect((0.02 - 0.01) / 0.02, 'half').toBeCloseTo(0.5, 9);
    expect(8 / 151, 'the quiz: one in nineteen').toBeCloseTo(1 / 19, 3);
  });

  it('says where a cache begins to pay', () => {
    const full = figuresOf('load-by-hit-ratio').theory.get('full below') ?? Number.NaN;
    says(`from ${(100 * full).toFixed(0)} % hits on, here from a little above 96 %`);
    const pays = figuresOf('break-even').theory.get('pays from') ?? Number.NaN;
    says(`readers gain from ${(100 * pays).toFixed(0)} % hits on`);
  });
});

describe('The ladder and the hit ratio: what is told when', () => {
  // The texts of a figure by their order, the second before which each is kept back, and one by which it is told.
  it.each([
    ['mean', 'lesson-ladder-mean', 0, 38, 40],
    ['four', 'lesson-ladder-four-points', 0, 30, 32],
    ['four', 'lesson-ladder-four-points', 1, 58, 60],
  ] as const)('waits in %s of %s until it could be seen', (of, id, index, earlyS, lateS) => {
    const checks = [...prose.matchAll(new RegExp(`of="${of}" happens="([^"]+)"`, 'g'))].map(([, text]) => text);
    expect(judged(checks[index], runOf(id, earlyS))).not.toBe('pass');
    expect(judged(checks[index], runOf(id, lateS))).toBe('pass');
  });
});
