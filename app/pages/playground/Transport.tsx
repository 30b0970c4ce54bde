import { type KeyboardEvent, useId } from 'react';
import type { Stage } from '../../stage/Stage.ts';
import { useStageState } from '../../stage/useStage.ts';
import { TransportBar } from '../../stage/TransportBar.tsx';
import { type EventKind, eventKinds, eventTitles, nextEvent } from '../../views/events/nextEvent.ts';
import { ScrubberMarks } from '../../views/events/ScrubberMarks.tsx';
import { scrubberMarks } from '../../views/events/scrubberMarks.ts';
import { jumpTo, stepForward } from './stepping.ts';
import styles from './Playground.module.css';

/** Time, with the jumps that only the playground has. */
export function Transport({ stage }: { stage: Stage }) {
  const canStep = useStageState(stage, (state) => state.selection !== null);
  const run = useStageState(stage, (state) => state.runs[0]);
  const marks = (lengthUs: number) =>
    run === null || run === undefined ? null : (
      <ScrubberMarks marks={scrubberMarks(run, run.horizonUs)} lengthUs={lengthUs} />
    );
  return (
    <TransportBar
      stage={stage}
      onStep={() => void stepForward(stage)}
      canStep={canStep}
      jump={<JumpMenu stage={stage} />}
      marks={marks}
    />
  );
}

/** Arrow keys on a closed select would choose, and so jump, at the first press: they open it, and Enter chooses. */
function openInsteadOfChoosing(event: KeyboardEvent<HTMLSelectElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  event.preventDefault();
  try {
    event.currentTarget.showPicker();
  } catch {
    // Not allowed in some frames: Space opens it everywhere.
  }
}

/** "Next …": a select that acts at once and then stands at "Next …" again. */
function JumpMenu({ stage }: { stage: Stage }) {
  const id = useId();
  const jump = (kind: EventKind) =>
    void jumpTo(stage, (run, afterUs) => nextEvent(run, kind, afterUs), eventTitles[kind]);
  return (
    <span className={styles.jump}>
      <label htmlFor={id} className={styles.hidden}>
        Jump to the next event
      </label>
      <select
        id={id}
        value=""
        onKeyDown={openInsteadOfChoosing}
        onChange={(event) => {
          const kind = eventKinds.find((name) => name === event.target.value);
          if (kind !== undefined) jump(kind);
        }}
      >
        <option value="" disabled>
          Next …
        </option>
        {eventKinds.map((kind) => (
          <option key={kind} value={kind}>
            {eventTitles[kind]}
          </option>
        ))}
      </select>
    </span>
  );
}
