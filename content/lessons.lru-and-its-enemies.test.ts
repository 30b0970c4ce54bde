/** Every number that the lesson on eviction states comes from its runs, and each figure does what the lesson says of it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { allPolicies, firstDifference, readSequence, tracePolicy } from '../src/lab.ts';
import { OP } from '../src/spans/codes.ts';
import { figure, firstRun } from './firstRun.ts';
import { Lane } from './Lane.ts';
import { judged, runOf } from './LessonRun.ts';

const mdx = readFileSync(
  fileURLToPath(new URL('lessons/05-eviction/01-lru-and-its-enemies/index.mdx', import.meta.url)),
  'utf8',
);
const prose = mdx.replaceAll('&nbsp;', ' ').replaceAll(/\s+/g, ' ');
const says = (text: string) => expect(prose.includes(text), text).toBe(true);
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/, ',');

describe('LRU and its enemies: the microscope', () => {
  const [, policies, sequence, slots, step] =
    /<Microscope policies={\[([^\]]+)\]} sequence="([^"]+)" slots={(\d)} step={(\d+)}/.exec(mdx) ?? [];
  const reading = readSequence(sequence);
  const [lru, arc] = policies.split(', ').map((quoted) => {
    const entry = allPolicies.find(({ id }) => `'${id}'` === quoted);
    if (entry === undefined) throw new Error(quoted);
    return tracePolicy(entry, { sequence: reading, capacity: Number(slots), seed: 1 });
  });
  const victims = (trace: typeof lru) =>
    trace.steps
      .map(({ victim }) => (victim < 0 ? '' : reading.names[victim]))
      .join(' ')
      .trim();

  it('starts with a full cache and 2 at the door', () => {
    expect(reading.problem).toBeNull();
    expect([lru, arc].map(({ policy }) => policy.id)).toEqual(['lru', 'arc']);
    const before = lru.steps[Number(step) - 1];
    expect(before.residents.length).toBe(Number(slots));
    expect(reading.names[reading.ids[Number(step)]]).toBe('2');
  });

  it('shows who goes, where the two part, and how it ends', () => {
    expect(victims(lru)).toBe('C A B 1 2 3 4');
    expect(victims(arc)).toBe('C 1 2 3   4');
    expect(firstDifference([lru, arc])).toBe(7);
    expect(lru.steps[9].residents.map((id) => reading.names[id]).sort()).toEqual(['2', '3', '4', '5']);
    says(`LRU ends with ${lru.hits.at(-1)} hits of ${reading.ids.length}, ARC with ${arc.hits.at(-1)}.`);
    const leaves = (name: string) => lru.steps.findIndex(({ victim }) => reading.names[victim] === name) + 1;
    says(`LRU let A go at access ${leaves('A')} and B at access ${leaves('B')}`);
    says(`It went first, at access ${leaves('C')}, in both`);
    expect(arc.steps[9].residents.map((id) => reading.names[id])).toEqual(expect.arrayContaining(['A', 'B']));
    says('Step back to access 10, the last of the job');
    expect(reading.names[reading.ids[9]]).toBe('5');
    expect(lru.steps.slice(-3).map(({ hit }) => hit)).toEqual([false, false, false]);
  });
});

describe('LRU and its enemies: the night', () => {
  const night = (eviction: string, patch = {}) =>
    new Lane('lesson-lru-night', 48 * 60, { 'cache.eviction': eviction, ...patch });
  const minutes = (lane: Lane, from: number, to: number) => lane.hitRatio(from * 60, to * 60);
  const lru = night('lru');

  it('falls fast and comes back slowly', () => {
    expect(lru.scenario.clock).toBe('01:50:00');
    says(`answers ${(100 * minutes(lru, 6, 10)).toFixed(0)} of 100 reads`);
    says('half an hour after that the cache is still not what it was');
    expect(percent(minutes(lru, 16, 18)), 'the bet').toBe('39 %');
    says(`it hardly helps here: ${percent(minutes(night('2q'), 16, 18))} in place of 39.`);
    says(
      `Ten minutes after the job it is ${percent(minutes(lru, 24, 28))}, after half an hour ${percent(minutes(lru, 44, 48))}.`,
    );
  });

  it('has the job that the text speaks of', () => {
    const { traffic, cache } = lru.scenario;
    const read = traffic.job.rate * 360;
    says(`The job read ${grouped(read)} records`);
    expect(read / cache.capacity, 'six times over').toBeCloseTo(6, 0);
    says(
      `with ${grouped(cache.capacity)} places, ${traffic.readers.rate.toFixed(0)} reads a second from people and ${traffic.job.rate} from the job`,
    );
    // How long the readers need is theirs: the numbers of the experiment's own correction.
    const run = firstRun('nightly-job');
    expect(run.holds).toBe(true);
    says(`${grouped(Math.round((3600 * traffic.readers.rate) / 100) * 100)} reads`);
    says(`done in ${((3600 * traffic.readers.rate) / 500).toFixed(0)} s`);
    expect(percent(figure('nightly-job', 'LRU before'))).toBe('95 %');
    expect(percent(figure('nightly-job', '2 min after'))).toBe('40 %');
    expect(figure('nightly-job', 'an hour')).toBeGreaterThan(0.93);
  });

  it('is milder where the scan is slower against the readers', () => {
    says(`fell from ${percent(figure('scan-poisons', 'before'))} to ${percent(figure('scan-poisons', 'during'))}`);
  });

  it.each(['LRU', '2Q', 'SLRU', 'ARC', 'S3-FIFO', 'W-TinyLFU'])('has the line of %s right', (name) => {
    const lane = night(name.toLowerCase());
    const cells = [minutes(lane, 6, 10), minutes(lane, 16, 18), minutes(lane, 44, 48)].map(percent);
    says(`| ${name} | ${cells.join(' | ')} |`);
  });

  it('finds hardly anybody in the good places of 2Q, and other ways than a policy', () => {
    says(`had thrown out ${night('2q').sum('cache.evictions{tier=redis}', 0, 600)} records in ten minutes`);
    says(`LRU is at ${percent(minutes(night('lru', { 'traffic.job.reader': 'database' }), 16, 18))} after it`);
    says(`plain LFU still has ${percent(minutes(night('lfu'), 16, 18))} after the job`);
    const [tiny, newest] = Lane.both('only-the-newest', 60).map((lane) => lane.hitRatio(20, 60));
    says(`LRU finds ${(newest / tiny).toFixed(1)} times what W-TinyLFU finds`);
  });
});

describe('LRU and its enemies: the loop', () => {
  const loop = (patch = {}) => new Lane('lesson-lru-loop', 180, patch).hitRatio(10, 180);

  it('gives LRU nothing, and everything with one place more', () => {
    const { traffic, cache } = new Lane('lesson-lru-loop', 1).scenario;
    expect([traffic.screen.count, cache.capacity]).toEqual([21, 20]);
    expect(loop()).toBe(0);
    expect(new Lane('lesson-lru-loop', 20).hitRatio(5, 20), 'the bet').toBe(0);
    expect(loop({ 'cache.capacity': 21 })).toBe(1);
  });

  it('gives chance one miss in every half round', () => {
    const random = loop({ 'cache.eviction': 'random' });
    says(`Chance gets ${percent(random)}`);
    // The one that is missing comes after 1 to 20 others, all alike: 850 look-ups, a standard error of half a point.
    says(`one miss in every ${(1 + 20) / 2} look-ups`);
    expect(Math.abs(random - (1 - 2 / 21))).toBeLessThan(0.02);
  });

  it('quotes what chance and age cost on common loads', () => {
    says(`by ${(100 * figure('random-near-lru', 'gap where 1 % fits')).toFixed(1)} points in our experiment`);
    const [fifo, lru] = ['hits of FIFO', 'of LRU'].map((label) => {
      const found = firstRun('first-in-first-out').figures.ours.filter((one) => one.label === label);
      return (found[0] as { value: number }).value;
    });
    says(`by ${(100 * (lru - fifo)).toFixed(1)} points in another`);
    says(`popular product of all ${figure('first-in-first-out', 'hottest key evicted by FIFO')} times in a minute`);
    const [part, of] = [100, 2000].map(grouped);
    says(`${part} of ${of} shops drew ${percent(figure('top-hundred', '100 shops'))} of all views`);
  });
});

describe('LRU and its enemies: the old star', () => {
  const star = (eviction: string) => new Lane('lesson-lru-star', 240, { 'cache.eviction': eviction });
  const lfu = star('lfu');

  it('is well ahead until the favourites change, and far behind for as long as they stay', () => {
    says(
      `with ${percent(lfu.hitRatio(60, 120))} of hits, where LRU would have ${percent(star('lru').hitRatio(60, 120))}`,
    );
    says(`It falls to ${percent(lfu.hitRatio(180, 210))} and stays there`);
    expect(lfu.hitRatio(180, 210), 'a tenth of what it was').toBeLessThan(lfu.hitRatio(60, 120) / 10);
    for (const [fromS, toS] of [
      [120, 150],
      [150, 180],
      [210, 240],
    ])
      expect(lfu.hitRatio(fromS, toS)).toBeLessThan(0.07);
    expect(star('lru').hitRatio(125, 150)).toBeGreaterThan(star('lru').hitRatio(60, 120) - 0.03);
  });

  it('fills its places with yesterday', () => {
    const rows = lfu.rows().sort((one, other) => one.end - other.end);
    const newcomers = new Set<number>();
    for (const { op, key, start } of rows) {
      if (start < 120e6) continue;
      if (op === OP['cache.set']) newcomers.add(key);
      if (op === OP.evict) newcomers.delete(key);
    }
    says(`${30 - newcomers.size} of the 30 places still hold yesterday’s stars`);
  });

  it('is cured by forgetting', () => {
    says(`A minute after the change, LFU with ageing has ${percent(star('lfu-aging').hitRatio(180, 210))}.`);
    says(`has ${percent(star('redis-allkeys-lfu').hitRatio(180, 210))}: its`);
  });
});

describe('LRU and its enemies: what is told when', () => {
  it.each([
    ['night', 'lesson-lru-night', 1079, 1080],
    ['loop', 'lesson-lru-loop', 19, 20],
    ['star', 'lesson-lru-star', 209, 210],
    ['cure', 'lesson-lru-night', 1079, 1080],
  ] as const)('waits in %s of %s until it could be seen', (of, id, earlyS, lateS) => {
    const [, check] = new RegExp(`of="${of}" happens="([^"]+)"`).exec(mdx) ?? [];
    expect(judged(check, runOf(id, earlyS))).not.toBe('pass');
    expect(judged(check, runOf(id, lateS))).toBe('pass');
  });

  it('keeps back in the loop what room and chance win until somebody has tried one of them', () => {
    const [, tried] = [...mdx.matchAll(/of="loop" happens="([^"]+)"/g)].map(([, text]) => text);
    expect(judged(tried, runOf('lesson-lru-loop', 180))).toBe('fail');
    expect(judged(tried, runOf('lesson-lru-loop', 60, { 'cache.eviction': 'random' }))).toBe('pass');
    expect(judged(tried, runOf('lesson-lru-loop', 60, { 'cache.capacity': 21 }))).toBe('pass');
  });
});
