import { useMemo } from 'react';
import type { Stage } from '../stage/Stage.ts';
import { useStageState } from '../stage/useStage.ts';
import { ChartsView } from '../views/charts/ChartsView.tsx';
import type { ChartId } from '../views/charts/definitions.ts';
import type { ChartTheory } from '../views/charts/model.ts';
import { chartOfMetric } from './betCharts.ts';
import { betsOn } from './betsOn.ts';
import { useLesson } from './lessonState.ts';

interface FigureChartsProps {
  /** Id of the figure in its lesson. */
  runId: string;
  stage: Stage;
  charts: readonly ChartId[];
  /** What the charts are called among those of the lesson. */
  label: string;
}

/** The charts under a figure, with the bets that were placed on it as dashed lines: each in the chart of its own number. */
export function FigureCharts({ runId, stage, charts, label }: FigureChartsProps) {
  const [run, runB] = useStageState(stage, (state) => state.runs);
  useStageState(stage, (state) => state.revision);
  const bets = useLesson((state) => state.bets);
  const questions = useLesson((state) => state.questions);
  const lessonRuns = useLesson((state) => state.runs);
  const lines = useMemo(() => {
    const drawn: Partial<Record<ChartId, ChartTheory>> = {};
    for (const [id, { metric }] of betsOn({ bets, questions, runs: lessonRuns }, runId)) {
      const chart = chartOfMetric(metric);
      if (chart !== undefined && charts.includes(chart)) drawn[chart] = { label: 'your bet', value: bets[id] };
    }
    return drawn;
  }, [bets, questions, lessonRuns, runId, charts]);
  if (run === null || run === undefined) return null;
  return (
    <ChartsView
      charts={charts}
      run={run}
      runB={runB ?? null}
      playhead={stage.playhead}
      theory={lines}
      label={label}
      saysMoment
      onSeek={(us) => {
        stage.pause();
        stage.seek(us);
      }}
    />
  );
}
