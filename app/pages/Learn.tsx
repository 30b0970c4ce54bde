import { Link } from 'wouter';
import { type LessonEntry, lessonIndex } from '../content/lessons.ts';
import { useTitle } from './frame/useTitle.ts';
import styles from './Learn.module.css';

/** The lessons by part, in reading order, with the minutes each takes. */
export function Learn() {
  useTitle('Learn');
  const minutes = lessonIndex.reduce((sum, lesson) => sum + lesson.minutes, 0);
  return (
    <div className={styles.learn}>
      <header className={styles.header}>
        <h1>Learn</h1>
        {lessonIndex.length > 0 ? (
          <p className={styles.lead}>
            Read in order, or take the one you need. You bet before each run, so have a guess ready; {minutes} minutes
            in all.
          </p>
        ) : (
          <p className={styles.lead}>
            There is no lesson in this build. The <Link href="/gallery">gallery</Link> has systems that run.
          </p>
        )}
      </header>
      {parts().map(([part, lessons]) => (
        <section key={part} className={styles.part} aria-label={part}>
          <h2 className={styles.partTitle}>{part}</h2>
          <ol data-plain="">
            {lessons.map((lesson) => (
              <li key={lesson.id}>
                <Link href={`/learn/${lesson.id}`} className={styles.lesson}>
                  <span className={styles.place}>{lesson.place}</span>
                  <span>
                    <span className={styles.title}>{lesson.title}</span>
                    <span className={styles.summary}>{lesson.summary}</span>
                  </span>
                  <span className={styles.minutes}>{lesson.minutes} min</span>
                </Link>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function parts(): [string, LessonEntry[]][] {
  const byPart = new Map<string, LessonEntry[]>();
  for (const lesson of lessonIndex) byPart.set(lesson.part, [...(byPart.get(lesson.part) ?? []), lesson]);
  return [...byPart];
}
