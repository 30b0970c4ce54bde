import type { Measured } from '../lesson/measure.ts';
import type { Stage } from './Stage.ts';

/** A stage's numbers for the lesson around it: totals of the run by metric column, and `hit.ratio` and `database.qps` of the last second. */
export function measuredOf(stage: Stage): Measured {
  return {
    measure: (metric) => {
      const run = stage.store.getState().runs[0];
      if (run === null || run === undefined) return undefined;
      const { windows } = run;
      const column = windows.column(metric);
      if (column < 0) return undefined;
      const windowUs = windows.widthUs;
      const untilUs = Math.floor(stage.playhead.atUs / windowUs) * windowUs;
      return untilUs === 0 ? undefined : windows.over(column, 0, untilUs);
    },
    subscribe: (listener) => stage.store.subscribe(listener),
  };
}
