import { Link } from 'wouter';
import { useStore } from 'zustand';
import { course, type CoursePart, type LessonEntry, lessonIndex } from '../content/lessons.ts';
import { ownProgress } from '../stores/progress.ts';
import type { LessonProgress, Progress } from '../stores/progressSchema.ts';
import { Icon } from '../ui/Icon.tsx';
import { PageHead } from './frame/PageHead.tsx';
import { useTitle } from './frame/useTitle.ts';
import styles from './Learn.module.css';
import { OwnProgress } from './OwnProgress.tsx';

/** The whole course by part: what is written, what is planned, and how far this browser has come. */
export function Learn() {
  useTitle('Learn');
  const progress = useStore(ownProgress(), (state) => state.progress);
  const minutes = lessonIndex.reduce((sum, lesson) => sum + lesson.minutes, 0);
  const done = lessonIndex.filter(({ id }) => progress.lessons[id]?.state === 'done').length;
  return (
    <div className={styles.learn}>
      <PageHead
        title="Learn"
        lead={
          lessonIndex.length > 0 ? (
            <>
              Read in order, or take the one you need. You bet before each run, so have a guess ready.{' '}
              {lessonIndex.length} lessons, {minutes} minutes in all{done > 0 && `; you have done ${done}`}.
            </>
          ) : (
            <>
              There is no lesson in this build. The <Link href="/gallery">gallery</Link> has systems that run.
            </>
          )
        }
      >
        <p>
          What a word means: <Link href="/glossary">all words of the lessons</Link>.
        </p>
        <GoOn progress={progress} />
      </PageHead>
      {partsOf(course, lessonIndex).map(({ part, asks, lessons }, index) => (
        <section key={part} className={styles.part} aria-labelledby={`part-${index + 1}`}>
          <h2 id={`part-${index + 1}`} className={styles.partTitle}>
            {index + 1} · {part}
          </h2>
          {asks !== '' && <p className={styles.asks}>{asks}</p>}
          <ol data-plain="">
            {lessons.map(({ id, title, entry }) => (
              <li key={id}>
                {entry === undefined ? (
                  <p className={styles.planned}>
                    <span>{title}</span>
                    <span>planned</span>
                  </p>
                ) : (
                  <Row entry={entry} kept={progress.lessons[id]} />
                )}
              </li>
            ))}
          </ol>
        </section>
      ))}
      <OwnProgress />
    </div>
  );
}

/** The way back to where somebody left, or on to what comes next; nothing before the first lesson and after the last. */
function GoOn({ progress }: { progress: Progress }) {
  const target = goOnFrom(progress, lessonIndex);
  if (target === undefined) return null;
  const { lesson, section, isLeft } = target;
  return (
    <p className={styles.goOn}>
      <Link href={`/learn/${lesson.id}${section > 0 ? `?at=${section}` : ''}`} className={styles.goOnLink}>
        {isLeft ? 'Go on where you left' : 'Go on with the next'}: <strong>{lesson.title}</strong>
        <Icon name="chevron" size={16} />
      </Link>
    </p>
  );
}

function Row({ entry, kept }: { entry: LessonEntry; kept: LessonProgress | undefined }) {
  return (
    <Link href={`/learn/${entry.id}`} className={styles.lesson}>
      <span className={styles.state} data-state={kept?.state ?? 'none'}>
        {kept?.state === 'done' && <Icon name="check" size={14} />}
      </span>
      <span>
        <span className={styles.title}>{entry.title}</span>
        <span className={styles.summary}>{entry.summary}</span>
        <span className={styles.kept}>{keptWords(kept)}</span>
      </span>
      <span className={styles.minutes}>{entry.minutes} min</span>
    </Link>
  );
}

/** How a lesson stands, in words: `done · 3 of 4 bets right · 2 of 3 questions right`. */
export function keptWords(kept: LessonProgress | undefined): string {
  if (kept === undefined) return 'not begun';
  const bets = Object.values(kept.outcomes);
  const quizzes = Object.values(kept.quizzes);
  const right = bets.filter(({ verdict }) => verdict === 'right').length;
  const known = quizzes.filter((quiz) => quiz.right).length;
  return [
    kept.state,
    ...(bets.length === 0 ? [] : [`${right} of ${bets.length} ${bets.length === 1 ? 'bet' : 'bets'} right`]),
    ...(quizzes.length === 0
      ? []
      : [`${known} of ${quizzes.length} ${quizzes.length === 1 ? 'question' : 'questions'} right`]),
  ].join(' · ');
}

/** Where to go on: the lesson that was left in the middle, else the first that is not done after the one that was open last. */
export function goOnFrom(
  { lessons, last }: Progress,
  all: readonly LessonEntry[],
): { lesson: LessonEntry; section: number; isLeft: boolean } | undefined {
  const place = all.findIndex(({ id }) => id === last);
  if (place < 0) return undefined;
  const here = lessons[all[place].id];
  if (here?.state === 'begun') return { lesson: all[place], section: here.section, isLeft: true };
  const next = [...all.slice(place + 1), ...all.slice(0, place)].find(({ id }) => lessons[id]?.state !== 'done');
  if (next === undefined) return undefined;
  const begun = lessons[next.id];
  return { lesson: next, section: begun?.section ?? 0, isLeft: begun !== undefined };
}

/** A part as it is listed: lessons of the plan with what is written of them, and what is written and in no plan. */
interface ListedPart {
  part: string;
  asks: string;
  lessons: { id: string; title: string; entry: LessonEntry | undefined }[];
}

/** The plan with what is written in its place; a lesson that no part has planned stands in a part of its own at the end. */
export function partsOf(plan: readonly CoursePart[], written: readonly LessonEntry[]): ListedPart[] {
  const listed: ListedPart[] = plan.map(({ part, asks, lessons }) => ({
    part,
    asks,
    lessons: lessons.map(({ id, title }) => {
      const entry = written.find((lesson) => lesson.id === id);
      return { id, title: entry?.title ?? title, entry };
    }),
  }));
  const planned = new Set(plan.flatMap(({ lessons }) => lessons.map(({ id }) => id)));
  for (const entry of written) {
    if (planned.has(entry.id)) continue;
    const own = listed.find(({ part }) => part === entry.part) ?? { part: entry.part, asks: '', lessons: [] };
    if (!listed.includes(own)) listed.push(own);
    own.lessons.push({ id: entry.id, title: entry.title, entry });
  }
  return listed;
}
