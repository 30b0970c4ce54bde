import { useEffect, useRef } from 'react';
import { type AttemptOutcome, attemptPoints, type InterveneStep } from '../../../src/drills.ts';
import { announce } from '../../ui/announce.ts';
import { formatNumber } from '../../ui/format.ts';
import { AttemptList } from '../AttemptList.tsx';
import { CheckList } from '../CheckList.tsx';
import styles from '../Drill.module.css';
import { GivenSoFar } from '../GivenSoFar.tsx';
import { JudgeHere } from '../judge/JudgeHere.tsx';
import { publicOutcome } from '../judge/publicOutcome.ts';
import { NextButton } from '../NextButton.tsx';
import { sayHolding } from '../sayHolding.ts';
import { attemptsAt, type Sheet } from '../session/Sheet.ts';
import { AttemptBench } from './AttemptBench.tsx';

/** A task: settings are chosen, the run goes from the start with them, and the checks are held against it. */
export function InterveneStepView({ sheet, step }: { sheet: Sheet; step: InterveneStep }) {
  const attempts = attemptsAt(sheet, step.id);
  const last = attempts.at(-1);
  const isRunning = last !== undefined && !sheet.ran.has(`${step.id}/${last.attempt}`);
  const isDone = attempts.some(({ outcome }) => outcome !== undefined && allHold(publicOutcome(step, outcome)));
  const results = useRef<HTMLElement>(null);
  useSayOutcome(sheet, step, results);
  return (
    <>
      <p className={styles.prose}>{step.task}</p>
      <GivenSoFar sheet={sheet} />
      <AttemptBench sheet={sheet} step={step} attempts={attempts} isRunning={isRunning} isDone={isDone} />
      {last !== undefined && !isRunning && (
        <section ref={results} tabIndex={-1} className={styles.after} aria-label={`Checks of attempt ${last.attempt}`}>
          <h3>Attempt {last.attempt}</h3>
          {last.outcome === undefined ? (
            <JudgeHere sheet={sheet} step={step} attempt={last} />
          ) : (
            <>
              <p className={styles.quiet}>
                {formatNumber(attemptPoints(step, publicOutcome(step, last.outcome)))} points so far in this attempt.
              </p>
              <CheckList key={last.attempt} step={step} outcome={last.outcome} secrets={false} oneByOne />
            </>
          )}
        </section>
      )}
      {attempts.length > 1 && <AttemptList step={step} attempts={attempts} secrets={false} />}
      <NextButton
        sheet={sheet}
        kind={!isRunning && (isDone || attempts.length === step.attempts) ? 'primary' : 'quiet'}
      >
        {attempts.length === 0 ? 'Go on without an attempt' : 'Go on with my best attempt'}
      </NextButton>
    </>
  );
}

function allHold({ checks }: AttemptOutcome): boolean {
  return checks.length > 0 && checks.every(({ status }) => status === 'pass');
}

/** Says once what an attempt came to, and takes the focus there. */
function useSayOutcome(sheet: Sheet, step: InterveneStep, results: React.RefObject<HTMLElement | null>): void {
  const last = attemptsAt(sheet, step.id).at(-1);
  const isThere = last?.outcome !== undefined && sheet.ran.has(`${step.id}/${last.attempt}`);
  const said = useRef(isThere ? (last?.attempt ?? 0) : 0);
  const n = last?.attempt ?? 0;
  useEffect(() => {
    if (!isThere || said.current === n || last?.outcome === undefined) return;
    said.current = n;
    announce(`Attempt ${n}: ${sayHolding(step, last.outcome)}.`);
    results.current?.focus();
  }, [isThere, n, last, step, results]);
}
