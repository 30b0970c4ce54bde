import { type ComponentProps, lazy, Suspense, useEffect, useId, useRef } from 'react';
import type { Stage } from '../stage/Stage.ts';
import { Play as StagePlay } from '../stage/Play.tsx';
import { Button } from '../ui/Button.tsx';
import type { ChartId } from '../views/charts/definitions.ts';
import { betsOn } from './betsOn.ts';
import { FigureBar } from './FigureBar.tsx';
import { isPlaced, useLesson } from './lessonState.ts';
import styles from './Play.module.css';

const FigureCharts = lazy(() => import('./FigureCharts.tsx').then((module) => ({ default: module.FigureCharts })));
const FigureBets = lazy(() => import('./FigureBets.tsx').then((module) => ({ default: module.FigureBets })));

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
  const hasBets = useLesson((state) => betsOn(state, runId).length > 0);
  const figure = useRef<HTMLDivElement>(null);
  const takesFocus = useRef(false);
  useEffect(() => () => removeRun(runId), [removeRun, runId]);
  useEffect(() => {
    // The button that was pressed is gone; what it was pressed for is here.
    if (!waits && takesFocus.current) figure.current?.focus({ preventScroll: true });
    takesFocus.current = false;
  }, [waits]);
  if (waits && after !== undefined) {
    return (
      <figure className={styles.waiting} style={{ minHeight: stage.height }} data-run={runId} tabIndex={-1}>
        <p>This runs once your bet is placed.</p>
        <Button
          kind="text"
          onClick={() => {
            takesFocus.current = true;
            // NaN stands for no bet.
            placeBet(after, Number.NaN);
          }}
        >
          Run it without a bet
        </Button>
      </figure>
    );
  }
  return (
    <div ref={figure} className={styles.wide} data-figure="" data-run={runId} tabIndex={-1}>
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
                  <FigureCharts
                    runId={runId}
                    stage={running}
                    charts={charts}
                    label={id === undefined ? 'Charts' : `Charts of figure ${id}`}
                  />
                </div>
              </Suspense>
            )}
            {hasBets && (
              <Suspense fallback={<div className={styles.bets} />}>
                <FigureBets runId={runId} stage={running} charts={charts} />
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
