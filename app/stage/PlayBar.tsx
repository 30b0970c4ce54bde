import { lazy, type ReactNode, Suspense } from 'react';
import { formatClock } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { usePlayheadStep } from '../views/usePlayheadStep.ts';
import styles from './PlayBar.module.css';
import type { Stage } from './Stage.ts';
import { useStageState } from './useStage.ts';

/** They bring links with them that carry a moment, which the first view does without. */
const StageLinks = lazy(() => import('./StageLinks.tsx').then((module) => ({ default: module.StageLinks })));

interface PlayBarProps {
  stage: Stage;
  /** With the ways out of it. */
  hasLinks?: boolean;
  /** What the way back to the beginning does: a reset where nothing is said. */
  onAgain?: () => void;
  /** More words about that. */
  againTitle?: string;
  /** More to press, behind the clock. */
  children?: ReactNode;
}

/** The small transport of a figure: play and pause, start again, the clock, and the ways out of it. */
export function PlayBar({ stage, hasLinks, onAgain, againTitle = 'Start again', children }: PlayBarProps) {
  const playing = useStageState(stage, (state) => state.playing);
  const clock = useStageState(stage, (state) => state.scenarios[0]?.clock);
  const atUs = usePlayheadStep(stage.playhead, 100_000);
  return (
    <div className={styles.bar}>
      <IconButton
        kind="round"
        icon={playing ? 'pause' : 'play'}
        label={playing ? 'Pause' : 'Play'}
        onClick={() => stage.toggle()}
      />
      <IconButton icon="reset" label="Start again" title={againTitle} onClick={onAgain ?? (() => stage.reset())} />
      <span className={styles.clock}>{formatClock(atUs, clock)}</span>
      {children}
      {hasLinks && (
        <Suspense>
          <StageLinks stage={stage} />
        </Suspense>
      )}
    </div>
  );
}
