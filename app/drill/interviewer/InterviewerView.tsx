import { useEffect, useRef } from 'react';
import styles from '../Drill.module.css';
import { DrillBar } from '../DrillBar.tsx';
import { JudgeDuty } from '../judge/JudgeDuty.tsx';
import { RubricForm } from '../RubricForm.tsx';
import { useRoom, useSheet } from '../room.ts';
import { ScoreStepView } from '../score/ScoreStepView.tsx';
import { StartPanel } from '../StartPanel.tsx';
import { kindTitles } from '../words.ts';
import { CandidatePanel } from './CandidatePanel.tsx';
import { ControlRow } from './ControlRow.tsx';
import { FaultPanel } from './FaultPanel.tsx';
import { FollowedRun } from './FollowedRun.tsx';
import { LoadResult } from './LoadResult.tsx';
import { NotesPanel } from './NotesPanel.tsx';
import { useSecretFaults } from './useSecretFaults.ts';

/** A drill for who leads it: what the candidate does, live, and beside it everything that only this window knows. */
export function InterviewerView() {
  const sheet = useSheet();
  const { drill } = useRoom();
  const { step } = sheet;
  const heading = useRef<HTMLHeadingElement>(null);
  useSecretFaults(sheet);
  const isScore = step?.kind === 'score';
  useEffect(() => {
    // Other steps are led by the candidate: they must not take the focus from a note that is being written.
    if (isScore) heading.current?.focus();
  }, [isScore]);
  if (step === undefined || sheet.log === undefined)
    return (
      <div className={styles.starts}>
        <StartPanel />
        <LoadResult />
      </div>
    );
  const rubric = drill.steps.flatMap((one) => ('rubric' in one ? one.rubric : []));
  return (
    <>
      <DrillBar sheet={sheet} step={step} />
      <JudgeDuty key={sheet.log.startedAt} sheet={sheet} />
      <ControlRow sheet={sheet} step={step} />
      <div className={styles.desk}>
        <section className={styles.deskMain} aria-labelledby="candidate-step">
          <h2 id="candidate-step" ref={heading} tabIndex={-1} className={styles.stepTitle}>
            {kindTitles[step.kind]}
          </h2>
          {step.kind === 'score' ? (
            <ScoreStepView sheet={sheet} step={step} />
          ) : (
            <>
              <CandidatePanel sheet={sheet} step={step} />
              <FollowedRun sheet={sheet} />
            </>
          )}
        </section>
        <div className={styles.deskSide}>
          {step.interviewer !== undefined && (
            <section aria-labelledby="listen-for">
              <h3 id="listen-for">Listen for</h3>
              <ul>
                {step.interviewer.listenFor.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
              {step.interviewer.note !== '' && <p>{step.interviewer.note}</p>}
            </section>
          )}
          <NotesPanel sheet={sheet} />
          <FaultPanel sheet={sheet} />
          {!isScore && rubric.length > 0 && (
            <div>
              <h3>Rubric</h3>
              <RubricForm sheet={sheet} lines={rubric} by="interviewer" />
            </div>
          )}
        </div>
      </div>
    </>
  );
}
