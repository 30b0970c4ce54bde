import { useEffect, useSyncExternalStore } from 'react';
import { useLesson } from './lessonState.ts';
import type { Span } from './measure.ts';

/** A measurement that decides a bet. */
export interface Wanted {
  /** The id of the figure; without it, the last one that began. */
  of?: string;
  /** Name of a metric. */
  answer: string;
  /** The stretch that decides; without it, all up to now. */
  span?: Span;
}

/** What is known of the measurements of a bet. */
export interface Decided {
  /** All of them, once all are known. Those over a stretch stay as they were then. */
  values: readonly number[] | undefined;
  /** A control was turned in a figure before its stretch was over: what it measures now is no answer to the question. */
  isSpoilt: boolean;
}

/**
 * The values that a bet is held against. Those over a stretch are taken from figures as the lesson has them, the first time that all
 * are known, so that turning the controls afterwards does not change what was bet on.
 * @param isOpen somebody bets, so they may be decided.
 */
export function useDecided(id: string, wanted: readonly Wanted[], isOpen: boolean): Decided {
  const runs = useLesson((state) => state.runs);
  const decided = useLesson((state) => state.decided[id]);
  const decide = useLesson((state) => state.decide);
  const find = (of: string | undefined) => (of === undefined ? runs.at(-1) : runs.find((run) => run.id === of));
  // As text, so that the same values are the same snapshot.
  const measured = useSyncExternalStore(
    (listener) => {
      const stops = runs.map(({ run }) => run.subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    () =>
      wanted
        .map(({ of, answer, span }) => {
          const found = find(of);
          if (span !== undefined && found?.isOwn() === false) return 'turned';
          return found?.run.measure(answer, span) ?? '';
        })
        .join(' '),
    () => '',
  );
  const isKept = wanted.some(({ span }) => span !== undefined);
  useEffect(() => {
    const values = valuesOf(measured);
    if (isKept && isOpen && values !== undefined) decide(id, values);
  }, [decide, id, measured, isKept, isOpen]);
  const values = decided ?? valuesOf(measured);
  return { values, isSpoilt: values === undefined && measured.split(' ').includes('turned') };
}

function valuesOf(measured: string): readonly number[] | undefined {
  const parts = measured.split(' ');
  return parts.some((part) => part === '' || part === 'turned') ? undefined : parts.map(Number);
}
