import { describe, expect, it } from 'vitest';
import { answerPoints, ratioOf } from './answerPoints.ts';
import type { AnswerValue, Drill, DrillQuestion, InterveneStep } from './Drill.ts';
import { type CheckOutcome, createLog, type DrillLog } from './DrillLog.ts';
import { readDrill } from './readDrill.ts';
import { attemptPoints, scoreSheet } from './scoreSheet.ts';
import { seedFor } from './seedFor.ts';
import { smallDrill } from './smallDrill.ts';

const drill = ((): Drill => {
  const read = readDrill(smallDrill, 'x');
  if ('problems' in read) throw new Error('the drill of these tests is broken');
  return read.drill;
})();
const fix = drill.steps.find(({ id }) => id === 'fix') as InterveneStep;

const number = (factor: number, half: number): DrillQuestion => ({
  ask: '',
  answer: { type: 'number', unit: 'reads' },
  accept: { factor, half },
  points: 10,
  confidence: true,
});
const options = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: id }));
const choice: DrillQuestion = { ...number(1, 1), answer: { type: 'choice', options } };
const order: DrillQuestion = { ...number(1, 1), answer: { type: 'order', options, direction: 'most' } };
const text: DrillQuestion = { ...number(1, 1), answer: { type: 'text', minWords: 0 } };

describe('points of an answer', () => {
  it.each<[DrillQuestion, AnswerValue | undefined, AnswerValue | undefined, number]>([
    [number(2, 5), 948, 948, 10],
    [number(2, 5), 474, 948, 10],
    [number(2, 5), 1896, 948, 10],
    [number(2, 5), 473, 948, 5],
    [number(2, 5), 1897, 948, 5],
    [number(2, 5), 4740, 948, 5],
    [number(2, 5), 4741, 948, 0],
    [number(2, 5), 100, 948, 0],
    [number(1, 1), 948, 948, 10],
    [number(1, 1), 947.9, 948, 0],
    [number(2, 5), 0, 0, 10],
    [number(2, 5), 1, 0, 0],
    [number(2, 5), 0, 948, 0],
    [number(2, 5), -948, 948, 0],
    [number(2, 5), -2, -3, 10],
    [number(2, 5), '948', 948, 0],
    [number(2, 5), undefined, 948, 0],
    [number(2, 5), 948, undefined, 0],
    [choice, 'b', 'b', 10],
    [choice, 'a', 'b', 0],
    [choice, ['b'], 'b', 0],
    [order, ['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd'], 10],
    [order, ['b', 'a', 'c', 'd'], ['a', 'b', 'c', 'd'], 5],
    [order, ['a', 'b', 'd', 'c'], ['a', 'b', 'c', 'd'], 5],
    [order, ['c', 'b', 'a', 'd'], ['a', 'b', 'c', 'd'], 0],
    [order, ['d', 'c', 'b', 'a'], ['a', 'b', 'c', 'd'], 0],
    [order, ['b', 'a'], ['a', 'b'], 0],
    [order, ['a', 'a', 'a', 'a'], ['a', 'b', 'c', 'd'], 0],
    [order, ['a', 'b', 'c', 'x'], ['a', 'b', 'c', 'd'], 0],
    [text, 'anything', 'anything', 0],
  ])('%# are what the table says', (question, given, truth, points) => {
    expect(answerPoints(question, given, truth)).toBe(points);
  });

  it('measures how far off a number is the same both ways', () => {
    expect([ratioOf(100, 948), ratioOf(948, 100)]).toEqual([9.48, 9.48]);
    expect(ratioOf(0, 5)).toBe(Number.POSITIVE_INFINITY);
  });
});

const outcome = (passed: string): CheckOutcome[] =>
  fix.checks.map(({ id, text: expected }) => ({
    id,
    expect: expected,
    seed: 7,
    observed: null,
    unit: null,
    atUs: null,
    windowUs: null,
    message: '',
    status: passed.split(' ').includes(id) ? 'pass' : 'nodata',
  }));

describe('points of an attempt', () => {
  it.each([
    ['peak fast later honest', 35],
    ['peak fast honest', 25],
    ['later honest', 10],
    ['honest', 0],
    ['peak fast later', 0],
    ['', 0],
  ])('with %s passed', (passed, points) => {
    expect(attemptPoints(fix, { hash: '', checks: outcome(passed) })).toBe(points);
  });

  it('are none before it is graded, and none for a check without data', () => {
    expect(attemptPoints(fix, undefined)).toBe(0);
    expect(outcome('honest')[0].status).toBe('nodata');
  });
});

