import { useEffect, useRef } from 'react';
import { announce } from '../ui/announce.ts';
import styles from './Drill.module.css';
import { DrillBar } from './DrillBar.tsx';
import { Hints } from './Hints.tsx';
import { JudgeDuty } from './judge/JudgeDuty.tsx';
import { useRoom, useSheet } from './room.ts';
import { StartPanel } from './StartPanel.tsx';
import { StepBody } from './StepBody.tsx';
import { kindTitles, sayLimit } from './words.ts';
import { usePace } from './usePace.ts';

/** A drill for who works at it, alone or across from an interviewer. */
export function LearnerView() {
  const sheet = useSheet();
  const { drill, role } = useRoom();
  const { step, place, times } = sheet;
  const heading = useRef<HTMLHeadingElement>(null);
  const id = step?.id;
  const isFirst = useRef(true);
  usePace(sheet);

  useEffect(() => {
    if (id === undefined) return;
    // The focus follows the person from step to step; what they come back to by loading the page stays where it is.
    heading.current?.focus({ preventScroll: isFirst.current });
    isFirst.current = false;
  }, [id]);
  useEffect(() => {
    if (step === undefined) return;
    const limit = times.pace === 'none' ? 'no limit' : sayLimit(step.limitS * Number(times.pace));
    announce(`Step ${place + 1} of ${drill.steps.length}: ${kindTitles[step.kind]}, ${limit}.`);
    // Once a step, whatever else changes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [id]);

  if (step === undefined || sheet.log === undefined) return <StartPanel />;
  return (
    <>
      <DrillBar sheet={sheet} step={step} />
      {role === 'solo' && <JudgeDuty key={sheet.log.startedAt} sheet={sheet} />}
      <section className={styles.step} aria-labelledby={`step-${step.id}`} key={step.id}>
        <h2 id={`step-${step.id}`} ref={heading} tabIndex={-1} className={styles.stepTitle}>
          {kindTitles[step.kind]}
        </h2>
        <StepBody sheet={sheet} step={step} />
        <Hints sheet={sheet} step={step} />
      </section>
    </>
  );
}
