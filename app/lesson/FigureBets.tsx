import { useMemo } from 'react';
import { measure } from '../stage/measured.ts';
import type { RunView } from '../stage/RunView.ts';
import type { Stage } from '../stage/Stage.ts';
import { useStageState } from '../stage/useStage.ts';
import { type ChartId, chartDefinitions } from '../views/charts/definitions.ts';
import { usePlayheadStep } from '../views/usePlayheadStep.ts';
import { chartOfMetric, hasLine, metricTitles } from './betCharts.ts';
import { BetLine } from './BetLine.tsx';
import { betsOn } from './betsOn.ts';
import { betWords } from './betWords.ts';
import styles from './FigureBets.module.css';
import { type Question, useLesson } from './lessonState.ts';
import { writeMoment, writeQuantity } from './quantities.ts';

interface FigureBetsProps {
  /** Id of the figure in its lesson. */
  runId: string;
  stage: Stage;
  /** Those that stand under the figure: a bet on what they show is drawn there. */
  charts: readonly ChartId[];
}

/** The bets on a figure, under it: a line for what no chart of it draws and has one, and for each the words that hold it against the run. */
export function FigureBets({ runId, stage, charts }: FigureBetsProps) {
  const run = useStageState(stage, (state) => state.runs[0]);
  const questions = useLesson((state) => state.questions);
  const bets = useLesson((state) => state.bets);
  const runs = useLesson((state) => state.runs);
  const placed = useMemo(() => betsOn({ questions, bets, runs }, runId), [questions, bets, runs, runId]);
  if (run === null || run === undefined || placed.length === 0) return null;
  const isOwn = runs.find(({ id }) => id === runId)?.isOwn ?? (() => true);
  return (
    <div className={styles.bets}>
      {placed.map(([id, question]) => {
        const chart = chartOfMetric(question.metric);
        const isDrawn = chart !== undefined && charts.includes(chart);
        return (
          <div key={id}>
            {!isDrawn && hasLine(question) && <BetLine run={run} stage={stage} question={question} bet={bets[id]} />}
            <Words id={id} question={question} bet={bets[id]} run={run} stage={stage} isOwn={isOwn} />
          </div>
        );
      })}
    </div>
  );
}

interface WordsProps {
  id: string;
  question: Question;
  bet: number;
  run: RunView;
  stage: Stage;
  isOwn: () => boolean;
}

function Words({ id, question, bet, run, stage, isOwn }: WordsProps) {
  const { metric, kind = 'count', unit, span } = question;
  const atUs = usePlayheadStep(stage.playhead, run.windows.widthUs);
  // Turning a control is news of the stage, and moves no playhead.
  useStageState(stage, ({ actions }) => actions);
  const decided = useLesson((state) => state.decided[id]?.[0]);
  const soFar = measure(run, metric, {
    fromUs: span?.fromUs ?? 0,
    toUs: Math.min(Math.max(atUs, 0), span?.toUs ?? Number.POSITIVE_INFINITY),
  });
  const write = (value: number) => writeQuantity(kind, value, unit);
  const clock = (us: number) => writeMoment(us, run.scenario.clock);
  const topic = topicOf(metric);
  return (
    <p className={styles.words}>
      <span>Your bet{topic !== undefined && `, ${topic}`}:</span>{' '}
      {betWords({
        bet: write(bet),
        decided: decided === undefined ? undefined : write(decided),
        soFar: soFar === undefined ? undefined : write(soFar),
        stretch: span && [clock(span.fromUs), clock(span.toUs)],
        isTurned: span !== undefined && !isOwn(),
      })}
    </p>
  );
}

/** What the number is, where its unit does not say it. */
function topicOf(metric: string): string | undefined {
  const chart = chartOfMetric(metric);
  return (chart === undefined ? metricTitles[metric] : chartDefinitions.get(chart)?.title)?.toLowerCase();
}
