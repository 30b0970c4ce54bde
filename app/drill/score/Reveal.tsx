import {
  type AnswerValue,
  answerPoints,
  type Drill,
  type DrillQuestion,
  questionOf,
  ratioOf,
  type ScoreStep,
} from '../../../src/drills.ts';
import { formatNumber } from '../../ui/format.ts';
import { AttemptList } from '../AttemptList.tsx';
import styles from '../Drill.module.css';
import { useRoom } from '../room.ts';
import { answerAt, attemptsAt, type Sheet } from '../session/Sheet.ts';
import { confidenceTitles, sayAnswer, saySettings, sayTime } from '../words.ts';
import { sayFault } from './sayFault.ts';

/** What was hidden: what is right, what was kept back, what happened unseen, and settings that solve it. */
export function Reveal({ sheet, step }: { sheet: Sheet; step: ScoreStep }) {
  const { drill, role } = useRoom();
  const shows = (what: ScoreStep['reveal'][number]) => step.reveal.includes(what);
  return (
    <div className={styles.reveal}>
      {shows('truth') && <Truths sheet={sheet} drill={drill} />}
      {drill.steps.map((one) =>
        one.kind === 'intervene' && attemptsAt(sheet, one.id).length > 0 ? (
          <section key={one.id}>
            <h3>{role === 'interviewer' ? 'The candidate’s attempts' : 'Your attempts'}</h3>
            <AttemptList step={one} attempts={attemptsAt(sheet, one.id)} secrets={shows('secret')} />
          </section>
        ) : null,
      )}
      {shows('secret') && <Secrets drill={drill} />}
      {shows('solutions') && <Solutions drill={drill} />}
    </div>
  );
}

function Truths({ sheet, drill }: { sheet: Sheet; drill: Drill }) {
  const asked = drill.steps.flatMap((step) => {
    const question = questionOf(step);
    return question === undefined || question.answer.type === 'text' ? [] : [{ id: step.id, question }];
  });
  if (asked.length === 0) return null;
  return (
    <section>
      <h3>What is right</h3>
      <dl className={styles.truths}>
        {asked.map(({ id, question }) => (
          <div key={id}>
            <dt>{question.ask}</dt>
            <TruthLine sheet={sheet} id={id} question={question} />
          </div>
        ))}
      </dl>
    </section>
  );
}

function TruthLine({ sheet, id, question }: { sheet: Sheet; id: string; question: DrillQuestion }) {
  const who = useRoom().role === 'interviewer' ? 'They' : 'You';
  const given = answerAt(sheet, id);
  const found = sheet.log?.truths[id];
  const truth = found?.status === 'found' ? found.value : question.correct;
  const points = answerPoints(question, given?.value, truth);
  const ratio =
    typeof given?.value === 'number' && typeof truth === 'number' ? ratioOf(given.value, truth) : Number.NaN;
  return (
    <dd>
      <b>
        {truth === undefined
          ? found?.status === 'error'
            ? found.message
            : 'Being measured …'
          : sayAnswer(question.answer, truth)}
      </b>
      {'. '}
      {given === undefined ? `${who} gave no answer.` : `${who} said ${quoted(question, given.value)}`}
      {given?.confidence !== undefined && `, ${confidenceTitles[given.confidence].toLowerCase()}`}
      {Number.isFinite(ratio) && ratio > 1.005 && `: ${formatNumber(ratio)} times off`}
      {given !== undefined && `. ${formatNumber(points)} of ${formatNumber(question.points)} points.`}
    </dd>
  );
}

/** An answer within a sentence: what was chosen among texts stands in quotes. */
function quoted({ answer }: DrillQuestion, value: AnswerValue): string {
  const said = sayAnswer(answer, value);
  return answer.type === 'number' ? said : `“${said}”`;
}

function Secrets({ drill }: { drill: Drill }) {
  const faults = drill.faults.filter(({ secret }) => secret);
  if (faults.length === 0) return null;
  return (
    <section>
      <h3>What happened unseen</h3>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.id}${fault.atUs}`}>
            <code>{sayTime(fault.atUs, drill.scenario.clock)}</code> {sayFault(fault.action)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Solutions({ drill }: { drill: Drill }) {
  const tasks = drill.steps.flatMap((step) => (step.kind === 'intervene' && step.solutions.length > 0 ? [step] : []));
  if (tasks.length === 0) return null;
  return (
    <section>
      <h3>Settings that solve it</h3>
      {tasks.map((task) => (
        <dl key={task.id} className={styles.truths}>
          {task.solutions.map((solution) => (
            <div key={solution.name}>
              <dt>{solution.name.replaceAll('-', ' ')}</dt>
              <dd>{saySettings(solution.set)}</dd>
            </div>
          ))}
        </dl>
      ))}
    </section>
  );
}
