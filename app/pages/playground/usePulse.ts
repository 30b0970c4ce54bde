import { useEffect, useRef, useState } from 'react';
import type { Stage } from '../../stage/Stage.ts';
import { useStageState } from '../../stage/useStage.ts';
import { type ChartId, chartDefinitions } from '../../views/charts/definitions.ts';
import { chartHeadline } from '../../views/charts/model.ts';

/** Real time that an act is given to show. */
const shownAfterMs = 1800;
/** A change under a tenth is no effect worth pointing at. */
const leastChange = 0.1;

/** Which chart to point at: after an act, the one whose number has changed most. `count` grows with every pulse. */
export interface Pulse {
  chart: ChartId;
  count: number;
}

/** Looks at the charts' numbers when something is done, and again a little later. */
export function usePulse(stage: Stage, charts: readonly ChartId[]): Pulse | null {
  const [pulse, setPulse] = useState<Pulse | null>(null);
  const actions = useStageState(stage, (state) => state.actions);
  const done = useRef(actions);
  useEffect(() => {
    if (actions === done.current || actions.length <= done.current.length) {
      done.current = actions;
      return undefined;
    }
    done.current = actions;
    const before = numbersOf(stage, charts);
    const timer = setTimeout(() => {
      const chart = mostChanged(before, numbersOf(stage, charts));
      if (chart !== null) setPulse((last) => ({ chart, count: (last?.count ?? 0) + 1 }));
    }, shownAfterMs);
    return () => clearTimeout(timer);
  }, [actions, stage, charts]);
  return pulse;
}

function numbersOf(stage: Stage, charts: readonly ChartId[]): Map<ChartId, number> {
  const run = stage.store.getState().runs[0];
  if (run === null || run === undefined) return new Map();
  return new Map(
    charts.flatMap((id) => {
      const definition = chartDefinitions.get(id);
      return definition === undefined ? [] : [[id, chartHeadline(definition, [run], stage.playhead.atUs).value]];
    }),
  );
}

/** The chart whose number changed most against what it was; null where none changed by a tenth. */
export function mostChanged(before: ReadonlyMap<ChartId, number>, after: ReadonlyMap<ChartId, number>): ChartId | null {
  let most: ChartId | null = null;
  let largest = leastChange;
  for (const [chart, value] of after) {
    const was = before.get(chart);
    if (was === undefined || !Number.isFinite(was) || !Number.isFinite(value)) continue;
    // Shares change by points; of anything else it is the proportion that counts.
    const isShare = chartDefinitions.get(chart)?.unit === 'share';
    const change = Math.abs(value - was) / (isShare ? 1 : Math.max(Math.abs(was), Math.abs(value), 1e-9));
    if (change > largest) {
      largest = change;
      most = chart;
    }
  }
  return most;
}
