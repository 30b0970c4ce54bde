// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, expect, it } from 'vitest';
import { goToFigure } from './goToFigure.ts';
import { mountLesson, type MountedLesson } from './mountLesson.tsx';
import { Predict } from './Predict.tsx';
import { PredictOrder } from './PredictOrder.tsx';
import { When } from './When.tsx';

let lesson: MountedLesson;
afterEach(() => lesson.unmount());

const focused = () => document.activeElement?.textContent ?? '';
const focus = (name: string) =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === name)?.focus();

it('leaves the focus in a bet that is taken back', async () => {
  lesson = await mountLesson(<Predict id="b" question="How many?" options={[1, 2]} answer="reads" />);
  await act(async () => document.querySelector('input')?.click());
  await lesson.measure('reads', 2);
  focus('Bet again');
  await lesson.press('Bet again');
  expect(focused()).toBe('Place your bet before it runs');
});

it('leaves the focus in an order that is placed', async () => {
  const items = ['hits', 'misses'].map((answer) => ({ label: answer, answer }));
  lesson = await mountLesson(<PredictOrder id="o" question="Which?" items={items} />);
  focus('Place this order');
  await lesson.press('Place this order');
  expect(focused()).toBe('Your order');
});

it('goes on with the text that somebody did not want to wait for', async () => {
  lesson = await mountLesson(
    <When happens="reads.completed >= 1" lead="Wait.">
      <p>It has come.</p>
    </When>,
  );
  focus('Show it anyway');
  await lesson.press('Show it anyway');
  expect(focused()).toBe('It has come.');
});

it('says what is wrong with a number that is none, and stays in its field', async () => {
  lesson = await mountLesson(<Predict id="n" question="How many?" answer="reads" />);
  await lesson.press('Place the bet');
  await act(async () => document.querySelector('form')?.requestSubmit());
  expect(lesson.text()).toContain('Write one number');
  const field = document.querySelector('input');
  expect(document.activeElement).toBe(field);
  expect(field?.getAttribute('aria-invalid')).toBe('true');
  expect(lesson.state.getState().bets).toEqual({});
});

it('goes to the button that lets a figure run', async () => {
  lesson = await mountLesson(
    <>
      <div data-run="other">
        <button type="button" aria-label="Play" />
      </div>
      <div data-run="main">
        <button type="button" aria-label="Play" id="wanted" />
      </div>
    </>,
  );
  goToFigure('main');
  expect(document.activeElement?.id).toBe('wanted');
});
