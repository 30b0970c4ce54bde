import { type ReactNode, useEffect, useRef } from 'react';
import { formatClock } from '../ui/format.ts';
import styles from './TransportBar.module.css';
import type { Stage } from './Stage.ts';
import { useStageState } from './useStage.ts';

const positions = 10_000;

/** Where in the run the playhead stands: a native range over the scripted length, and further where the run went on. */
export function Scrubber({ stage, marks }: { stage: Stage; marks?: (lengthUs: number) => ReactNode }) {
  const input = useRef<HTMLInputElement>(null);
  const scenario = useStageState(stage, (state) => state.scenarios[0]);
  const known = useStageState(stage, (state) => state.runs[0]?.horizonUs ?? 0);
  const lengthUs = Math.max(scenario?.duration ?? 1, known);
  const clock = scenario?.clock;

  useEffect(() => {
    let shown = -1;
    const show = (atUs: number) => {
      if (input.current === null) return;
      const position = Math.round((atUs / lengthUs) * positions);
      if (position === shown) return;
      shown = position;
      input.current.value = String(position);
      input.current.style.setProperty('--share', `${position / 100}%`);
      input.current.setAttribute('aria-valuetext', formatClock(atUs, clock));
    };
    show(stage.playhead.atUs);
    return stage.playhead.subscribe(show);
  }, [stage, lengthUs, clock]);

  return (
    <div className={styles.scrubber}>
      {marks?.(lengthUs)}
      <input
        ref={input}
        type="range"
        aria-label="Moment of the run"
        min={0}
        max={positions}
        step={1}
        defaultValue={0}
        onInput={(event) => {
          const { valueAsNumber } = event.currentTarget;
          stage.pause();
          stage.seek((valueAsNumber / positions) * lengthUs);
        }}
        onKeyDown={(event) => {
          const stepUs =
            event.key === 'ArrowLeft'
              ? -100_000
              : event.key === 'ArrowRight'
                ? 100_000
                : event.key === 'PageUp'
                  ? 5_000_000
                  : event.key === 'PageDown'
                    ? -5_000_000
                    : 0;
          if (stepUs === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          stage.pause();
          stage.seek(stage.playhead.atUs + stepUs * (event.shiftKey ? 10 : 1));
        }}
      />
    </div>
  );
}
