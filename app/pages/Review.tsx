import styles from '../drill/review/Review.module.css';
import { ReviewDay } from '../drill/review/ReviewDay.tsx';
import { PageHead } from './frame/PageHead.tsx';
import { useTitle } from './frame/useTitle.ts';

/** Questions from drills, each brought back shortly before it would be forgotten. */
export function Review() {
  useTitle('Review');
  return (
    <div className={styles.page}>
      <PageHead
        title="Review"
        lead="A few questions a day, from the drills that you have done. Answer in your head, look, and say how well you knew it."
      />
      <ReviewDay />
    </div>
  );
}
