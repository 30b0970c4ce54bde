import { useEffect, useRef } from 'react';
import type { DrillStep } from '../../src/drills.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { announce } from '../ui/announce.ts';
import styles from './Drill.module.css';
import { PaceChoice } from './PaceChoice.tsx';
import { useRoom } from './room.ts';
import type { Sheet } from './session/Sheet.ts';
import { StepTimer } from './StepTimer.tsx';
import { kindTitles } from './words.ts';

/**
 * Where the sheet stands: the steps, the clock of this one, pause, and the one setting for time. One row wherever there is
 * room for it: in narrow places only the step that is open shows its name, the others are still read aloud.
 */
export function DrillBar({ sheet, step }: { sheet: Sheet; step: DrillStep }) {
  const { drill, log, role } = useRoom();
  const { paused } = sheet.times;
  const mayAct = role !== 'audience' && !sheet.finished;
  return (
    <div className={styles.barFrame}>
      <div className={styles.bar}>
        <ol data-plain="" className={styles.steps} aria-label="Steps">
          {drill.steps.map((one, index) => (
            <li
              key={one.id}
              aria-current={one.id === step.id ? 'step' : undefined}
              data-done={index < sheet.place || undefined}
            >
              <span aria-hidden="true">{index < sheet.place ? '✓' : index + 1}</span>{' '}
              <span className={styles.stepName}>{kindTitles[one.kind]}</span>
              {index < sheet.place && <span className={styles.hidden}>, done</span>}
            </li>
          ))}
        </ol>
        <div className={styles.clockRow}>
          {!sheet.finished && <StepTimer sheet={sheet} step={step} />}
          {mayAct && (
            <>
              <IconButton
                icon={paused ? 'play' : 'pause'}
                label={paused ? 'Go on with the drill' : 'Pause the drill'}
                onClick={() => {
                  log.act({ do: paused ? 'resume' : 'pause' });
                  announce(paused ? 'The drill goes on.' : drill.strict ? 'Paused, but the clock runs on.' : 'Paused.');
                }}
              />
              {role !== 'interviewer' && <More sheet={sheet} />}
            </>
          )}
        </div>
        {paused && !sheet.finished && (
          <p className={styles.paused}>
            {drill.strict ? 'Paused. This drill is strict: its clock runs on.' : 'Paused: the clock stands still.'}
          </p>
        )}
      </div>
    </div>
  );
}

/** What is seldom wanted, folded away. It lies over the step, so Escape and whatever is pressed beside it close it. */
function More({ sheet }: { sheet: Sheet }) {
  const { log, role } = useRoom();
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const menu = details.current;
    if (menu === null) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !menu.open) return;
      event.preventDefault();
      menu.open = false;
      menu.querySelector('summary')?.focus();
    };
    const onPress = ({ target }: PointerEvent) => {
      if (target instanceof Node && !menu.contains(target)) menu.open = false;
    };
    menu.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPress);
    return () => {
      menu.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPress);
    };
  }, []);
  return (
    <details ref={details} className={styles.more}>
      <summary>
        Time<span className={styles.wideOnly}> and more</span>
      </summary>
      <div className={styles.moreBody}>
        <PaceChoice value={sheet.times.pace} onChange={(pace) => log.act({ do: 'pace', pace })} />
        {role === 'solo' && <Button onClick={() => log.clear()}>Start over, and forget this sheet</Button>}
      </div>
    </details>
  );
}
