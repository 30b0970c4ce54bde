import { type ComponentProps, lazy, Suspense, useEffect, useId } from 'react';
import type { Stage } from '../stage/Stage.ts';
import { Play as StagePlay } from '../stage/Play.tsx';
import { Button } from '../ui/Button.tsx';
import type { ChartId } from '../views/charts/definitions.ts';
import { FigureBar } from './FigureBar.tsx';
import { isPlaced, useLesson } from './lessonState.ts';
import styles from './Play.module.css';

const FigureCharts = lazy(() => import('./FigureCharts.tsx').then((module) => ({ default: module.FigureCharts })));

type PlayProps = Omit<ComponentProps<typeof StagePlay>, 'onReady' | 'children'> & {
  /** Name by which a bet finds this run. */
  id?: string;
  /** The bet that has to be placed first. */
  after?: string;
  /** Charts under the stage; a bet on what one of them shows is drawn in it. */
  charts?: readonly ChartId[];
};

/** A running figure in a lesson. It breaks out of the column, offers its numbers to the bets, and waits for one if asked to. */
export function Play({ id, after, charts = [], controls = 'full', ...stage }: PlayProps) {
  const ownId = useId();
  const runId = id ?? ownId;
  const removeRun = useLesson((state) => state.removeRun);
  const placeBet = useLesson((state) => state.placeBet);
  const waits = useLesson((state) => after !== undefined && !isPlaced(state, after));
  useEffect(() => () => removeRun(runId), [removeRun, runId]);
  if (waits && after !== undefined) {
    return (
      <figure className={styles.waiting} style={{ minHeight: stage.height }}>
        <p>This runs once your bet is placed.</p>
        {/* NaN stands for no bet. */}
        <Button kind="text" onClick={() => placeBet(after, Number.NaN)}>
          Run it without a bet
        </Button>
      </figure>
    );
  }
  return (
    <div className={styles.wide} data-figure="">
      <StagePlay {...stage} controls="none">
        {(running) => (
          <>
            {controls !== 'none' && (
              <FigureBar
                stage={running}
                hasKnobs={stage.knobs !== undefined && stage.knobs.length > 0}
                hasLinks={controls === 'full'}
              />
            )}
            <Registered id={runId} stage={running} />
            {charts.length > 0 && (
              <Suspense fallback={<div className={styles.charts} style={{ minHeight: '12rem' }} />}>
                <div className={styles.charts}>
                  <FigureCharts runId={runId} stage={running} charts={charts} />
                </div>
              </Suspense>
            )}
          </>
        )}
      </StagePlay>
    </div>
  );
}

/** Tells the lesson of a stage for as long as it runs. */
function Registered({ id, stage }: { id: string; stage: Stage }) {
  const addRun = useLesson((state) => state.addRun);
  useEffect(() => {
    let left = false;
    void import('../stage/measured.ts').then(({ measuredOf }) => {
      if (!left) addRun(id, measuredOf(stage), stage);
    });
    return () => {
      left = true;
    };
  }, [addRun, id, stage]);
  return null;
}
