import { createContext, useContext, useSyncExternalStore } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { Measured, Span } from './measure.ts';

/** What the parts of one lesson know of each other: the runs on the page and the bets that were placed on them. */
export interface LessonState {
  /** Runs by the id of their figure, in order of appearance. */
  runs: readonly { id: string; run: Measured }[];
  /** Bets by the id of their question. */
  bets: Readonly<Record<string, number>>;
  addRun: (id: string, run: Measured) => void;
  removeRun: (id: string) => void;
  placeBet: (id: string, value: number) => void;
}

/** A new lesson's state. */
export function createLessonState(): StoreApi<LessonState> {
  return createStore<LessonState>()((set) => ({
    runs: [],
    bets: {},
    addRun: (id, run) => set(({ runs }) => ({ runs: [...runs.filter((other) => other.id !== id), { id, run }] })),
    removeRun: (id) => set(({ runs }) => ({ runs: runs.filter((other) => other.id !== id) })),
    placeBet: (id, value) => set(({ bets }) => ({ bets: { ...bets, [id]: value } })),
  }));
}

/** Provided by the frame of the lesson. */
export const LessonContext = createContext<StoreApi<LessonState> | undefined>(undefined);

/** Reads from the lesson around. @throws outside a lesson. */
export function useLesson<T>(select: (state: LessonState) => T): T {
  const store = useContext(LessonContext);
  if (store === undefined) throw new Error('This component stands in a lesson only.');
  return useStore(store, select);
}

const unsubscribed = () => () => {};

/**
 * The value of a metric in a run of this lesson, as it changes.
 * @param of the id of the figure; without it, the last one that began. @param span see {@link Measured}.
 * @returns undefined while there is no such run, or nothing is known yet.
 */
export function useMeasured(metric: string, of?: string, span?: Span): number | undefined {
  const run = useLesson(({ runs }) => (of === undefined ? runs.at(-1) : runs.find(({ id }) => id === of))?.run);
  return useSyncExternalStore(
    run ? (listener) => run.subscribe(listener) : unsubscribed,
    () => run?.measure(metric, span),
    () => undefined,
  );
}
