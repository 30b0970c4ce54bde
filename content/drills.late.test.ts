/**
 * What may be turned may also be turned late. A check that is about something before the turn must not pass by it: whoever
 * waits for the damage and then turns the right knob has what was still to be had from then on, and no more.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { attemptPoints, type Drill, type InterveneStep, readDrill } from '../src/drills.ts';
import { settingInfo } from '../src/reading.ts';
import { runAttempt } from '../src/host/drill/runAttempt.ts';
import { turnedBetween } from '../app/drill/turnedBetween.ts';

function taskOf(id: string): { drill: Drill; task: InterveneStep } {
  const file = fileURLToPath(new URL(`drills/${id}.drill.yaml`, import.meta.url));
  const read = readDrill(readFileSync(file, 'utf8'), file);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  const task = read.drill.steps.find((step) => step.kind === 'intervene');
  if (task === undefined) throw new Error(`${id} has no task`);
  // One seed says when a knob was too late; that solutions hold on every seed is another test.
  return { drill: read.drill, task: { ...task, checks: task.checks.map((check) => ({ ...check, seeds: [] })) } };
}

function solutionOf({ solutions }: InterveneStep, name: string) {
  const found = solutions.find((solution) => solution.name === name);
  if (found === undefined) throw new Error(`no solution ${name}`);
  return found.set;
}

/** What passes, and the points of it, when a solution is turned on at a moment of the run. */
function turnedAt(id: string, solution: string, atS: number): { passes: string[]; points: number } {
  const { drill, task } = taskOf(id);
  const outcome = runAttempt(drill, task, [{ us: atS * 1e6, set: solutionOf(task, solution) }], drill.seed);
  const passes = outcome.checks.filter(({ status }) => status === 'pass').map((check) => check.id);
  return { passes, points: attemptPoints(task, outcome) };
}

describe('a solution that comes too late has only what lies after it', () => {
  const late: [drill: string, solution: string, atS: number, passes: string[], points: number][] = [
    // All entries were stored in the first two seconds, and a jitter that comes later moves none of their ends.
    ['everything-expires-together', 'spread-upwards', 51, ['fresh', 'honest'], 10],
    // Readers were sent away in the first ten seconds of the offer, which is a gate.
    ['first-cache', 'cache-aside', 70, ['fresh'], 0],
    // The end at 11:00:00 was hit, but the slow rebuild is still to come.
    ['homepage-stampede-11', 'old-page-meanwhile', 24, ['again', 'fresh', 'honest'], 10],
    // The page that ends at 11:00:00 was stored before, without an old copy behind it: the load is gone, the wait is not.
    ['homepage-stampede-11', 'old-page-meanwhile', 20, ['peak', 'again', 'fresh', 'honest'], 30],
    // Real readers had no answer, which is a gate.
    ['ids-that-never-existed', 'filter-of-the-right-size', 15, ['bounded'], 0],
    // The old row is stored already. At 41 s the delete of the second change is lost as well.
    ['old-price-came-back', 'compare', 13, ['spared', 'robust', 'honest'], 20],
    ['old-price-came-back', 'compare', 41, ['spared', 'honest'], 10],
  ];
  it.each(late)('%s, %s at %d s', (id, solution, atS, passes, points) => {
    expect(turnedAt(id, solution, atS)).toEqual({ passes, points });
  });
});

describe('a solution that comes late, but before anything that is asked for, counts in full', () => {
  const inTime: [drill: string, solution: string, atS: number, points: number][] = [
    // With the first reader of the offer: the checks begin with it.
    ['first-cache', 'cache-aside', 60, 45],
    // The checks begin two seconds after the attack does.
    ['ids-that-never-existed', 'filter-of-the-right-size', 11, 40],
    // Nobody looks the old key up any more, and the two seconds in which an old price is forgiven are not over.
    ['old-price-came-back', 'versions-in-the-key', 13, 40],
  ];
  it.each(inTime)('%s, %s at %d s', (id, solution, atS, points) => {
    const found = turnedAt(id, solution, atS);
    expect(found.passes).toHaveLength(taskOf(id).task.checks.length);
    expect(found.points).toBe(points);
  });
});

describe('ninety-five-became-seventy', () => {
  it('is solved by a setting that is fixed at the start: it cannot be turned late', () => {
    const { drill, task } = taskOf('ninety-five-became-seventy');
    const set = solutionOf(task, 'one-address-a-page');
    expect(Object.keys(set).map((path) => settingInfo(path)?.live)).toEqual([false]);
    expect(turnedBetween(drill.scenario, task.allow, {}, set)).toEqual({});
    expect(() => runAttempt(drill, task, [{ us: 330_000_000, set }], drill.seed)).toThrow(/fixed at the start/);
  });

  it('is not solved by what can be turned: the other three suspects, undone in the middle of the run', () => {
    const { drill, task } = taskOf('ninety-five-became-seventy');
    const others = { 'cache.ttl': '10m', 'cache.capacity': 50_000, 'traffic.crawler.rate': '0/s' };
    const live = turnedBetween(drill.scenario, task.allow, {}, others);
    expect(Object.keys(live)).toContain('cache.ttl');
    const outcome = runAttempt(drill, task, [{ us: 330_000_000, set: live }], drill.seed);
    expect(outcome.checks.map(({ id, status }) => [id, status])).toEqual([
      ['ratio', 'fail'],
      ['load', 'fail'],
      ['honest', 'pass'],
    ]);
    expect(attemptPoints(task, outcome)).toBe(0);
  });
});
