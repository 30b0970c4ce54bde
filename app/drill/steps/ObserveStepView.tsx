import { useCallback, useEffect, useRef, useState } from 'react';
import type { ObserveStep } from '../../../src/drills.ts';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../Drill.module.css';
import { DrillStage } from '../DrillStage.tsx';
import { GivenSoFar } from '../GivenSoFar.tsx';
import { injectedInto } from '../injectedInto.ts';
import { NextButton } from '../NextButton.tsx';
import { QuestionForm } from '../QuestionForm.tsx';
import { useRoom } from '../room.ts';
import type { RunTime } from '../session/SheetAct.ts';
import type { Sheet } from '../session/Sheet.ts';
import { sayTime } from '../words.ts';

const nothingSet: readonly never[] = [];

/** The untouched run, up to a moment; then the question about it. */
export function ObserveStepView({ sheet, step }: { sheet: Sheet; step: ObserveStep }) {
  const { drill, log } = useRoom();
  const watched = sheet.watched.has(step.id);
  const [started, setStarted] = useState(watched);
  const run = useRef<HTMLElement>(null);
  const after = useRef<HTMLElement>(null);
  const wasWatched = useRef(watched);
  const end = useCallback(() => {
    log.act({ do: 'watched', step: step.id });
    announce('The run has reached its moment.');
  }, [log, step.id]);
  const tell = useCallback((time: RunTime) => log.tellTime(time), [log]);
  useEffect(() => {
    if (!watched || wasWatched.current) return;
    wasWatched.current = true;
    after.current?.focus();
  }, [watched]);
  const start = () => {
    setStarted(true);
    // The button goes away: whoever pressed it is taken to what it has begun.
    run.current?.focus();
  };
  return (
    <>
      {step.text !== '' && <p className={styles.prose}>{step.text}</p>}
      <GivenSoFar sheet={sheet} />
      {!started && (
        <p className={styles.acts}>
          <Button kind="primary" onClick={start}>
            Run it, up to {sayTime(step.run.toUs, drill.scenario.clock)}
          </Button>
        </p>
      )}
      <section ref={run} tabIndex={-1} className={styles.run} aria-label="The run">
        <DrillStage
          drill={drill}
          seed={sheet.seed}
          run={step.run}
          commands={nothingSet}
          step={step.id}
          n={0}
          injected={injectedInto(sheet, step.id, 0)}
          goes={started}
          onEnd={watched ? undefined : end}
          onTime={started ? tell : undefined}
        />
      </section>
      {watched && (
        <section ref={after} tabIndex={-1} className={styles.after} aria-label="After the run">
          {step.question === undefined ? (
            <NextButton sheet={sheet} />
          ) : (
            <QuestionForm sheet={sheet} step={step} question={step.question} act="Hand it in" />
          )}
        </section>
      )}
      {!watched && started && step.question !== undefined && (
        <p className={styles.quiet}>The question comes when the run is there.</p>
      )}
    </>
  );
}
