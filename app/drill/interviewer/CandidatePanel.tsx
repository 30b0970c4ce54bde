import { type DrillStep, questionOf } from '../../../src/drills.ts';
import { AttemptList } from '../AttemptList.tsx';
import styles from '../Drill.module.css';
import { readSettingsDraft } from '../readSettingsDraft.ts';
import { useRoom } from '../room.ts';
import { answerAt, attemptsAt, type Sheet } from '../session/Sheet.ts';
import { confidenceTitles, sayAnswer, saySettings } from '../words.ts';

/** What the candidate sees and does at this step, as it happens. */
export function CandidatePanel({ sheet, step }: { sheet: Sheet; step: DrillStep }) {
  return (
    <div className={styles.mirror}>
      {step.kind === 'brief' || step.kind === 'talk' ? <p>{step.text}</p> : null}
      {step.kind === 'observe' && step.text !== '' && <p>{step.text}</p>}
      {step.kind === 'intervene' && <Task sheet={sheet} step={step} />}
      {step.kind === 'explain' && <Text sheet={sheet} step={step} />}
      <Answers sheet={sheet} />
    </div>
  );
}

function Task({ sheet, step }: { sheet: Sheet; step: Extract<DrillStep, { kind: 'intervene' }> }) {
  const attempts = attemptsAt(sheet, step.id);
  return (
    <>
      <p>{step.task}</p>
      <p>
        <b>Set now:</b> {saySettings(readSettingsDraft(sheet.drafts[step.id]?.value))}
      </p>
      {attempts.length > 0 && <AttemptList step={step} attempts={attempts} secrets />}
    </>
  );
}

function Text({ sheet, step }: { sheet: Sheet; step: Extract<DrillStep, { kind: 'explain' }> }) {
  const given = answerAt(sheet, step.id);
  const text = String(given?.value ?? sheet.drafts[step.id]?.value ?? '');
  return (
    <>
      <p className={styles.ask}>{step.ask}</p>
      <blockquote className={styles.given}>{text === '' ? 'Nothing is written yet.' : text}</blockquote>
    </>
  );
}

/** Every question up to now: what is being written, what was locked, and what is right. */
function Answers({ sheet }: { sheet: Sheet }) {
  const { drill } = useRoom();
  const lines = drill.steps.slice(0, sheet.place + 1).flatMap((step) => {
    const question = questionOf(step);
    return question === undefined ? [] : [{ id: step.id, question }];
  });
  if (lines.length === 0) return null;
  return (
    <dl className={styles.truths}>
      {lines.map(({ id, question }) => {
        const given = answerAt(sheet, id);
        const draft = sheet.drafts[id];
        const found = sheet.log?.truths[id];
        const truth = found?.status === 'found' ? found.value : question.correct;
        const shown = given ?? draft;
        return (
          <div key={id}>
            <dt>{question.ask}</dt>
            <dd>
              {shown === undefined || shown.value === '' ? (
                'No answer yet'
              ) : (
                <>
                  {given === undefined ? 'Writing: ' : 'Locked: '}
                  <b>{sayAnswer(question.answer, shown.value)}</b>
                  {shown.confidence !== undefined && `, ${confidenceTitles[shown.confidence].toLowerCase()}`}
                </>
              )}
              {'. '}
              {truth !== undefined && <span className={styles.quiet}>Right: {sayAnswer(question.answer, truth)}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
