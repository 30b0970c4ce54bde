import { type ComponentProps, useEffect, useId } from 'react';
import { Play as StagePlay } from '../stage/Play.tsx';
import { Button } from '../ui/Button.tsx';
import { useLesson } from './lessonState.ts';
import styles from './Play.module.css';

type PlayProps = Omit<ComponentProps<typeof StagePlay>, 'onReady'> & {
  /** Name by which a bet finds this run. */
  id?: string;
  /** The bet that has to be placed first. */
  after?: string;
};

/** A running figure in a lesson. It breaks out of the column, offers its numbers to the bets, and waits for one if asked to. */
export function Play({ id, after, ...stage }: PlayProps) {
  const ownId = useId();
  const runId = id ?? ownId;
  const addRun = useLesson((state) => state.addRun);
  const removeRun = useLesson((state) => state.removeRun);
  const placeBet = useLesson((state) => state.placeBet);
  const waits = useLesson(({ bets }) => after !== undefined && bets[after] === undefined);
  useEffect(() => () => removeRun(runId), [removeRun, runId]);
  if (waits && after !== undefined) {
    return (
      <figure className={styles.waiting} style={{ minHeight: stage.height }}>
        <p>This runs once your bet is placed.</p>
        {/* NaN stands for no bet. */}
        <Button kind="text" onClick={() => placeBet(after, Number.NaN)}>
          Run it without a bet
        </Button>
      </figure>
    );
  }
  return (
    <div className={styles.wide}>
      <StagePlay {...stage} onReady={(store) => addRun(runId, store)} />
    </div>
  );
}
