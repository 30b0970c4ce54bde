// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, expect, it } from 'vitest';
import { type MountedLesson, mountLesson } from './mountLesson.tsx';
import { Quiz } from './Quiz.tsx';

let lesson: MountedLesson;
afterEach(() => lesson.unmount());

const input = (place: number) => document.querySelectorAll<HTMLInputElement>('input')[place];
const choose = (place: number) => act(async () => input(place).click());

const one = [
  { text: 'A', why: 'A is not it.' },
  { text: 'B', right: true, why: 'B is it.' },
];
const two = [...one, { text: 'C', right: true, why: 'C as well.' }];

it('says why once an answer was checked, and nothing of the others', async () => {
  lesson = await mountLesson(<Quiz id="q" question="Which?" options={one} />);
  await choose(0);
  expect(lesson.text()).not.toContain('A is not it.');
  await lesson.press('Check');
  expect(lesson.text()).toContain('No. A is not it.');
  expect(lesson.text()).not.toContain('B is it.');
  await choose(1);
  await lesson.press('Check');
  expect(lesson.text()).toContain('Right. B is it.');
  expect(lesson.text()).toContain('That is right');
});

it('keeps the first answer, not the one that was found by trying', async () => {
  lesson = await mountLesson(<Quiz id="q" question="Which?" options={one} />);
  await choose(0);
  await lesson.press('Check');
  await choose(1);
  await lesson.press('Check');
  expect(lesson.state.getState().quizzes).toEqual({ q: { given: [0], right: false } });
});

it('wants all of several right answers and no other', async () => {
  lesson = await mountLesson(<Quiz id="q" question="Which?" options={two} />);
  expect(input(0).type).toBe('checkbox');
  await choose(2);
  await lesson.press('Check');
  expect(lesson.text()).not.toContain('That is right');
  await choose(1);
  await lesson.press('Check');
  expect(lesson.text()).toContain('That is right');
  expect(lesson.text()).toContain('A is not it.');
});
