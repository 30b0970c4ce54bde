import type { TalkStep } from '../../../src/drills.ts';
import styles from '../Drill.module.css';
import { NextButton } from '../NextButton.tsx';
import { RubricForm } from '../RubricForm.tsx';
import { useRoom } from '../room.ts';
import type { Sheet } from '../session/Sheet.ts';

/** A talk. The interviewer leads it; alone it is said aloud. */
export function TalkStepView({ sheet, step }: { sheet: Sheet; step: TalkStep }) {
  const { role } = useRoom();
  return (
    <>
      <p className={styles.prose}>{step.text}</p>
      {role === 'solo' ? (
        <>
          <p className={styles.quiet}>
            In an interview this is a talk. Alone, say your answer aloud, then score yourself.
          </p>
          <RubricForm sheet={sheet} lines={step.rubric} by="self" />
        </>
      ) : (
        <p className={styles.quiet}>Your interviewer leads this part.</p>
      )}
      <NextButton sheet={sheet} />
    </>
  );
}
