import { use, useCallback, useEffect, useMemo, useState } from 'react';
import { loadLesson, type LessonEntry, lessonIndex } from '../../content/lessons.ts';
import { createLessonState, LessonContext } from '../../lesson/lessonState.ts';
import { Button } from '../../ui/Button.tsx';
import { type Embedded, useUnit } from '../Embedded.ts';
import { Refused } from '../Refused.tsx';
import type { Outlet } from '../Unit.ts';
import page from '../../pages/Lesson.module.css';
import styles from './LessonEmbed.module.css';
import { hostedComponents, namedComponents, PartHeading } from './hostedComponents.tsx';
import { createLessonHost, LessonHostContext } from './lessonHost.ts';
import { lessonPlaces } from './lessonPlaces.ts';
import { LessonUnit, lessonCommands } from './LessonUnit.ts';
import { type LessonStep, lessonSteps } from './lessonSteps.ts';

const texts = new Map<string, ReturnType<typeof loadLesson>>();

/** A lesson of the course as an embed: all of it, or one part with the way to the next. */
export function LessonEmbed({ id, embedded }: { id: string; embedded: Embedded }) {
  const entry = lessonIndex.find((lesson) => lesson.id === id);
  if (entry === undefined) return <Refused text={`There is no lesson called “${id}”.`} />;
  return <Known entry={entry} embedded={embedded} />;
}

function Known({ entry, embedded }: { entry: LessonEntry; embedded: Embedded }) {
  const text = use(textOf(entry.id));
  const steps = useMemo(() => lessonSteps(text?.({ components: hostedComponents }), PartHeading), [text]);
  const places = useMemo(() => lessonPlaces(steps, namedComponents), [steps]);
  const [state] = useState(() => createLessonState());
  const { step: wished, autoplay, results, controls } = embedded.parameters.values;
  const { warn, outlet } = embedded;
  const [host] = useState(() => createLessonHost(outlet, autoplay));
  const { step, go } = useParts(wished, steps, outlet);
  useEffect(() => {
    if (wished !== undefined && wished > steps.length)
      warn('step', `This lesson has ${steps.length} parts; the last one is shown.`);
  }, [wished, steps.length, warn]);
  const xapi = results.includes('xapi');
  const make = useCallback(() => {
    const goTo = (part: number, element?: string) => go(part, element ?? '');
    return new LessonUnit(state, { host, steps: steps.length, places, xapi, goTo });
  }, [state, host, steps, places, xapi, go]);
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
      <LessonHostContext value={host}>
        <article className={`${page.lesson} ${styles.lesson}`}>
          <h1 tabIndex={-1} className={step === null || step === 1 ? undefined : styles.small}>
            {entry.title}
          </h1>
          {step === null ? steps.map(({ content }) => content) : steps[step - 1]?.content}
          {step !== null && controls !== 'none' && <Parts steps={steps} step={step} onGo={(next) => go(next)} />}
        </article>
      </LessonHostContext>
    </LessonContext>
  );
}

/**
 * Which part is shown; null where all are. `go` shows one: for a person it takes the focus there, for a message (an element
 * or an empty word is named) it only brings it into sight, because the focus is the page's.
 */
function useParts(wished: number | undefined, steps: readonly LessonStep[], outlet: Outlet) {
  const [step, setStep] = useState(wished === undefined ? null : Math.min(wished, steps.length));
  const whole = step === null;
  const [target, setTarget] = useState<{ part: number; element?: string } | null>(null);
  useEffect(() => {
    if (target === null) return;
    const { part, element } = target;
    const place = (element ? document.getElementById(element) : null) ?? headingOf(part, whole ? steps : null);
    place?.scrollIntoView();
    if (element === undefined) place?.focus({ preventScroll: true });
    // Once for each going, also to where it was before.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [target]);
  const go = useCallback(
    (part: number, element?: string) => {
      if (!whole) setStep(part);
      setTarget({ part, element });
      outlet.send('step', { step: part, title: steps[part - 1]?.title ?? '' });
    },
    [whole, steps, outlet],
  );
  return { step, go };
}

/** The heading of a part. @param all every part, where all are shown; the first may have no heading of its own. */
function headingOf(part: number, all: readonly LessonStep[] | null): HTMLElement | null {
  const headings = document.querySelectorAll<HTMLElement>('[data-part]');
  const place = all === null ? 0 : all.slice(0, part).filter(({ title }) => title !== '').length - 1;
  const isUntitled = all !== null && all[part - 1]?.title === '';
  return (isUntitled ? null : headings[place]) ?? document.querySelector('h1');
}

function Parts({ steps, step, onGo }: { steps: readonly LessonStep[]; step: number; onGo: (step: number) => void }) {
  return (
    <nav className={styles.parts} aria-label="Parts of this lesson">
      <Button disabled={step <= 1} onClick={() => onGo(step - 1)}>
        Back
      </Button>
      <span>
        Part {step} of {steps.length}
      </span>
      <Button disabled={step >= steps.length} onClick={() => onGo(step + 1)}>
        Next
      </Button>
    </nav>
  );
}

function textOf(id: string): ReturnType<typeof loadLesson> {
  const known = texts.get(id) ?? loadLesson(id);
  texts.set(id, known);
  return known;
}
