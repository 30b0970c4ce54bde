// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { SteppedMicroscope } from './SteppedMicroscope.tsx';

let root: Root;

const show = (slots: number) =>
  act(async () =>
    root.render(
      <Router hook={useHashLocation}>
        <SteppedMicroscope policies={['arc', 'lru']} sequence="ABC AB 1-5 ABC" slots={slots} step={6} />
      </Router>,
    ),
  );

beforeEach(async () => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  // Without motion, since nothing here draws.
  vi.stubGlobal('matchMedia', () => ({ matches: true }));
  root = createRoot(document.body.appendChild(document.createElement('div')));
  await show(4);
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

const press = (label: string) =>
  act(async () => document.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`)?.click());
const panel = (title: string) => document.querySelector(`section[aria-label="${title}"]`)?.textContent ?? '';

it('steps, and says for each policy what happened and why', async () => {
  await press('One access on');
  await press('One access on');
  expect(panel('ARC')).toContain('ARC2 of 8 hits');
  expect(panel('ARC')).toContain('T1 holds 2, more than p = 0: 1, its oldest, goes to B1.');
  expect(panel('LRU')).toContain('evicted A');
  expect(panel('LRU')).toContain('A was used longest ago (4 accesses ago), so A goes.');
  await press('To the beginning');
  expect(document.body.textContent).toContain('Before the first access');
});

it('keeps the focus in its row where a button goes out of use', async () => {
  document.querySelector<HTMLButtonElement>('button[aria-label="To the beginning"]')?.focus();
  await press('To the beginning');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('One access on');
  for (let step = 0; step < 13; step++) await press('One access on');
  expect(document.body.textContent).toContain('Access 13 of 13');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('One access back');
});

it('leads to this very moment in the laboratory, and leaves the address of the lesson alone', async () => {
  const before = location.hash;
  await press('One access on');
  const link = document.querySelector('a')?.getAttribute('href') ?? '';
  const query = new URLSearchParams(link.split('?')[1]);
  expect(link.split('?')[0]).toBe('#/lab/microscope');
  expect(Object.fromEntries(query)).toEqual({ q: 'ABC AB 1-5 ABC', c: '4', p: 'arc,lru', at: '7' });
  expect(location.hash).toBe(before);
});
