import type { DrillStep } from '../../../src/drills.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../Drill.module.css';
import { useRoom } from '../room.ts';
import { isStepDone, type Sheet } from '../session/Sheet.ts';
import { kindTitles } from '../words.ts';

/** What an interviewer does to the clock and the steps. */
export function ControlRow({ sheet, step }: { sheet: Sheet; step: DrillStep }) {
  const { drill, log } = useRoom();
  const here = sheet.others.includes('candidate');
  const next = drill.steps[sheet.place + 1];
  const isDone = isStepDone(sheet, step);
  const extend = (minutes: number) => {
    log.act({ do: 'extend', step: step.id, ms: minutes * 60_000 });
    announce(`${minutes} more ${minutes === 1 ? 'minute' : 'minutes'} for this step.`);
  };
  return (
    <section className={styles.controlRow} aria-label="Lead the drill">
      <p className={styles.presence} data-here={here || undefined}>
        <span aria-hidden="true">{here ? '●' : '○'}</span> The candidate’s window is {here ? 'here' : 'not here'}.
      </p>
      {!sheet.finished && step.kind !== 'score' && (
        <p className={styles.acts}>
          <Button onClick={() => extend(1)}>+1 minute</Button>
          <Button onClick={() => extend(5)}>+5 minutes</Button>
          {next !== undefined && (
            <Button onClick={() => log.act({ do: 'goto', step: next.id, skipped: !isDone })}>
              {isDone ? 'On' : 'Skip'} to: {kindTitles[next.kind].toLowerCase()}
            </Button>
          )}
        </p>
      )}
    </section>
  );
}
