// @vitest-environment happy-dom
import { act, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Slider } from './Slider.tsx';

let root: Root;
let changes: number[];
let commits: number[];

function Ttl({ orNone = false }: { orNone?: boolean }) {
  const [seconds, setSeconds] = useState(30);
  const change = (value: number) => {
    changes.push(value);
    setSeconds(value);
  };
  return (
    <Slider
      label="Time to live"
      value={seconds}
      scale={{ min: 1, max: 1000, kind: 'log' }}
      orNone={orNone}
      format={(value) => (value === Number.POSITIVE_INFINITY ? 'none' : `${value} s`)}
      parse={(text) => (/^\d+( s)?$/.test(text) ? Number.parseInt(text, 10) : undefined)}
      onChange={change}
      onCommit={(value) => commits.push(value)}
    />
  );
}

beforeEach(async () => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  changes = [];
  commits = [];
  const place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
  await act(async () => root.render(<Ttl orNone />));
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
});

const range = () => document.querySelector<HTMLInputElement>('input[type=range]')!;
const field = () => document.querySelector<HTMLInputElement>('input:not([type=range])')!;

async function press(target: HTMLElement, key: string): Promise<void> {
  await act(async () => {
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    target.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true }));
  });
}

async function type(text: string): Promise<void> {
  // React overrides `value` on the element itself and would take a plain assignment for its own.
  const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
  await act(async () => {
    own?.set?.call(field(), text);
    field().dispatchEvent(new Event('input', { bubbles: true }));
  });
  await press(field(), 'Enter');
}

it('says its value with the unit, and is named by its label', () => {
  expect(range().getAttribute('aria-valuetext')).toBe('30 s');
  expect(document.querySelector('label')?.htmlFor).toBe(range().id);
  expect(field().value).toBe('30 s');
});

it('moves by keys: one round step, ten, and to the ends', async () => {
  for (const key of ['ArrowUp', 'ArrowLeft', 'PageUp', 'Home', 'End']) await press(range(), key);
  expect(changes).toEqual([31, 30, 40, 1, Number.POSITIVE_INFINITY]);
  expect(commits).toEqual(changes);
});

it('reaches none past the end and comes back from it', async () => {
  await press(range(), 'End');
  expect(range().getAttribute('aria-valuetext')).toBe('none');
  await press(range(), 'ArrowLeft');
  expect(changes.at(-1)).toBe(1000);
  await press(range(), 'ArrowRight');
  expect(changes.at(-1)).toBe(Number.POSITIVE_INFINITY);
});

it('takes what is typed, once', async () => {
  await type('45');
  expect(changes).toEqual([45]);
  expect(commits).toEqual([45]);
  expect(field().value).toBe('45 s');
});

it('refuses what cannot be read, says so, and keeps the value', async () => {
  await type('soon');
  expect(changes).toEqual([]);
  expect(field().getAttribute('aria-invalid')).toBe('true');
  expect(range().getAttribute('aria-valuetext')).toBe('30 s');
});
