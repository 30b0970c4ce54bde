import { Meaning } from '../../ui/Meaning.tsx';
import styles from './Playground.module.css';

/** What the marks and the cells of the stage say. */
export function Legend() {
  return (
    <p className={styles.legend}>
      <Meaning is="hit" />
      <Meaning is="miss" />
      <Meaning is="stale" />
      <Meaning is="error" />
      <Meaning is="write" />
      <span>Cells: shade is time left, a dot was just read, larger is read more.</span>
    </p>
  );
}
