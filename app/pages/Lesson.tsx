import { use, useEffect, useRef } from 'react';
import { Link, useParams } from 'wouter';
import { sourceIndex } from '../content/glossary.ts';
import {
  loadLesson,
  type LessonEntry,
  lessonIndex,
  lessonTitle,
  nextLesson,
  previousLesson,
} from '../content/lessons.ts';
import { LessonProvider } from '../lesson/LessonProvider.tsx';
import { NextLesson } from '../lesson/NextLesson.tsx';
import { ReadingProgress } from '../lesson/ReadingProgress.tsx';
import { lessonComponents } from '../lesson/components.tsx';
import { useSection } from '../lesson/useSection.ts';
import { usePaper } from '../lesson/usePaper.ts';
import { ownProgress } from '../stores/progress.ts';
import { Button } from '../ui/Button.tsx';
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
  const article = useRef<HTMLElement>(null);
  const text = use(textOf(entry.id));
  useEffect(() => ownProgress().getState().open(entry.id), [entry.id]);
  useSection(article, entry.id);
  usePaper();
  return (
    <LessonProvider lesson={entry.id}>
      <ReadingProgress />
      <article ref={article} className={styles.lesson}>
        <header className={styles.header}>
          <p className={styles.place}>
            <Link href="/learn">{entry.part}</Link> · {entry.place} of {entry.of} · {entry.minutes} minutes
          </p>
          <h1>{entry.title}</h1>
          {entry.prerequisites.length > 0 && <Before slugs={entry.prerequisites} />}
        </header>
        {text?.({ components: lessonComponents })}
        {entry.sources.length > 0 && <Sources numbers={entry.sources} />}
        <p className={styles.print} data-print="no">
          <Button onClick={() => print()}>Print a handout</Button>
          <span>Text, figures as they stand now, and questions with room for answers.</span>
        </p>
        <NextLesson lesson={entry} next={nextLesson(entry.id)} previous={previousLesson(entry.id)} />
      </article>
    </LessonProvider>
  );
}

/** What should be known before. */
function Before({ slugs }: { slugs: readonly string[] }) {
  return (
    <p className={styles.before}>
      Builds on{' '}
      {slugs.map((slug, index) => (
        <span key={slug}>
          {index > 0 && (index === slugs.length - 1 ? ' and ' : ', ')}
          {lessonIndex.some(({ id }) => id === slug) ? (
            <Link href={`/learn/${slug}`}>{lessonTitle(slug)}</Link>
          ) : (
            lessonTitle(slug)
          )}
        </span>
      ))}
      .
    </p>
  );
}

function Sources({ numbers }: { numbers: readonly string[] }) {
  return (
    <section className={styles.sources} aria-label="Sources">
      <h2>Checked against</h2>
      <ul data-plain="">
        {numbers.map((number) => (
          <li key={number}>
            {number}: {sourceIndex.find(({ id }) => id === number)?.title ?? 'a document'}
          </li>
        ))}
      </ul>
    </section>
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
