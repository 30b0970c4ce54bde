/** What the first lesson has besides the numbers that content.test.ts holds: its formula, its goal, its fact check. */
import { describe, expect, it } from 'vitest';
import { ladder } from '../src/nodes/ladder.ts';
import { zipfWeights } from '../src/random/Zipf.ts';
import { groupPopulation, populationHitRatio, ttlHitRatio } from '../src/theory/index.ts';
import { Lane } from './Lane.ts';
import { checksOf, figuresOf, judged, proseOf, runOf } from './LessonRun.ts';

const prose = proseOf('01-why-cache/01-why-a-cache');
const says = (text: string) => expect(prose.includes(text), text).toBe(true);

describe('Why a cache', () => {
  it('has a formula that comes near the last minute of its run', () => {
    const lane = new Lane('lesson-why-cache', 180);
    const { count, exponent } = lane.scenario.traffic.readers;
    const population = groupPopulation(zipfWeights(count, exponent));
    const theory = populationHitRatio(population, 110, (rate) => ttlHitRatio(rate, lane.scenario.cache.ttl / 1e6));
    // Queries take time here and the first copies all ended in one minute; two points are 400 of 6,700 look-ups off.
    expect(Math.abs(lane.hitRatio(120, 180) - theory)).toBeLessThan(0.02);
    says("readsPerS: '110/s'");
    says('between={[120, 180]}');
  });

  it('finds the eight seconds in the line', () => {
    const rush = new Lane('lesson-why-rush', 42);
    const readS = rush.share('read.latency', 'reads.completed', 40, 41) / 1e6;
    says(`had joined a shorter line, and took ${readS.toFixed(0)} s`);
    const line = rush.windows('node.queue{node=database}', 40, 41);
    const mean = line.reduce((sum, one) => sum + one, 0) / line.length;
    expect(Math.abs(mean / 900 - 1), 'the bet: about 900').toBeLessThan(0.05);
    says(`behind ${mean.toFixed(0)} others`);
  });

  it('spans a factor of a million and a half', () => {
    expect(ladder.coldQuery.typicalUs / ladder.memory.typicalUs).toBe(1.5e6);
  });

  it('has a goal that only deleting on write reaches', () => {
    const [goal] = checksOf(prose, 'check');
    const untilS = 180;
    expect(judged(goal, runOf('lesson-why-old', untilS, { 'pattern.write': 'cache-aside' }))).toBe('pass');
    expect(judged(goal, runOf('lesson-why-old', untilS))).toBe('fail');
    expect(judged(goal, runOf('lesson-why-old', untilS, { 'cache.ttl': '5s' }))).toBe('fail');
  });

  it.each([
    ['calm', 'lesson-why-calm', 0, 6, 7],
    ['rush', 'lesson-why-rush', 0, 40, 41],
    ['cached', 'lesson-why-cache', 0, 99, 100],
    ['old', 'lesson-why-old', 0, 44, 45],
  ] as const)('tells of %s in %s when it could be seen', (of, id, index, earlyS, lateS) => {
    const checks = [...prose.matchAll(new RegExp(`of="${of}" happens="([^"]+)"`, 'g'))].map(([, text]) => text);
    expect(judged(checks[index], runOf(id, earlyS))).not.toBe('pass');
    expect(judged(checks[index], runOf(id, lateS))).toBe('pass');
  });

  it('tells what both ways to fewer old answers cost with the goal', () => {
    const [goal] = checksOf(prose, 'check');
    expect([...prose.matchAll(/of="old" happens="([^"]+)"/g)].map(([, text]) => text)[1]).toBe(goal);
  });

  it('does not put the chance of its queries down to the cache', () => {
    const { cache, database } = new Lane('lesson-why-cache', 1).scenario;
    expect((2 * (2 * cache.link + cache.command)) / 1000, 'the look and the copy, ms').toBeCloseTo(1, 1);
    says('One millisecond of that is new');
    expect(database.shape, 'so that a mean over some hundred of them is off by some').toBe('exponential');
  });

  it('says what the one who misses pays', () => {
    const { ours } = figuresOf('one-request');
    const ms = (label: string) => ((ours.get(label) ?? Number.NaN) / 1000).toFixed(0);
    says(`${ms('found')} ms in place of ${ms('without')}`);
    says(`did not find it, took ${ms('not found')} ms`);
  });

  it('asks questions whose answers are sums', () => {
    says('210 a second arrive');
    expect(((210 - 200) * 60) / 200, 'seconds in line after a minute').toBe(3);
    expect((1 - 0.95) / (1 - 0.9)).toBeCloseTo(0.5, 12);
  });
});
