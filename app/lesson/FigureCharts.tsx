import { useMemo } from 'react';
import type { Stage } from '../stage/Stage.ts';
import { useStageState } from '../stage/useStage.ts';
import { ChartsView } from '../views/charts/ChartsView.tsx';
import type { ChartId } from '../views/charts/definitions.ts';
import type { ChartTheory } from '../views/charts/model.ts';
import { chartOfMetric } from './betCharts.ts';
import { useLesson } from './lessonState.ts';

interface FigureChartsProps {
  /** Id of the figure in its lesson. */
  runId: string;
  stage: Stage;
  charts: readonly ChartId[];
}

/** The charts under a figure, with the bets that were placed on it as dashed lines. */
export function FigureCharts({ runId, stage, charts }: FigureChartsProps) {
  const [run, runB] = useStageState(stage, (state) => state.runs);
  useStageState(stage, (state) => state.revision);
  const bets = useLesson((state) => state.bets);
  const questions = useLesson((state) => state.questions);
  const isLast = useLesson(({ runs }) => runs.at(-1)?.id === runId);
  const drawn = useMemo(() => {
    const lines: Partial<Record<ChartId, ChartTheory>> = {};
    for (const [id, { of, metric }] of Object.entries(questions)) {
      const chart = chartOfMetric(metric);
      const isHere = of === undefined ? isLast : of === runId;
      if (chart !== undefined && isHere && Number.isFinite(bets[id]))
        lines[chart] = { label: 'your bet', value: bets[id] };
    }
    return lines;
  }, [bets, questions, isLast, runId]);
  if (run === null || run === undefined) return null;
  return (
    <ChartsView
      charts={charts}
      run={run}
      runB={runB ?? null}
      playhead={stage.playhead}
      theory={drawn}
      label={`Charts of figure ${runId}`}
      onSeek={(us) => {
        stage.pause();
        stage.seek(us);
      }}
    />
  );
}
