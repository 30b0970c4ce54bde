import { useMemo } from 'react';
import { sayQuantity } from '../../src/checking.ts';
import { judge } from '../lesson/checking.ts';
import type { Stage } from '../stage/Stage.ts';
import { useStageState } from '../stage/useStage.ts';
import { usePlayheadStep } from '../views/usePlayheadStep.ts';
import styles from './Drill.module.css';

/** Figures of the check language, read off the run up to the playhead. */
export function FigureList({ stage, names }: { stage: Stage; names: readonly string[] }) {
  const run = useStageState(stage, (state) => state.runs[0]);
  const atUs = usePlayheadStep(stage.playhead, 500_000);
  const figures = useMemo(
    () =>
      names.map((name) => {
        const found = run === null || run === undefined ? null : judge.figure(name, run, atUs);
        return [
          name,
          found === null || 'problem' in found ? '–' : sayQuantity(found.value, found.unit as never),
        ] as const;
      }),
    [names, run, atUs],
  );
  return (
    <dl className={styles.figures}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
