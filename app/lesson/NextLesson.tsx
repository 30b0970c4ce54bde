import { Link, useLocation } from 'wouter';
import type { LessonEntry } from '../content/lessons.ts';
import { useSettings } from '../stores/settings.ts';
import { useShortcut } from '../ui/useShortcut.ts';
import styles from './NextLesson.module.css';

/** The way on at the end of a lesson, also by the N key; after the last lesson, to the playground. */
export function NextLesson({ next }: { next: LessonEntry | undefined }) {
  const [, goTo] = useLocation();
  const shortcuts = useSettings((settings) => settings.shortcuts);
  const to = next ? `/learn/${next.id}` : '/play';
  useShortcut('n', () => goTo(to));
  return (
    <nav className={styles.next} aria-label="Next">
      <Link href={to} className={styles.link} aria-keyshortcuts={shortcuts ? 'n' : undefined}>
        <span className={styles.label}>
          {next ? `Next · ${next.minutes} minutes` : 'That was the last lesson'}
          {shortcuts && <kbd>N</kbd>}
        </span>
        <span className={styles.title}>{next?.title ?? 'Go on in the playground'}</span>
      </Link>
    </nav>
  );
}
