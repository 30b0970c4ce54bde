import { Knob } from './Knob.tsx';
import styles from './KnobList.module.css';
import type { Stage } from './Stage.ts';

/** Controls for a list of settings; in a row under a figure, in a column beside a stage. */
export function KnobList({ stage, paths, row = false }: { stage: Stage; paths: readonly string[]; row?: boolean }) {
  return (
    <div className={row ? styles.row : styles.column}>
      {paths.map((path) => (
        <Knob key={path} stage={stage} path={path} />
      ))}
    </div>
  );
}
