import type { DrillStep } from '../../src/drills.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Drill.module.css';
import { useRoom } from './room.ts';
import type { Sheet } from './session/Sheet.ts';
import { spentAt } from './session/stepTimes.ts';
import { useNowMs } from './useNowMs.ts';
import { formatReal, sayPoints } from './words.ts';

/** The hints of a step, one after the other: each says what it costs before it is opened. */
export function Hints({ sheet, step }: { sheet: Sheet; step: DrillStep }) {
  const { log } = useRoom();
  const nowMs = useNowMs(log, step.hints.length > 0);
  if (step.hints.length === 0) return null;
  const taken = new Set(sheet.log?.hints.filter((hint) => hint.step === step.id).map(({ n }) => n));
  const next = step.hints.findIndex((_, index) => !taken.has(index + 1));
  const hint = step.hints[next];
  // An accommodation never makes anybody wait longer: hints open by the clock, not by the limits.
  const waitMs = hint === undefined ? 0 : hint.afterS * 1000 - spentAt(sheet.times, step.id, nowMs);
  return (
    <section className={styles.hints} aria-label="Hints">
      {step.hints.map((one, index) =>
        taken.has(index + 1) ? (
          <p key={one.text} className={styles.hint}>
            <b>Hint {index + 1}</b> {one.text}
            {one.cost > 0 && <span className={styles.quiet}> −{sayPoints(one.cost)}</span>}
          </p>
        ) : null,
      )}
      {hint !== undefined && (
        <p className={styles.hintOffer}>
          <Button
            disabled={waitMs > 0}
            onClick={() => {
              log.act({ do: 'hint', step: step.id, n: next + 1 });
              announce(`Hint: ${hint.text}`.slice(0, 140));
            }}
          >
            Hint {next + 1}: {hint.cost === 0 ? 'free' : `costs ${sayPoints(hint.cost)}`}
          </Button>
          {waitMs > 0 && <span className={styles.quiet}>opens in {formatReal(waitMs + 999)}</span>}
        </p>
      )}
    </section>
  );
}
