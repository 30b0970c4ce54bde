import { type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { loadLesson, type LessonEntry, lessonIndex } from '../../content/lessons.ts';
import { lessonComponents } from '../../lesson/components.tsx';
import { createLessonState, LessonContext } from '../../lesson/lessonState.ts';
import { Button } from '../../ui/Button.tsx';
import { type Embedded, useUnit } from '../Embedded.ts';
import { Refused } from '../Refused.tsx';
import page from '../../pages/Lesson.module.css';
import styles from './LessonEmbed.module.css';
import { LessonUnit, lessonCommands } from './LessonUnit.ts';
import { type LessonStep, lessonSteps } from './lessonSteps.ts';

const texts = new Map<string, ReturnType<typeof loadLesson>>();

/** A lesson of the course as an embed: all of it, or one part with the way to the next. */
export function LessonEmbed({ id, embedded }: { id: string; embedded: Embedded }) {
  const entry = lessonIndex.find((lesson) => lesson.id === id);
  if (entry === undefined) return <Refused text={`There is no lesson called “${id}”.`} />;
  return <Known entry={entry} embedded={embedded} />;
}

function PartHeading({ children, ...rest }: { children?: ReactNode }) {
  return (
    <h2 {...rest} tabIndex={-1} data-part>
      {children}
    </h2>
  );
}

function Known({ entry, embedded }: { entry: LessonEntry; embedded: Embedded }) {
  const text = use(textOf(entry.id));
  const steps = useMemo(
    () => lessonSteps(text?.({ components: { ...lessonComponents, h2: PartHeading } }), PartHeading),
    [text],
  );
  const [state] = useState(() => createLessonState());
  const wished = embedded.parameters.values.step;
  const [step, setStep] = useState(wished === undefined ? null : Math.min(wished, steps.length));
  const { warn, outlet } = embedded;
  useEffect(() => {
    if (wished !== undefined && wished > steps.length)
      warn('step', `This lesson has ${steps.length} parts; the last one is shown.`);
  }, [wished, steps.length, warn]);
  const goTo = useCallback(
    (next: number) => {
      if (step === null) showPart(next);
      else setStep(next);
      outlet.send('step', { step: next, title: steps[next - 1]?.title ?? '' });
    },
    [step, steps, outlet],
  );
  const make = useCallback(
    () => new LessonUnit(state, outlet, steps.length, goTo),
    [state, outlet, steps.length, goTo],
  );
  useUnit(embedded, make, {
    kind: 'lesson',
    id: entry.id,
    title: entry.title,
    steps: steps.length,
    duration: null,
    does: lessonCommands,
  });
  return (
    <LessonContext value={state}>
      <article className={`${page.lesson} ${styles.lesson}`}>
        <h1 className={step === null || step === 1 ? undefined : styles.small}>{entry.title}</h1>
        {step === null ? steps.map(({ content }) => content) : steps[step - 1]?.content}
        {step !== null && embedded.parameters.values.controls !== 'none' && (
          <Parts steps={steps} step={step} goTo={goTo} />
        )}
      </article>
    </LessonContext>
  );
}

function Parts({ steps, step, goTo }: { steps: readonly LessonStep[]; step: number; goTo: (step: number) => void }) {
  return (
    <nav className={styles.parts} aria-label="Parts of this lesson">
      <Button disabled={step <= 1} onClick={() => goTo(step - 1)}>
        Back
      </Button>
      <span>
        Part {step} of {steps.length}
      </span>
      <Button disabled={step >= steps.length} onClick={() => goTo(step + 1)}>
        Next
      </Button>
    </nav>
  );
}

function showPart(step: number): void {
  const headings = [...document.querySelectorAll<HTMLElement>('[data-part]')];
  const before = document.querySelector('[data-part]') === document.querySelector('h1 + [data-part]') ? 0 : 1;
  const heading = headings[step - 1 - before] ?? document.querySelector<HTMLElement>('h1');
  heading?.scrollIntoView();
  heading?.focus({ preventScroll: true });
}

function textOf(id: string): ReturnType<typeof loadLesson> {
  const known = texts.get(id) ?? loadLesson(id);
  texts.set(id, known);
  return known;
}
