import { type DrillStep, questionOf } from '../../src/drills.ts';
import styles from './Drill.module.css';
import { DrillBar } from './DrillBar.tsx';
import { GivenSoFar } from './GivenSoFar.tsx';
import { FollowedRun } from './interviewer/FollowedRun.tsx';
import { useRoom, useSheet } from './room.ts';
import { AttemptList } from './AttemptList.tsx';
import { answerAt, attemptsAt, type Sheet } from './session/Sheet.ts';
import { confidenceTitles, kindTitles, sayAnswer, sayOthers } from './words.ts';

/** A drill for who looks on: the step, what was handed in, and the candidate's run in step. Nothing can be pressed. */
export function AudienceView() {
  const sheet = useSheet();
  const { drill, session } = useRoom();
  const { step } = sheet;
  if (step === undefined)
    return (
      <>
        <p className={styles.lead}>Session “{session}” has not begun. This window follows as soon as it does.</p>
        <p className={styles.quiet}>{sayOthers(sheet.others)}</p>
      </>
    );
  return (
    <>
      <DrillBar sheet={sheet} step={step} />
      <section className={styles.step} aria-labelledby="audience-step">
        <h2 id="audience-step" className={styles.stepTitle}>
          {kindTitles[step.kind]}
        </h2>
        <p className={styles.prose}>{wordsOf(step)}</p>
        <HandedIn sheet={sheet} step={step} />
        <GivenSoFar sheet={sheet} />
        <FollowedRun sheet={sheet} />
        {drill.steps.map((one) =>
          one.kind === 'intervene' && attemptsAt(sheet, one.id).length > 0 ? (
            <AttemptList key={one.id} step={one} attempts={attemptsAt(sheet, one.id)} secrets={false} />
          ) : null,
        )}
      </section>
    </>
  );
}

/** What was handed in at a step, as far as `GivenSoFar` does not say it already. */
function HandedIn({ sheet, step }: { sheet: Sheet; step: DrillStep }) {
  const answer = answerAt(sheet, step.id);
  const form = step.kind === 'explain' ? step.answer : questionOf(step)?.answer;
  if (form === undefined || (step.kind === 'predict' && answer !== undefined)) return null;
  if (answer === undefined) return <p className={styles.quiet}>The candidate has handed in nothing yet.</p>;
  if (form.type === 'text') return <blockquote className={styles.given}>{String(answer.value)}</blockquote>;
  return (
    <p>
      The candidate said <b>{sayAnswer(form, answer.value)}</b>
      {answer.confidence !== undefined && `, ${confidenceTitles[answer.confidence].toLowerCase()}`}
    </p>
  );
}

/** What the candidate is asked at a step. */
function wordsOf(step: DrillStep): string {
  if (step.kind === 'brief' || step.kind === 'talk') return step.text;
  if (step.kind === 'intervene') return step.task;
  if (step.kind === 'explain') return step.ask;
  if (step.kind === 'observe') return [step.text, step.question?.ask ?? ''].filter(Boolean).join(' ');
  return step.kind === 'score' ? 'The drill is over.' : step.question.ask;
}
