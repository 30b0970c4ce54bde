import type { AnswerForm, AnswerValue, Confidence, DrillQuestion, DrillStep } from '../../../src/drills.ts';
import { readAnswer } from '../../drill/QuestionForm.tsx';
import type { Room } from '../../drill/room.ts';
import { answerAt, type Sheet } from '../../drill/session/Sheet.ts';
import { Refusal } from '../host/Refusal.ts';
import { candidateOnly, openStep } from './mayAct.ts';

/**
 * Hands in an answer as if it had been written into the form: the same rules, and it stays as it is.
 * @returns what was handed in. @throws Refusal for the wrong step, a question that is not asked yet, and a value that the
 * form would not take.
 */
export function handIn(
  room: Room,
  sheet: Sheet,
  id: string,
  value: unknown,
  confidence: Confidence | undefined,
): { id: string; value: AnswerValue } {
  const step = openStep(room, sheet);
  candidateOnly(room);
  if (step.id !== id) throw new Refusal('bad-id', `The drill is at the step “${step.id}”, not at “${id}”.`);
  if (answerAt(sheet, id) !== undefined) throw new Refusal('placed', 'That was handed in already.');
  const question = questionAt(sheet, step);
  const draft = sheet.drafts[id];
  const read = isPossible(question.answer, value)
    ? readAnswer(question, value)
    : { problem: `The answer “${id}” has to be ${expected(question.answer)}.` };
  if ('problem' in read) throw new Refusal('bad-answer', read.problem);
  const sure = question.confidence ? (confidence ?? draft?.confidence) : undefined;
  room.log.act({ do: 'answer', step: id, value: read.value, ...(sure === undefined ? {} : { confidence: sure }) });
  return { id, value: read.value };
}

function questionAt(sheet: Sheet, step: DrillStep): Pick<DrillQuestion, 'answer' | 'confidence'> {
  switch (step.kind) {
    case 'predict':
    case 'ask':
      return step.question;
    case 'explain':
      return { answer: step.answer, confidence: false };
    case 'observe':
      if (step.question === undefined) break;
      if (!sheet.watched.has(step.id))
        throw new Refusal('not-yet', 'The question comes when the run has been watched up to its moment.');
      return step.question;
    default:
      break;
  }
  throw new Refusal('bad-id', `The step “${step.id}” asks nothing that could be answered by a message.`);
}

/** Whether a person could have given this by the form. */
function isPossible(form: AnswerForm, value: unknown): value is AnswerValue {
  if (form.type === 'number') return typeof value === 'number' || typeof value === 'string';
  if (form.type === 'text') return typeof value === 'string';
  if (form.type === 'choice') return form.options.some(({ id }) => id === value);
  return (
    Array.isArray(value) &&
    value.length === form.options.length &&
    form.options.every(({ id }) => (value as unknown[]).includes(id))
  );
}

function expected(form: AnswerForm): string {
  if (form.type === 'number') return 'a number';
  if (form.type === 'text') return 'a text';
  const ids = form.options.map(({ id }) => id).join(', ');
  return form.type === 'choice' ? `one of ${ids}` : `all of ${ids}, in an order`;
}
