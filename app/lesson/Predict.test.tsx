// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLessonState, LessonContext } from './lessonState.ts';
import { Predict } from './Predict.tsx';
import type { Stage } from '../stage/Stage.ts';

let root: Root;
let value: number | undefined;
let changed: () => void;
let state: ReturnType<typeof createLessonState>;
let asked: unknown[];

beforeEach(async () => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  value = undefined;
  asked = [];
  changed = () => {};
  state = createLessonState();
  state.getState().addRun('main', {
    measure: (metric, span) => {
      asked.push([metric, span]);
      return metric === 'database.reads' ? value : undefined;
    },
    subscribe: (listener) => {
      changed = listener;
      return () => {};
    },
  });
  root = createRoot(document.body.appendChild(document.createElement('div')));
  await act(async () =>
    root.render(
      <LessonContext value={state}>
        <Predict
          id="reads"
          question="How many?"
          options={[1, 100, 1000]}
          unit="reads"
          answer="database.reads"
          between={[1, 2]}
        >
          <p>Because of the rebuild.</p>
        </Predict>
      </LessonContext>,
    ),
  );
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

const text = () => (document.body.textContent ?? '').replaceAll('\u202f', ' ');
const option = (index: number) => document.querySelectorAll<HTMLInputElement>('input[type=radio]')[index];

async function measure(next: number): Promise<void> {
  value = next;
  await act(async () => changed());
}

it('keeps the answer to itself until there is a bet', async () => {
  await measure(948);
  expect(text()).not.toContain('948');
  expect(text()).not.toContain('Because');
});

it('holds the bet against what was measured, over the span that was named', async () => {
  await act(async () => option(2).click());
  expect(state.getState().bets).toEqual({ reads: 1000 });
  expect(text()).not.toContain('Measured');
  await measure(948);
  expect(text()).toContain('You bet 1 000 reads. Measured: 948 reads. That is it.');
  expect(text()).toContain('Because of the rebuild.');
  expect(asked.at(-1)).toEqual(['database.reads', { fromUs: 1e6, toUs: 2e6 }]);
});

it('lets a bet be changed before the measurement and not after', async () => {
  await act(async () => option(0).click());
  await act(async () => option(1).click());
  expect(state.getState().bets.reads).toBe(100);
  await measure(948);
  expect(document.querySelector('fieldset')?.disabled).toBe(true);
  expect(text()).toContain('It is 9.48 times your bet.');
});

it('shows the measurement to those who did not bet, without a verdict', async () => {
  await act(async () => state.getState().placeBet('reads', Number.NaN));
  await measure(948);
  expect(text()).toContain('Measured: 948 reads.');
  expect(text()).not.toContain('You bet');
});

it('asks how sure one is, keeps it, and says it beside the outcome', async () => {
  expect(text()).not.toContain('How sure');
  await act(async () => option(2).click());
  expect(text()).toContain('How sure are you?');
  await act(async () => option(5).click());
  expect(state.getState().confidence).toEqual({ reads: 'certain' });
  await measure(948);
  expect(text()).toContain('That is it. You were certain.');
  expect(state.getState().outcomes).toEqual({ reads: { measured: 948, verdict: 'right' } });
});

it('takes a bet back with all that belongs to it', async () => {
  await act(async () => option(2).click());
  await measure(948);
  const again = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Bet again');
  await act(async () => again?.click());
  expect(state.getState()).toMatchObject({ bets: {}, outcomes: {}, confidence: {} });
  expect(text()).not.toContain('948');
});

it('keeps what decided it: what is run later is another run', async () => {
  await act(async () => option(2).click());
  await measure(948);
  await measure(3);
  expect(text()).toContain('Measured: 948 reads.');
  await act(async () => document.querySelector<HTMLButtonElement>('[class*=outcome] button')?.click());
  await act(async () => option(0).click());
  expect(text()).toContain('You bet 1 read. Measured: 3 reads.');
});

it('is not decided by a figure in which a control was turned, and says what to do', async () => {
  const own = { patch: {}, seed: undefined, actions: [] as unknown[] };
  let now = own;
  const stage = { store: { getState: () => now } } as unknown as Stage;
  const { run } = state.getState().runs[0];
  await act(async () => state.getState().addRun('main', run, stage));
  await act(async () => option(2).click());
  now = { ...own, actions: [{}] };
  await measure(3);
  expect(text()).not.toContain('Measured');
  expect(text()).toContain('Reset the figure');
  now = own;
  await measure(948);
  expect(text()).toContain('Measured: 948 reads.');
});
