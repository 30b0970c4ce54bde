import { use } from 'react';
import { Link, useParams } from 'wouter';
import { loadLesson, type LessonEntry, lessonIndex, nextLesson } from '../content/lessons.ts';
import { LessonProvider } from '../lesson/LessonProvider.tsx';
import { NextLesson } from '../lesson/NextLesson.tsx';
import { ReadingProgress } from '../lesson/ReadingProgress.tsx';
import { lessonComponents } from '../lesson/components.tsx';
import { useTitle } from './frame/useTitle.ts';
import notice from './frame/Notice.module.css';
import styles from './Lesson.module.css';

const texts = new Map<string, ReturnType<typeof loadLesson>>();

/** The frame of a lesson: where it stands, its text and figures, and the way on. */
export function Lesson() {
  const { lesson: id = '' } = useParams();
  const entry = lessonIndex.find((lesson) => lesson.id === id);
  return entry === undefined ? <NoLesson id={id} /> : <LessonPage key={id} entry={entry} />;
}

function LessonPage({ entry }: { entry: LessonEntry }) {
  useTitle(entry.title);
  const text = use(textOf(entry.id));
  return (
    <LessonProvider>
      <ReadingProgress />
      <article className={styles.lesson}>
        <header className={styles.header}>
          <p className={styles.place}>
            <Link href="/learn">{entry.part}</Link> · {entry.place} of {entry.of} · {entry.minutes} minutes
          </p>
          <h1>{entry.title}</h1>
        </header>
        {text?.({ components: lessonComponents })}
        <NextLesson next={nextLesson(entry.id)} />
      </article>
    </LessonProvider>
  );
}

function NoLesson({ id }: { id: string }) {
  useTitle('No such lesson');
  return (
    <div className={notice.notice}>
      <h1>No such lesson</h1>
      <p>
        There is no lesson called <code>{id}</code>. It may have been renamed; <Link href="/learn">the list</Link> has
        all of them.
      </p>
    </div>
  );
}

function textOf(id: string): ReturnType<typeof loadLesson> {
  const known = texts.get(id) ?? loadLesson(id);
  texts.set(id, known);
  return known;
}
