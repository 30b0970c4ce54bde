import type { Stage } from '../../stage/Stage.ts';
import { useStageState } from '../../stage/useStage.ts';
import { formatClock } from '../../ui/format.ts';
import styles from './Playground.module.css';

/** Says which part of a long run is no longer there in full. */
export function KeptNote({ stage }: { stage: Stage }) {
  useStageState(stage, (state) => state.revision);
  const run = useStageState(stage, (state) => state.runs[0]);
  if (run === null || run === undefined || run.spans.keepOneIn === 1) return null;
  const { keepOneIn, thinnedBeforeUs } = run.spans;
  return (
    <p className={styles.legend}>
      Before {formatClock(thinnedBeforeUs, run.scenario.clock)} one request in {keepOneIn} is kept, and the notable
      ones; charts and totals count them all.
    </p>
  );
}
