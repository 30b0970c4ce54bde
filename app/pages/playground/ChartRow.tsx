import { useMemo } from 'react';
import type { Stage } from '../../stage/Stage.ts';
import { useStageState } from '../../stage/useStage.ts';
import { ChartsView } from '../../views/charts/ChartsView.tsx';
import { kindOfChart, requestAt } from '../../views/request/requestAt.ts';
import { usePlayheadStep } from '../../views/usePlayheadStep.ts';
import type { ChartId } from '../../views/charts/definitions.ts';
import { chartTheory } from './chartTheory.ts';
import { usePulse } from './usePulse.ts';

const noCharts: readonly ChartId[] = [];

/** The charts of a stage, lane B over lane A, with what theory expects of lane A as it is set at the playhead. */
export function ChartRow({ stage }: { stage: Stage }) {
  const state = useStageState(stage, (all) => all);
  const atUs = usePlayheadStep(stage.playhead, 500_000);
  const [run, runB] = state.runs;
  const scenario = state.scenarios[0];
  const { actions } = state;
  const charts = useMemo(() => withConsistency(scenario?.view.charts ?? noCharts), [scenario]);
  const pulse = usePulse(stage, charts);
  const theory = useMemo(
    () => (scenario === undefined ? {} : chartTheory(scenario, actions, atUs)),
    [scenario, actions, atUs],
  );
  if (run === null || run === undefined || scenario === undefined) return null;
  return (
    <ChartsView
      charts={charts}
      run={run}
      runB={runB ?? null}
      playhead={stage.playhead}
      onSeek={(us) => {
        stage.pause();
        stage.seek(us);
      }}
      onPick={(chart, us) => {
        const kind = kindOfChart[chart];
        const { widthUs } = run.windows;
        const fromUs = Math.floor(us / widthUs) * widthUs;
        const found = kind === undefined ? null : requestAt(run, kind, fromUs - widthUs, fromUs + 2 * widthUs);
        if (found === null) return;
        stage.select({ lane: 0, request: found.request });
        stage.seek(found.atUs);
      }}
      theory={theory}
      pulse={pulse}
    />
  );
}

/** Latency and hit ratio say nothing of what was true: how consistent the answers are stands beside them everywhere. */
function withConsistency(charts: readonly ChartId[]): readonly ChartId[] {
  return charts.length === 0 || charts.includes('stale-share') ? charts : [...charts, 'stale-share'];
}
