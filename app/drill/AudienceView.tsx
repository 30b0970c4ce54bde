import styles from './Drill.module.css';
import { DrillBar } from './DrillBar.tsx';
import { GivenSoFar } from './GivenSoFar.tsx';
import { FollowedRun } from './interviewer/FollowedRun.tsx';
import { useRoom, useSheet } from './room.ts';
import { AttemptList } from './AttemptList.tsx';
import { attemptsAt } from './session/Sheet.ts';
import { kindTitles } from './words.ts';

/** A drill for who looks on: the step, what was handed in, and the candidate's run in step. Nothing can be pressed. */
export function AudienceView() {
  const sheet = useSheet();
  const { drill, session } = useRoom();
  const { step } = sheet;
  if (step === undefined)
    return <p className={styles.lead}>Session “{session}” has not begun. This window follows as soon as it does.</p>;
  return (
    <>
      <DrillBar sheet={sheet} step={step} />
      <section className={styles.step} aria-labelledby="audience-step">
        <h2 id="audience-step" className={styles.stepTitle}>
          {kindTitles[step.kind]}
        </h2>
        <p className={styles.prose}>{wordsOf(step)}</p>
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

function wordsOf(step: ReturnType<typeof useRoom>['drill']['steps'][number]): string {
  if (step.kind === 'brief' || step.kind === 'talk') return step.text;
  if (step.kind === 'intervene') return step.task;
  if (step.kind === 'explain') return step.ask;
  if (step.kind === 'observe') return [step.text, step.question?.ask ?? ''].filter(Boolean).join(' ');
  return step.kind === 'score' ? 'The drill is over.' : step.question.ask;
}
