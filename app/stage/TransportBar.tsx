import type { ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { formatClock } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Scrubber } from './Scrubber.tsx';
import { SpeedControl } from './SpeedControl.tsx';
import type { Stage } from './Stage.ts';
import styles from './TransportBar.module.css';
import { usePlayheadStep } from '../views/usePlayheadStep.ts';
import { useStageState } from './useStage.ts';

interface TransportBarProps {
  stage: Stage;
  /** To the next moment of the request that is picked. */
  onStep: () => void;
  canStep: boolean;
  /** The choice of what to jump to next. */
  jump: ReactNode;
  marks?: (lengthUs: number) => ReactNode;
}

/** Play, pause, step, jump, clock, scrubber, speed. */
export function TransportBar({ stage, onStep, canStep, jump, marks }: TransportBarProps) {
  const playing = useStageState(stage, (state) => state.playing);
  const ended = useStageState(stage, (state) => state.ended);
  const clock = useStageState(stage, (state) => state.scenarios[0]?.clock);
  const atUs = usePlayheadStep(stage.playhead, 1000);
  const label = playing ? 'Pause' : ended ? 'Go on past the end' : 'Play';
  return (
    <section className={styles.bar} aria-label="Time">
      <IconButton kind="round" icon={playing ? 'pause' : 'play'} label={label} onClick={() => stage.toggle()} />
      <Button
        onClick={onStep}
        disabled={playing || !canStep}
        title={canStep ? 'To the next moment of the request that is picked (→)' : 'Pick a request first'}
      >
        Step
      </Button>
      {jump}
      <span className={styles.clock} data-testid="clock">
        {formatClock(atUs, clock)}
      </span>
      <Scrubber stage={stage} marks={marks} />
      <SpeedControl stage={stage} />
    </section>
  );
}
