import { describeFound } from '../scenario/problems.ts';
import type { AnswerForm, AnswerOption, AnswerValue, DrillQuestion, DrillTruth } from './Drill.ts';
import type { DrillReading, Place } from './DrillReading.ts';
import type { StepForm } from './drillSchema.ts';
import { unitsFor } from './truthUnits.ts';

type QuestionForm = Extract<StepForm, { kind: 'predict' | 'ask' }>;
type AnswerInput = QuestionForm['answer'];

/** Reads a question with its answer, and where the right one comes from. */
export function readQuestion(form: QuestionForm, at: Place, reading: DrillReading): DrillQuestion {
  const { ask, points, kind } = form;
  const answer = answerFormOf(form.answer);
  const correct = correctOf(form.answer);
  const measured = form.truth === undefined ? undefined : readTruth(form.truth, answer, [...at, 'truth'], reading);
  const options = 'options' in answer ? answer.options : undefined;
  if (options !== undefined && (options.length < 2 || options.length > 8))
    reading.say([...at, 'answer', 'options'], 'value', `found ${options.length} options, expected two to eight`);
  if (correct !== undefined) valueFits(correct, answer, [...at, 'answer', 'correct'], reading);
  if (correct !== undefined && form.truth !== undefined)
    reading.say([...at, 'truth'], 'key', 'found a truth beside the correct answer, expected one of the two');
  if (answer.type === 'text' && points > 0)
    reading.say([...at, 'points'], 'value', 'found points for a text, expected none: people score texts, by a rubric');
  const isScored = answer.type !== 'text' && (points > 0 || kind === 'predict');
  if (isScored && correct === undefined && form.truth === undefined && !reading.isScript)
    reading.say(at, 'value', 'found neither a truth nor a correct answer, expected one of them');
  const typed = form.truth === undefined ? { factor: 1, half: 1 } : { factor: 2, half: 5 };
  const accept = form.accept ?? typed;
  if (accept.half < accept.factor)
    reading.say(
      [...at, 'accept', 'half'],
      'value',
      `found ${accept.half}, expected at least the factor, ${accept.factor}`,
    );
  return {
    ask,
    answer,
    points,
    accept,
    confidence: form.confidence ?? kind === 'predict',
    ...(correct === undefined ? {} : { correct }),
    ...(measured === undefined ? {} : { truth: measured }),
  };
}

function answerFormOf(given: AnswerInput): AnswerForm {
  if (given.type === 'number') return { type: 'number', unit: given.unit };
  if (given.type === 'text') return { type: 'text', minWords: given.min_words };
  const options = Object.entries(given.options).map(([id, text]): AnswerOption => ({ id, text: String(text) }));
  return given.type === 'choice' ? { type: 'choice', options } : { type: 'order', options, direction: given.direction };
}

function correctOf(given: AnswerInput): AnswerValue | undefined {
  return given.type === 'text' ? undefined : given.correct;
}

/** Whether a value can be an answer of this form; says what it must be. */
export function valueFits(value: AnswerValue, answer: AnswerForm, at: Place, reading: DrillReading): boolean {
  const expected = expectedOf(value, answer);
  if (expected !== '') reading.say(at, 'value', `found ${describeFound(value)}, expected ${expected}`);
  return expected === '';
}

function expectedOf(value: AnswerValue, answer: AnswerForm): string {
  if (answer.type === 'number') return typeof value === 'number' ? '' : 'a number';
  if (answer.type === 'text') return typeof value === 'string' ? '' : 'text';
  const ids = answer.options.map(({ id }) => id);
  if (answer.type === 'choice')
    return typeof value === 'string' && ids.includes(value) ? '' : `one of ${ids.join(', ')}`;
  const fits = Array.isArray(value) && value.length === ids.length && ids.every((id) => value.includes(id));
  return fits ? '' : `each of ${ids.join(', ')} once, in order`;
}

function readTruth(
  written: string | Record<string, string>,
  answer: AnswerForm,
  at: Place,
  reading: DrillReading,
): DrillTruth | undefined {
  if (answer.type === 'text') {
    reading.say(at, 'key', 'found a truth for a text, expected none');
    return undefined;
  }
  if (answer.type === 'number') {
    if (typeof written !== 'string') {
      reading.say(at, 'value', 'found a map, expected one figure like max(database.qps)');
      return undefined;
    }
    return figureTruth(written, answer.unit, at, reading);
  }
  if (typeof written === 'string') {
    const each = answer.type === 'choice' ? 'a check' : 'a figure';
    reading.say(at, 'value', `found one line, expected ${each} for each option`);
    return undefined;
  }
  const ids = answer.options.map(({ id }) => id);
  for (const id of Object.keys(written)) reading.known('option', id, ids, [...at, id], 'key');
  const missing = ids.filter((id) => !Object.hasOwn(written, id));
  if (missing.length > 0)
    reading.say(at, 'value', `found nothing for ${missing.join(', ')}, expected a line for each option`);
  const texts = ids.flatMap((option) => (Object.hasOwn(written, option) ? [{ option, text: written[option] }] : []));
  if (answer.type === 'choice') {
    const conditions = texts.flatMap(({ option, text }) => {
      const check = reading.check(text, [...at, option], { isPublic: false });
      return check === undefined ? [] : [{ option, text, check }];
    });
    return { kind: 'choice', conditions };
  }
  const figures = texts.flatMap(({ option, text }) => {
    const read = reading.expression(text, [...at, option]);
    return read === undefined ? [] : [{ option, text, expression: read.expression, unit: read.unit }];
  });
  const [first] = figures;
  const other = figures.find(({ unit }) => unit !== first.unit);
  if (other !== undefined)
    reading.say([...at, other.option], 'value', 'found a figure in another unit, expected the unit of the first');
  return { kind: 'order', figures: figures.map(({ option, text, expression }) => ({ option, text, expression })) };
}

function figureTruth(text: string, unit: string, at: Place, reading: DrillReading): DrillTruth | undefined {
  const read = reading.expression(text, at);
  if (read === undefined) return undefined;
  const units = unitsFor(read.unit);
  if (units !== undefined && !units.includes(unit)) {
    const found = unit === '' ? 'no unit' : `the unit "${unit}"`;
    reading.say([...at.slice(0, -1), 'answer', 'unit'], 'value', `found ${found}, expected one of ${units.join(', ')}`);
  }
  return { kind: 'figure', text, ...read };
}
