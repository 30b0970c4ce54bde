import { describe, expect, it } from 'vitest';
import type { LessonEntry } from '../content/lessons.ts';
import { readProgress } from '../stores/progressSchema.ts';
import { goOnFrom, keptWords, partsOf } from './Learn.tsx';

const entry = (id: string): LessonEntry => ({
  id,
  title: id.toUpperCase(),
  summary: '',
  minutes: 8,
  part: 'First',
  place: 1,
  of: 3,
  sources: [],
  claims: [],
  prerequisites: [],
});
const all = ['a', 'b', 'c'].map(entry);
const progress = (last: string | undefined, lessons: Record<string, object>) =>
  readProgress(JSON.stringify({ hotpathProgress: 2, last, lessons })).progress;

describe('where to go on', () => {
  it('is nowhere before anything was opened, and after everything is done', () => {
    const done = { state: 'done' };
    expect(goOnFrom(progress(undefined, {}), all)).toBeUndefined();
    expect(goOnFrom(progress('c', { a: done, b: done, c: done }), all)).toBeUndefined();
    expect(goOnFrom(progress('gone', {}), all)).toBeUndefined();
  });

  it('is the lesson that was left in the middle, at its section', () => {
    const left = progress('b', { a: { state: 'done' }, b: { state: 'begun', section: 3 } });
    expect(goOnFrom(left, all)).toMatchObject({ lesson: { id: 'b' }, section: 3, isLeft: true });
  });

  it('is the next that is not done, also before the last one opened', () => {
    expect(goOnFrom(progress('a', { a: { state: 'done' } }), all)).toMatchObject({
      lesson: { id: 'b' },
      isLeft: false,
    });
    const skipped = progress('c', { b: { state: 'done' }, c: { state: 'done' } });
    expect(goOnFrom(skipped, all)).toMatchObject({ lesson: { id: 'a' } });
  });
});

it('says how a lesson stands', () => {
  expect(keptWords(undefined)).toBe('not begun');
  const outcomes = { x: { measured: 1, verdict: 'right' }, y: { measured: 1, verdict: 'near' } };
  const lessons = { a: { state: 'done', outcomes, quizzes: { q: { given: [0], right: true } } } };
  expect(keptWords(progress('a', lessons).lessons.a)).toBe('done · 1 of 2 bets right · 1 of 1 question right');
});

it('lists the plan in its order, and what is in no plan behind it', () => {
  const plan = [
    {
      part: 'First',
      asks: 'Why?',
      lessons: [
        { id: 'b', title: 'Bee' },
        { id: 'z', title: 'Zed' },
      ],
    },
  ];
  const [first, ...others] = partsOf(plan, [entry('b'), { ...entry('c'), part: 'Else' }]);
  expect(first.lessons.map(({ id, title, entry: written }) => [id, title, written !== undefined])).toEqual([
    ['b', 'B', true],
    ['z', 'Zed', false],
  ]);
  expect(others).toMatchObject([{ part: 'Else', lessons: [{ id: 'c' }] }]);
});
