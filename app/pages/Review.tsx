import styles from '../drill/review/Review.module.css';
import { ReviewDay } from '../drill/review/ReviewDay.tsx';
import { useTitle } from './frame/useTitle.ts';

/** Questions from drills, each brought back shortly before it would be forgotten. */
export function Review() {
  useTitle('Review');
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>Review</h1>
        <p className={styles.lead}>
          A few questions a day, from the drills that you have done. Answer in your head, look, and say how well you
          knew it.
        </p>
      </header>
      <ReviewDay />
    </div>
  );
}
