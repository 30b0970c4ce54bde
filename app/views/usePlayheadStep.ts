import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { PlayheadSource } from './PlayheadSource.ts';

/** Between two renders for the playhead's sake, in real time. */
const shortestPauseMs = 100;

/**
 * The playhead for a component that draws words and shapes with React: rounded down to steps of `stepUs`, and at most
 * ten changes a second however fast time runs. The last position is always delivered.
 * @param active false while the component is off screen: nothing is then delivered.
 */
export function usePlayheadStep(playhead: PlayheadSource, stepUs: number, active = true): number {
  const shownUs = useRef(quantised(playhead.atUs, stepUs));
  const subscribe = useCallback(
    (changed: () => void) => {
      if (!active) return () => undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let lastMs = 0;
      const deliver = () => {
        timer = undefined;
        lastMs = performance.now();
        const next = quantised(playhead.atUs, stepUs);
        if (next === shownUs.current) return;
        shownUs.current = next;
        changed();
      };
      const moved = () => {
        if (timer !== undefined || quantised(playhead.atUs, stepUs) === shownUs.current) return;
        const waitMs = shortestPauseMs - (performance.now() - lastMs);
        if (waitMs <= 0) deliver();
        else timer = setTimeout(deliver, waitMs);
      };
      const stop = playhead.subscribe(moved);
      deliver();
      return () => {
        stop();
        clearTimeout(timer);
      };
    },
    [playhead, stepUs, active],
  );
  return useSyncExternalStore(
    subscribe,
    () => shownUs.current,
    () => shownUs.current,
  );
}

function quantised(atUs: number, stepUs: number): number {
  return Math.floor(atUs / stepUs) * stepUs;
}
