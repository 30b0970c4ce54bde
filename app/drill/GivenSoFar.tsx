import { questionOf } from '../../src/drills.ts';
import styles from './Drill.module.css';
import { useRoom } from './room.ts';
import { answerAt, type Sheet } from './session/Sheet.ts';
import { confidenceTitles, sayAnswer } from './words.ts';

/** What was predicted, kept in sight while it is put to the test. */
export function GivenSoFar({ sheet }: { sheet: Sheet }) {
  const { drill, role } = useRoom();
  const who = role === 'audience' ? 'The candidate' : 'You';
  const given = drill.steps.flatMap((step) => {
    const question = step.kind === 'predict' ? questionOf(step) : undefined;
    const answer = answerAt(sheet, step.id);
    return question === undefined || answer === undefined ? [] : [{ id: step.id, question, answer }];
  });
  if (given.length === 0) return null;
  return (
    <ul data-plain="" className={styles.givenSoFar} aria-label={`What ${who === 'You' ? 'you' : 'the candidate'} said`}>
      {given.map(({ id, question, answer }) => (
        <li key={id}>
          {who} said <b>{sayAnswer(question.answer, answer.value)}</b>
          {answer.confidence !== undefined && `, ${confidenceTitles[answer.confidence].toLowerCase()}`}
          {/* Where the question stands above already, it is not asked twice. */}
          {sheet.step?.id !== id && <span className={styles.quiet}>: {question.ask}</span>}
        </li>
      ))}
    </ul>
  );
}
