import { HomeStage } from './HomeStage.tsx';
import { Doors } from './Doors.tsx';
import { useTitle } from './frame/useTitle.ts';
import styles from './Home.module.css';

/** One sentence, one running system with the one control that hurts, and the ways on. */
export function Home() {
  useTitle('');
  return (
    <div className={styles.home}>
      <header className={styles.opening}>
        <h1 className={styles.sentence}>It is fast because it remembers.</h1>
        <p className={styles.lead}>
          Readers ask, the cache answers, the database rests. Take the cache away and watch where the work goes.
        </p>
      </header>
      <HomeStage />
      <Doors />
    </div>
  );
}
