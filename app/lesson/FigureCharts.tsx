import { useMemo } from 'react';
import type { Stage } from '../stage/Stage.ts';
import { useStageState } from '../stage/useStage.ts';
import { ChartsView } from '../views/charts/ChartsView.tsx';
import type { ChartId } from '../views/charts/definitions.ts';
import type { ChartTheory } from '../views/charts/model.ts';
import { BetLine } from './BetLine.tsx';
import { chartOfMetric, hasLine } from './betCharts.ts';
import { type Question, useLesson } from './lessonState.ts';

interface FigureChartsProps {
  /** Id of the figure in its lesson. */
  runId: string;
  stage: Stage;
  charts: readonly ChartId[];
}

/** The charts under a figure, with the bets that were placed on it as dashed lines: each in the chart of its own number. */
export function FigureCharts({ runId, stage, charts }: FigureChartsProps) {
  const [run, runB] = useStageState(stage, (state) => state.runs);
  useStageState(stage, (state) => state.revision);
  const bets = useLesson((state) => state.bets);
  const questions = useLesson((state) => state.questions);
  const isLast = useLesson(({ runs }) => runs.at(-1)?.id === runId);
  const { lines, others } = useMemo(() => {
    const lines: Partial<Record<ChartId, ChartTheory>> = {};
    const others: [id: string, question: Question][] = [];
    for (const [id, question] of Object.entries(questions)) {
      const isHere = question.of === undefined ? isLast : question.of === runId;
      if (!isHere || !Number.isFinite(bets[id])) continue;
      const chart = chartOfMetric(question.metric);
      if (chart !== undefined && charts.includes(chart)) lines[chart] = { label: 'your bet', value: bets[id] };
      else if (hasLine(question)) others.push([id, question]);
    }
    return { lines, others };
  }, [bets, questions, isLast, runId, charts]);
  if (run === null || run === undefined) return null;
  return (
    <>
      <ChartsView
        charts={charts}
        run={run}
        runB={runB ?? null}
        playhead={stage.playhead}
        theory={lines}
        label={`Charts of figure ${runId}`}
        onSeek={(us) => {
          stage.pause();
          stage.seek(us);
        }}
      />
      {others.map(([id, question]) => (
        <BetLine key={id} run={run} stage={stage} question={question} bet={bets[id]} />
      ))}
    </>
  );
}
