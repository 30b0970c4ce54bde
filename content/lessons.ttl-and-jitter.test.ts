/** Every number that this lesson states, computed from the run or the experiment it speaks of and looked for in its text. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FLAG, OP, OUTCOME } from '../src/spans/codes.ts';
import type { Row } from '../src/spans/columns.ts';
import { jitterExpectedPeak, staleHitShare, ttlHitRatio } from '../src/theory/index.ts';
import { Lane } from './Lane.ts';
import { figuresOf, judged, runOf } from './LessonRun.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const mdx = readFileSync(`${folder}lessons/04-time-and-invalidation/01-ttl-and-jitter/index.mdx`, 'utf8');
const prose = mdx.replaceAll('&nbsp;', ' ').replaceAll(/\s+/g, ' ');
const says = (text: string) => expect(prose.includes(text), text).toBe(true);
const percent = (share: number, digits = 0) => (100 * share).toFixed(digits);
const expired = 'cache.misses{tier=redis,cause=expired}';

const rowsOf = (lane: Lane, op: keyof typeof OP): Row[] => lane.rows().filter((row) => row.op === OP[op]);
const staleShare = (lane: Lane, fromS: number, toS: number) => lane.share('reads.stale', 'reads.completed', fromS, toS);

const of = (figures: ReadonlyMap<string, number>, label: string) => figures.get(label) ?? Number.NaN;

describe('Time to live, and jitter', () => {
  it('promises an upper end for the age', () => {
    const lane = new Lane('lesson-ttl-one', 40);
    expect(lane.scenario.cache.ttl).toBe(10e6);
    expect(lane.sum('reads.stale', 13, 24), 'the bet: nine').toBe(9);
    expect(lane.sum('reads.stale', 24, 30)).toBe(0);
    expect(lane.sum('reads.stale', 30, 40), 'and one').toBe(1);
    const stored = rowsOf(lane, 'cache.set').map(({ leave }) => leave / 1e6);
    says(`The copy was made at 09:00:${stored.findLast((atS) => atS < 13.5)?.toFixed(1)}`);
    says(`the oldest was ${(lane.max('stale.age.max', 0, 40) / 1e6).toFixed(1)} s behind`);
    const stale = rowsOf(lane, 'request.read').filter(({ flags }) => (flags & FLAG.stale) !== 0);
    expect(stale.map(({ start }) => start > 32.5e6).filter(Boolean), 'the tenth is the second one').toHaveLength(1);
  });

  it('measures how many answers are old, by life and change', () => {
    const perS = 2 / 40;
    const line = (ttl: string) => {
      const lane = new Lane('lesson-ttl-share', 300, { 'cache.ttl': ttl });
      const ttlS = lane.scenario.cache.ttl / 1e6;
      const { rate, count, writes } = lane.scenario.traffic.readers;
      expect([(rate * (1 - writes)) / count, (rate * writes) / count]).toEqual([0.95, perS]);
      const theory = ttlHitRatio(0.95, ttlS) * staleHitShare(perS, ttlS);
      const old = staleShare(lane, 60, 300);
      // 480 changes decide, each old for a time that scatters by half of itself and more: 5 %; four of those, or a point.
      expect(Math.abs(old - theory)).toBeLessThan(Math.max(0.01, 0.2 * theory));
      const measured = lane.rate('database.reads', 60, 300);
      says(
        `| ${ttlS} s | ${percent(old)} % | ${percent(theory)} % | ${percent(lane.hitRatio(60, 300))} % | ${measured.toFixed(1)} |`,
      );
      expect(lane.max('stale.age.max', 20, 300)).toBeLessThan((ttlS + 0.2) * 1e6);
      return { lane, old, measured };
    };
    const lines = [line('2s'), line('5s'), line('10s'), line('20s'), line('60s')];
    const [two, five, , twenty, sixty] = lines;
    says(`you pay ${(twenty.measured - sixty.measured).toFixed(1)} queries a second and nearly halve`);
    expect(twenty.old / sixty.old).toBeCloseTo(0.5, 1);
    says(
      `pay ${(two.measured - five.measured).toFixed(1)} queries more and gain ${percent(five.old - two.old)} points`,
    );
    expect(staleShare(twenty.lane, 20, 80), 'the bet').toBeCloseTo(0.35, 2);
    const queries = (fromS: number, toS: number) => twenty.lane.sum('database.reads', fromS, toS);
    says(`Between 09:00:20 and 09:00:27 readers sent the database ${queries(20, 27)} queries`);
    expect(twenty.lane.sum('database.writes', 27, 37), 'what is left in the chart').toBeGreaterThan(0);
    expect(queries(27, 37), 'and then none').toBe(0);
    says(
      `with ${twenty.lane.sum('database.writes', 20, 80)} changes in it. Over four minutes it is ${percent(twenty.old)} %`,
    );
    says(`about ${percent(staleHitShare(perS, 2))} % of the hits`);
    const twice = new Lane('lesson-ttl-share', 300, { 'cache.ttl': '10s', 'traffic.readers.writes': '10%' });
    says(`About as many: ${percent(staleShare(twice, 60, 300))} % over four minutes`);
  });

  it('gives each kind of data its own life', () => {
    const short = figuresOf('too-short');
    says(`and ${percent(of(short.ours, 'ill'))} % of the look-ups hit`);
    says(`and ${percent(of(short.ours, 'with more room'))} % hit. There had been room`);
    expect(percent(of(short.ours, 'misses for want of time')), 'Ninety per cent').toBe('90');
    const { ours, theory } = figuresOf('right-ttl');
    const both = (without: string, old: string) => `${percent(of(ours, without))} % | ${percent(of(ours, old), 1)} % |`;
    says(`| a menu | twice a week | 1 h | ${both('menus without a query', 'old menus')}`);
    says(`| a price in a sale | every 10 minutes | 45 s | ${both('prices without a query', 'old prices')}`);
    says(`| the state of an order | every 8 minutes | 20 s | ${both('orders without a query', 'old orders')}`);
    expect(of(theory, 'menus at 20 s'), 'one time in four').toBe(0.25);
    says(`is old in ${percent(of(theory, 'orders old at an hour'))} % of its hits`);
  });

  it('lets 300 copies end together, and spreads them', () => {
    const wave = new Lane('lesson-ttl-avalanche', 120);
    const { database, traffic, cache } = wave.scenario;
    expect([traffic.readers.count, traffic.readers.rate, cache.ttl]).toEqual([300, 300, 60e6]);
    // Four places from the tenth second on, by the script.
    says(`So it can do ${(4 * 1e6) / database.read} a second`);
    const misses = (lane: Lane, fromS: number, toS: number) =>
      rowsOf(lane, 'cache.get').filter(
        ({ outcome, start }) => outcome === OUTCOME.miss && start >= fromS * 1e6 && start < toS * 1e6,
      ).length;
    expect(Math.round(misses(wave, 55, 70) / 10), 'the bet: around 570').toBe(57);
    says('between={[55, 66]}');
    expect(wave.sum(expired, 55, 66), 'all by the end of the bet').toBe(misses(wave, 55, 70));
    says(`In that one second ${wave.max(expired, 55, 70)} look-ups missed`);
    says(`The line grew to ${wave.max('node.queue.max{node=database}', 55, 70)} queries`);
    says(`the slowest reader waited ${(wave.max('read.latency.max', 55, 70) / 1e6).toFixed(1)} s`);
    expect(wave.sum('database.reads', 20, 60), 'nothing to do').toBe(0);

    const spread = new Lane('lesson-ttl-avalanche', 120, { 'cache.jitter': '30s' });
    expect(misses(spread, 55, 95), 'the bet').toBe(300);
    says(`now has ${spread.max(expired, 55, 95)} misses in place of ${wave.max(expired, 55, 70)}`);
    says(`says ${jitterExpectedPeak(300, 30).toFixed(0)}. No reader`);
    says(`waits longer than ${(spread.max('read.latency.max', 55, 95) / 1e6).toFixed(2)} s`);
    expect(spread.max('node.queue.max{node=database}', 55, 110)).toBe(0);
    const narrow = new Lane('lesson-ttl-avalanche', 120, { 'cache.jitter': '6s' });
    says(`With 6 s it is ${300 / 6} a second on average and ${narrow.max(expired, 55, 95)} at the top`);
    expect(narrow.max('node.queue.max{node=database}', 55, 90), 'that still fits').toBeLessThanOrEqual(10);
    expect(wave.max('node.queue.max{node=database}', 55, 90)).toBeGreaterThan(10);
    const experiment = figuresOf('avalanche');
    const [all, plus, around] = ['all for 300 s', '0 to 30 s more', '270 to 330 s'].map((label) =>
      of(experiment.ours, label),
    );
    says(`${all} misses in one second, ${plus} with 0 to 30 s more, ${around} with 270 to 330 s`);
  });

  it('does nothing for one key that ends', () => {
    const found = (jitter: string) => {
      const lane = new Lane('lesson-six-front', 40, { 'cache.jitter': jitter });
      expect(rowsOf(lane, 'expire')).toHaveLength(3);
      return rowsOf(lane, 'cache.get').filter(({ outcome, start }) => outcome === OUTCOME.miss && start >= 2e6).length;
    };
    says(`and ${found('0s')} readers found it gone`);
    says(`three times as well, and ${found('3s')} found it gone`);
  });
});

describe('Time to live, and jitter: what is told when', () => {
  it.each([
    ['one', 'lesson-ttl-one', 0, 32, 35],
    ['share', 'lesson-ttl-share', 0, 39, 40],
    ['share', 'lesson-ttl-share', 1, 99, 100],
    ['wave', 'lesson-ttl-avalanche', 0, 65, 66],
    ['spread', 'lesson-ttl-avalanche', 0, 94, 95],
  ] as const)('waits in %s of %s until it could be seen', (of, id, index, earlyS, lateS) => {
    const checks = [...mdx.matchAll(new RegExp(`of="${of}" happens="([^"]+)"`, 'g'))].map(([, text]) => text);
    expect(judged(checks[index], runOf(id, earlyS))).not.toBe('pass');
    expect(judged(checks[index], runOf(id, lateS))).toBe('pass');
  });
});