const truths: DrillLog['truths'] = {
  guess: { status: 'found', value: 60 },
  order: { status: 'found', value: ['all', 'hits', 'db'] },
  which: { status: 'found', value: 'yes' },
};
const attempt = (n: number, passed: string) => ({
  step: 'fix',
  attempt: n,
  atS: 0,
  commands: [],
  outcome: { hash: '', checks: outcome(passed) },
});
const level = (id: string, given: number) => ({ id, level: given, by: 'self' as const, atS: 0 });
const hint = (n: number) => ({ step: 'fix', n, atS: 0 });
const answer = (step: string, value: AnswerValue) => ({ step, value, atS: 0 });
const all = {
  answers: [
    answer('guess', 60),
    answer('order', ['all', 'hits', 'db']),
    answer('which', 'yes'),
    answer('watch', 'a'),
    answer('cost', 60),
  ],
  attempts: [attempt(1, 'peak fast later honest')],
  rubric: [level('mechanism', 4), level('watching', 4)],
};

describe('the score sheet', () => {
  it.each<
    [
      what: string,
      log: Partial<DrillLog>,
      sums: [auto: number, human: number, hints: number, total: number, pass: boolean | null],
    ]
  >([
    ['nothing at all', {}, [0, 0, 0, 0, false]],
    ['everything right', all, [60, 40, 0, 100, true]],
    [
      'levels in quarters',
      { ...all, rubric: [level('mechanism', 3), level('watching', 2)] },
      [60, 26.25, 0, 86.25, true],
    ],
    [
      'a level below its floor',
      { ...all, rubric: [level('mechanism', 4), level('watching', 1)] },
      [60, 28.75, 0, 88.75, false],
    ],
    [
      'the last level counts',
      { ...all, rubric: [level('mechanism', 0), level('watching', 4), level('mechanism', 4)] },
      [60, 40, 0, 100, true],
    ],
    ['a rubric that is not scored', { ...all, rubric: [level('mechanism', 4)] }, [60, 25, 0, 85, null]],
    ['nor can it be passed any more', { ...all, attempts: [], rubric: [] }, [25, 0, 0, 25, false]],
    ['hints', { ...all, hints: [hint(1), hint(2)] }, [60, 40, -4, 96, true]],
    ['a hint opened twice', { ...all, hints: [hint(2), hint(2)] }, [60, 40, -4, 96, true]],
    ['a hint that there is not', { ...all, hints: [hint(3)] }, [60, 40, 0, 100, true]],
    ['hints of a step without points', { ...all, attempts: [], hints: [hint(2)] }, [25, 40, 0, 65, false]],
    [
      'the best attempt counts',
      { ...all, attempts: [attempt(1, 'peak fast later honest'), attempt(2, 'honest')] },
      [60, 40, 0, 100, true],
    ],
    [
      'whichever it is',
      { ...all, attempts: [attempt(1, 'honest'), attempt(2, 'peak fast honest')] },
      [50, 40, 0, 90, true],
    ],
    [
      'attempts beyond the allowed',
      { ...all, attempts: [attempt(1, 'honest'), attempt(3, 'peak fast later honest')] },
      [25, 40, 0, 65, false],
    ],
    ['a step below its floor', { ...all, attempts: [attempt(1, 'fast later honest')] }, [45, 40, 0, 85, false]],
    [
      'hints that press it below',
      { ...all, attempts: [attempt(1, 'peak fast honest')], hints: [hint(2)] },
      [50, 40, -4, 86, true],
    ],
    [
      'a total below its floor',
      { ...all, answers: [], rubric: [level('mechanism', 2), level('watching', 2)] },
      [35, 20, 0, 55, false],
    ],
    ['the last answer counts', { ...all, answers: [...all.answers, answer('watch', 'b')] }, [55, 40, 0, 95, true]],
    ['half an order', { ...all, answers: [answer('order', ['hits', 'all', 'db'])] }, [37, 40, 0, 77, true]],
  ])('of %s', (_what, log, [auto, human, hints, total, pass]) => {
    const sheet = scoreSheet(drill, createLog({ seed: 7, mode: 'solo', startedAt: '', truths, ...log }));
    expect(sheet.totals).toEqual({ auto, human, hints, total, max: 100, pass });
    expect(sheet.steps.reduce((sum, { points }) => sum + points, 0)).toBe(total);
    for (const step of sheet.steps) expect(step.auto + step.human + step.hints).toBe(step.points);
    expect(Math.min(...sheet.steps.map(({ points }) => points))).toBeGreaterThanOrEqual(0);
  });

  it('gives nothing for a prediction whose truth is not known', () => {
    const log = createLog({
      seed: 7,
      mode: 'solo',
      startedAt: '',
      answers: all.answers,
      truths: { guess: { status: 'error', message: 'no samples' } },
    });
    expect(scoreSheet(drill, log).totals.auto).toBe(10);
  });

  it('keeps a learner on one seed, and learners apart', () => {
    const seeds = Array.from({ length: 40 }, (_, index) => seedFor(drill, `learner ${index}`));
    expect(new Set(seeds)).toEqual(new Set([7, 8]));
    expect(seeds).toEqual(Array.from({ length: 40 }, (_, index) => seedFor(drill, `learner ${index}`)));
    expect(seedFor({ ...drill, variants: [] }, 'x')).toBe(7);
  });
});
