// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { currentNotice, quietMs } from '../../ui/announce.ts';
import { runOfRows, scenarioOf, withWindows } from '../testRun.ts';
import { ChartsView } from './ChartsView.tsx';

let root: Root;
let moved: Set<(atUs: number) => void>;
let playhead: { atUs: number; subscribe: (listener: (atUs: number) => void) => () => void };
let sought: number[];

beforeEach(async () => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      private readonly tell: (entries: { isIntersecting: boolean }[]) => void;
      constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
        this.tell = tell;
      }
      observe() {
        this.tell([{ isIntersecting: true }]);
      }
      disconnect() {}
    },
  );
  HTMLElement.prototype.setPointerCapture = () => {};
  moved = new Set();
  sought = [];
  playhead = {
    atUs: 3_000_000,
    subscribe: (listener) => {
      moved.add(listener);
      return () => moved.delete(listener);
    },
  };
  const scenario = scenarioOf({ window: '1s', clock: '11:00:00', duration: '10s' });
  const windows = Array.from({ length: 4 }, () => ({ 'database.reads': 10 }));
  const run = withWindows(runOfRows([], [], scenario), windows);
  Object.assign(run, { actions: [{ at: 1_137_000, do: 'set', path: 'cache.ttl', value: 30e6 }] });
  const seek = (us: number) => {
    sought.push(us);
    playhead.atUs = us;
    for (const listener of moved) listener(us);
  };
  root = createRoot(document.body.appendChild(document.createElement('div')));
  await act(async () =>
    root.render(<ChartsView charts={['database-rate']} run={run} playhead={playhead} onSeek={seek} saysMoment />),
  );
});

afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

const text = () => (document.body.textContent ?? '').replaceAll(/[\u00a0\u202f]/g, ' ');

it('says the moment of a mark that is pressed, to be seen and to be heard', async () => {
  expect(text()).toContain('The line stands at 11:00:03.000');
  const mark = [...document.querySelectorAll('button')].find(({ textContent }) =>
    textContent?.includes('Time to live'),
  );
  expect(mark?.getAttribute('aria-current')).toBeNull();
  await act(async () => mark?.click());
  // What runs on is said ten times a second at most.
  await act(() =>
    vi.waitFor(() => expect(text()).toContain('The line stands at 11:00:01.137: Time to live set to 30 s')),
  );
  expect(sought).toEqual([1_137_000]);
  expect(mark?.getAttribute('aria-current')).toBe('time');
  // What was said before it is given its time.
  const spoken = () => currentNotice().spoken.replaceAll(/[\u00a0\u202f]/g, ' ');
  await vi.waitFor(() => expect(spoken()).toBe('At 11:00:01.137: Time to live set to 30 s'), 2 * quietMs);
});

it('tells the keyboard the moment by the clock of the run', () => {
  const slider = document.querySelector('input[type=range]');
  expect(slider?.getAttribute('aria-valuetext')).toBe('11:00:03.000');
});

const press = async (pointerType: string, ...steps: [type: string, clientX: number][]) => {
  const plot = document.querySelector('[class*=plot]') as HTMLElement;
  plot.getBoundingClientRect = () => ({ left: 0, width: 100 }) as DOMRect;
  for (const [type, clientX] of steps)
    await act(async () => plot.dispatchEvent(new PointerEvent(type, { pointerType, clientX, bubbles: true })));
};

it('moves with a finger that goes sideways or taps, and not with one that scrolls the page', async () => {
  await press('touch', ['pointerdown', 50], ['pointermove', 51], ['pointercancel', 51]);
  expect(sought).toEqual([]);
  await press('touch', ['pointerdown', 50], ['pointerup', 50]);
  expect(sought).toEqual([5_000_000]);
  await press('touch', ['pointerdown', 50], ['pointermove', 60], ['pointerup', 60]);
  expect(sought).toEqual([5_000_000, 6_000_000]);
});

it('follows a mouse from where it is pressed until it is let go', async () => {
  await press('mouse', ['pointerdown', 20], ['pointermove', 40], ['pointerup', 40], ['pointermove', 80]);
  expect(sought).toEqual([2_000_000, 4_000_000]);
});
