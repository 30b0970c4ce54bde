// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type MountedLesson, mountLesson } from './mountLesson.tsx';
import { PredictOrder } from './PredictOrder.tsx';

let lesson: MountedLesson;

beforeEach(async () => {
  const items = ['Hits', 'Misses', 'Writes'].map((label) => ({ label, of: 'main', answer: label.toLowerCase() }));
  lesson = await mountLesson(
    <PredictOrder id="who" question="Which is more?" items={items} unit="calls">
      <p>Because.</p>
    </PredictOrder>,
  );
});

afterEach(() => lesson.unmount());

const rows = () => [...document.querySelectorAll('li')].map((row) => row.textContent?.replaceAll('\u202f', ' '));

async function measureAll() {
  await lesson.measure('hits', 10);
  await lesson.measure('misses', 30);
  await lesson.measure('writes', 1);
}

it('moves items by their buttons, keeps the focus on the item, and places the order', async () => {
  await lesson.press('Move up: Misses');
  expect(rows()).toEqual(['1Misses', '2Hits', '3Writes']);
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Move down: Misses');
  await lesson.press('Place this order');
  expect(lesson.state.getState().orders).toEqual({ who: [1, 0, 2] });
});

it('says the true order once every value is known, and not before', async () => {
  await lesson.press('Place this order');
  await lesson.measure('hits', 10);
  await lesson.measure('misses', 30);
  expect(lesson.text()).not.toContain('10 calls');
  await lesson.measure('writes', 1);
  expect(rows()).toEqual(['1Hits10 callsreally place 2', '2Misses30 callsreally place 1', '3Writes1 callright']);
  expect(lesson.text()).toContain('1 of 3 places are right.');
  expect(lesson.text()).toContain('Because.');
  expect(lesson.state.getState().outcomes.who).toEqual({ measured: 1, verdict: 'off' });
});

it('says nothing before there is a bet', async () => {
  await measureAll();
  expect(lesson.text()).not.toContain('30 calls');
});

it('lets the bet be placed anew', async () => {
  await lesson.press('Place this order');
  await measureAll();
  await lesson.press('Bet again');
  expect(lesson.state.getState()).toMatchObject({ orders: {}, outcomes: {} });
  expect(lesson.text()).toContain('Place this order');
});
