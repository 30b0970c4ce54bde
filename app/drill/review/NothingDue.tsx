import { Link } from 'wouter';
import { untilText } from './dueCards.ts';
import styles from './Review.module.css';

interface NothingDueProps {
  isEmpty: boolean;
  /** When the next card comes. */
  nextMs: number | undefined;
  nowMs: number;
  /** Something was answered just now. */
  hasReviewed: boolean;
}

/** What stands in place of a card when none is due. */
export function NothingDue({ isEmpty, nextMs, nowMs, hasReviewed }: NothingDueProps) {
  if (isEmpty)
    return (
      <div className={styles.card}>
        <h2 className={styles.question}>There are no cards yet</h2>
        <p className={styles.words}>
          Finish a <Link href="/drills">drill</Link>, and its questions come here. They come back at longer and longer
          intervals, each just before you would forget it.
        </p>
      </div>
    );
  return (
    <div className={styles.card}>
      <h2 className={styles.question}>
        Nothing due until <time dateTime={isoOf(nextMs ?? nowMs)}>{momentText(nextMs ?? nowMs, nowMs)}</time>
      </h2>
      <p className={styles.words}>
        {hasReviewed ? 'That was all for now. ' : ''}The next card comes {untilText(nextMs ?? nowMs, nowMs)}.
      </p>
    </div>
  );
}

const timeFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
const yearFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** A moment as people say it: a time today, a day this year, else a date. */
export function momentText(ms: number, nowMs: number): string {
  const [then, now] = [new Date(ms), new Date(nowMs)];
  if (then.toDateString() === now.toDateString()) return timeFormat.format(then);
  return (then.getFullYear() === now.getFullYear() ? dayFormat : yearFormat).format(then);
}

/** A moment for machines. */
export function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
