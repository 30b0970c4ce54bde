import type { ReactNode } from 'react';
import styles from './Meaning.module.css';
import { MeaningMark, type MeaningName } from './MeaningMark.tsx';

/** A word in prose or a label that carries one of the six meanings: `<Meaning is="miss">nothing</Meaning>`. */
export function Meaning({ is, children }: { is: MeaningName; children?: ReactNode }) {
  return (
    <span className={styles.chip} data-meaning={is}>
      <MeaningMark is={is} />
      {children ?? is}
    </span>
  );
}
