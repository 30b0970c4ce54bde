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

/** Where the sheet stands: the steps, the clock of this one, pause, and the one setting for time. */
export function DrillBar({ sheet, step }: { sheet: Sheet; step: DrillStep }) {
  const { drill, log, role } = useRoom();
  const { paused } = sheet.times;
  const mayAct = role !== 'audience' && !sheet.finished;
  return (
    <div className={styles.bar}>
      <ol data-plain="" className={styles.steps} aria-label="Steps">
        {drill.steps.map((one, index) => (
          <li
            key={one.id}
            aria-current={one.id === step.id ? 'step' : undefined}
            data-done={index < sheet.place || undefined}
          >
            <span aria-hidden="true">{index < sheet.place ? '✓' : index + 1}</span> {kindTitles[one.kind]}
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
            {role !== 'interviewer' && (
              <details className={styles.more}>
                <summary>Time and more</summary>
                <div className={styles.moreBody}>
                  <PaceChoice value={sheet.times.pace} onChange={(pace) => log.act({ do: 'pace', pace })} />
                  {role === 'solo' && <Button onClick={() => log.clear()}>Start over, and forget this sheet</Button>}
                </div>
              </details>
            )}
          </>
        )}
      </div>
      {paused && !sheet.finished && (
        <p className={styles.paused}>
          {drill.strict ? 'Paused. This drill is strict: its clock runs on.' : 'Paused: the clock stands still.'}
        </p>
      )}
    </div>
  );
}
