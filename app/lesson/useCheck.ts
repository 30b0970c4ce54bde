import { useCallback, useSyncExternalStore } from 'react';
import type { Stage } from '../stage/Stage.ts';
import { type CheckState, CheckWatch } from './CheckWatch.ts';
import { useRun } from './lessonState.ts';

const watches = new WeakMap<Stage, CheckWatch>();
const waiting: CheckState = { met: false, problem: '' };

/** Fetches what judges runs; once for all lessons. */
export const fetchJudge = () => import('./checking.ts').then(({ judge }) => judge);

function watchOf(stage: Stage): CheckWatch {
  const known = watches.get(stage) ?? new CheckWatch(stage, fetchJudge);
  watches.set(stage, known);
  return known;
}

/** How a check stands on a run of this lesson, as the run goes on. @param of the id of the figure; the last one without. */
export function useCheck(of: string | undefined, text: string): CheckState {
  const stage = useRun(of)?.stage;
  const subscribe = useCallback(
    (listener: () => void) => (stage === undefined ? () => {} : watchOf(stage).watch(text, listener)),
    [stage, text],
  );
  return useSyncExternalStore(
    subscribe,
    () => (stage === undefined ? waiting : watchOf(stage).state(text)),
    () => waiting,
  );
}
