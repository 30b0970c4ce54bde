import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import type { StoreApi } from 'zustand';
import { createLessonState, LessonContext, type LessonState } from './lessonState.ts';
import type { Measured } from './measure.ts';

/** For tests: a lesson in the document, and a figure whose numbers the test sets. */
export interface MountedLesson {
  state: StoreApi<LessonState>;
  /** Sets what a metric of the figure `main` is, and tells everybody. */
  measure: (metric: string, value: number | undefined) => Promise<void>;
  text: () => string;
  /** Presses the button of this name. */
  press: (name: string) => Promise<void>;
  unmount: () => Promise<void>;
}

/** For tests: renders a part of a lesson, with one figure called `main`. */
export async function mountLesson(children: ReactNode): Promise<MountedLesson> {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  const state = createLessonState();
  const values = new Map<string, number | undefined>();
  const listeners = new Set<() => void>();
  const run: Measured = {
    measure: (metric) => values.get(metric),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  state.getState().addRun('main', run);
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  await act(async () => root.render(<LessonContext value={state}>{children}</LessonContext>));
  return {
    state,
    measure: async (metric, value) => {
      values.set(metric, value);
      await act(async () => {
        for (const listener of listeners) listener();
      });
    },
    text: () => (document.body.textContent ?? '').replaceAll('\u202f', ' '),
    press: async (name) => {
      const named = (element: HTMLElement) => element.getAttribute('aria-label') ?? element.textContent ?? '';
      const button = [...document.querySelectorAll('button')].find((element) => named(element).trim() === name);
      if (button === undefined) throw new Error(`no button ${name}`);
      await act(async () => button.click());
    },
    unmount: async () => {
      await act(async () => root.unmount());
      document.body.replaceChildren();
    },
  };
}
