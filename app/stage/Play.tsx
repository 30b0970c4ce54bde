import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { Measured } from '../lesson/measure.ts';
import { Button } from '../ui/Button.tsx';
import { TopologyView } from '../views/topology/TopologyView.tsx';
import { useOnScreen } from '../views/useOnScreen.ts';
import { useWidth } from '../views/useWidth.ts';
import { PlayBar } from './PlayBar.tsx';
import styles from './Play.module.css';
import type { Stage } from './Stage.ts';
import type { Patch } from './StageState.ts';
import { prefersCalm, useScenario, useStage, useStageState } from './useStage.ts';

/** Controls bring the schema with them, which the first view does without. */
const KnobList = lazy(() => import('./KnobList.tsx').then((module) => ({ default: module.KnobList })));

interface PlayProps {
  /** Id of a scenario in the library. */
  scenario: string;
  /** Settings changed from the scenario's own. */
  set?: Patch;
  seed?: number;
  /** Controls under the figure: paths of settings. */
  knobs?: readonly string[];
  height?: number;
  caption?: ReactNode;
  /** Full: transport and controls; min: play and pause; none. */
  controls?: 'full' | 'min' | 'none';
  speed?: number;
  /** false: it waits for a press. */
  autoplay?: boolean;
  onReady?: (run: Measured) => void;
  /** More controls of one's own, once the stage runs. */
  children?: (stage: Stage) => ReactNode;
}

/** A scenario that runs as a figure: by itself on arrival, paused while it is off screen. */
export function Play({ scenario, set, seed, ...rest }: PlayProps) {
  const loaded = useScenario(scenario);
  const [patch] = useState(set ?? {});
  const options = useMemo(
    () =>
      loaded !== null && 'input' in loaded
        ? {
            ...loaded,
            patch,
            seed,
            isFigure: true,
            playing: rest.autoplay !== false && !prefersCalm(),
            speed: rest.speed,
          }
        : null,
    [loaded, patch, seed, rest.speed, rest.autoplay],
  );
  const stage = useStage(options);
  if (loaded !== null && 'problem' in loaded) return <p role="alert">{loaded.problem}</p>;
  if (stage === null) return <Waiting height={rest.height} />;
  return <Running stage={stage} {...rest} />;
}

function Waiting({ height = 380 }: { height?: number }) {
  return (
    <output
      className={styles.figure}
      style={{ display: 'block', minHeight: height }}
      aria-busy="true"
      aria-label="The simulation is being loaded"
    />
  );
}

function Running({
  stage,
  knobs = [],
  height: wished = 380,
  caption,
  controls = 'full',
  onReady,
  children,
}: Omit<PlayProps, 'scenario'> & { stage: Stage }) {
  const frame = useRef<HTMLElement>(null);
  const visible = useOnScreen(frame, '0px');
  // On narrow screens the tiers stand under one another and need the room.
  const height = useWidth(frame, 680) < 560 ? Math.max(wished, 480) : wished;
  const run = useStageState(stage, (state) => state.runs[0]);
  const { playing, speed, problem, revision, selection } = useStageState(stage, (state) => state);
  const ready = useRef(onReady);

  useEffect(() => {
    if (ready.current === undefined) return;
    void import('./measured.ts').then(({ measuredOf }) => ready.current?.(measuredOf(stage)));
  }, [stage]);
  useEffect(() => {
    // What is off screen does no work; it goes on when it comes back if it was running.
    if (visible || !stage.store.getState().playing) return undefined;
    stage.pause();
    return () => stage.play();
  }, [visible, stage]);

  return (
    <figure ref={frame} className={styles.figure}>
      {run === null ? (
        <div style={{ height }} aria-busy="true" />
      ) : (
        <TopologyView
          run={run}
          playhead={stage.playhead}
          speed={speed}
          playing={playing}
          selected={selection?.request ?? 0}
          onSelect={(request) => stage.select({ lane: 0, request })}
          height={height}
          revision={revision}
        />
      )}
      {problem !== '' && <Problem text={problem} onRetry={() => stage.reset()} />}
      {controls !== 'none' && <PlayBar stage={stage} hasLinks={controls === 'full'} />}
      {children?.(stage)}
      {knobs.length > 0 && (
        <Suspense>
          <KnobList stage={stage} paths={knobs} row />
        </Suspense>
      )}
      {caption !== undefined && <figcaption className={styles.caption}>{caption}</figcaption>}
    </figure>
  );
}

function Problem({ text, onRetry }: { text: string; onRetry: () => void }) {
  return (
    <div role="alert" className={styles.problem}>
      <p>{text}</p>
      <Button onClick={onRetry}>Start again</Button>
    </div>
  );
}
