import { type RefObject, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { useStore } from 'zustand';
import type { LessonEntry } from '../content/lessons.ts';
import { ownProgress } from '../stores/progress.ts';
import { useSettings } from '../stores/settings.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useShortcut } from '../ui/useShortcut.ts';
import styles from './NextLesson.module.css';

interface NextLessonProps {
  lesson: LessonEntry;
  next: LessonEntry | undefined;
  previous: LessonEntry | undefined;
}

/** How long the end has to be on screen before the lesson counts as read, ms. */
const readMs = 800;

/** The end of a lesson: that it is done, and the ways on and back, by the keys N and P too. */
export function NextLesson({ lesson, next, previous }: NextLessonProps) {
  const [, goTo] = useLocation();
  const shortcuts = useSettings((settings) => settings.shortcuts);
  const end = useRef<HTMLDivElement>(null);
  const isDone = useStore(ownProgress(), ({ progress }) => progress.lessons[lesson.id]?.state === 'done');
  const to = next ? `/learn/${next.id}` : '/play';
  useShortcut('n', () => goTo(to));
  useShortcut('p', () => previous && goTo(`/learn/${previous.id}`));
  useFinished(end, lesson.id);
  const finish = (done: boolean) => ownProgress().getState().finish(lesson.id, done);
  return (
    <div ref={end} className={styles.next} data-print="no">
      <p className={styles.done}>
        {isDone && (
          <>
            <Icon name="check" size={16} /> Done.{' '}
          </>
        )}
        {/* One button, so that whoever presses it stays on it. */}
        <Button kind={isDone ? 'text' : 'quiet'} onClick={() => finish(!isDone)}>
          {isDone ? 'Not yet' : 'Mark as done'}
        </Button>
      </p>
      <nav aria-label="Next and previous">
        <Link href={to} className={styles.link} aria-keyshortcuts={shortcuts ? 'n' : undefined}>
          <span className={styles.label}>
            {next ? `Next · ${next.minutes} minutes` : 'That was the last lesson'}
            {shortcuts && <kbd>N</kbd>}
          </span>
          <span className={styles.title}>{next?.title ?? 'Go on in the playground'}</span>
        </Link>
        {previous && (
          <Link
            href={`/learn/${previous.id}`}
            className={styles.previous}
            aria-keyshortcuts={shortcuts ? 'p' : undefined}
          >
            <span>Previous: {previous.title}</span>
            {shortcuts && <kbd>P</kbd>}
          </Link>
        )}
      </nav>
    </div>
  );
}

/** Counts the lesson as done once its end has been on screen for a moment. Who takes that back is asked no second time. */
function useFinished(end: RefObject<HTMLElement | null>, id: string) {
  useEffect(() => {
    if (end.current === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver((entries) => {
      clearTimeout(timer);
      if (!entries[entries.length - 1].isIntersecting) return;
      timer = setTimeout(() => {
        ownProgress().getState().finish(id, true);
        observer.disconnect();
      }, readMs);
    });
    observer.observe(end.current);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [end, id]);
}
