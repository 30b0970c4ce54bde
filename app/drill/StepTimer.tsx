import type { DrillStep } from '../../src/drills.ts';
import styles from './Drill.module.css';
import { useRoom } from './room.ts';
import type { Sheet } from './session/Sheet.ts';
import { limitOf, spentAt } from './session/stepTimes.ts';
import { useNowMs } from './useNowMs.ts';
import { formatReal } from './words.ts';

/** The time that is left of a step, or how far it is over. Read on demand, never spoken by itself. */
export function StepTimer({ sheet, step }: { sheet: Sheet; step: DrillStep }) {
  const { log } = useRoom();
  const { times, finished } = sheet;
  const nowMs = useNowMs(log, !finished);
  const spentMs = spentAt(times, step.id, nowMs);
  const limitMs = limitOf(times, step.id, step.limitS * 1000);
  const leftMs = limitMs - spentMs;
  const [short, rest] = !Number.isFinite(limitMs)
    ? [`${formatReal(spentMs)}, no limit`, '']
    : leftMs > 0
      ? [`${formatReal(Math.ceil(leftMs / 1000) * 1000)} left`, ` of ${formatReal(limitMs)}`]
      : [`${formatReal(-leftMs)} over`, ` the limit of ${formatReal(limitMs)}`];
  return (
    <span
      role="timer"
      aria-label="Time of this step"
      aria-live="off"
      className={styles.timer}
      data-over={leftMs <= 0 || undefined}
    >
      {short}
      <span className={styles.wideOnly}>{rest}</span>
    </span>
  );
}
