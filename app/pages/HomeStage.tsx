import { Play } from '../stage/Play.tsx';
import { Meaning } from '../ui/Meaning.tsx';
import styles from './HomeStage.module.css';
import { TakeAway } from './TakeAway.tsx';

/** The running system on the first page, with its one control and the key to its marks. */
export function HomeStage() {
  return (
    <Play scenario="home" height={380} controls="min" caption={<MarkKey />}>
      {(stage) => <TakeAway stage={stage} />}
    </Play>
  );
}

function MarkKey() {
  return (
    <span className={styles.key}>
      <span>
        <Meaning is="hit" /> the cache knew
      </span>
      <span>
        <Meaning is="miss" /> it did not, so the database is asked
      </span>
      <span>
        <Meaning is="write" /> a change
      </span>
      <span>
        <Meaning is="error" /> no answer
      </span>
    </span>
  );
}
