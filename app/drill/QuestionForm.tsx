import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { AnswerValue, Confidence, DrillQuestion, DrillStep } from '../../src/drills.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/Button.tsx';
import { AnswerField } from './AnswerField.tsx';
import styles from './Drill.module.css';
import { NextButton } from './NextButton.tsx';
import { useRoom } from './room.ts';
import { answerAt, type Sheet } from './session/Sheet.ts';
import { confidenceTitles, sayAnswer, wordCount } from './words.ts';

interface QuestionFormProps {
  sheet: Sheet;
  step: DrillStep;
  question: DrillQuestion;
  /** What the button that hands it in says. */
  act: string;
}

/** A question, its answer and how sure one is. Once handed in it stays as it is. */
export function QuestionForm({ sheet, step, question, act }: QuestionFormProps) {
  const { log } = useRoom();
  const given = answerAt(sheet, step.id);
  const draft = sheet.drafts[step.id];
  const [problem, setProblem] = useState('');
  const id = useId();
  const done = useRef<HTMLParagraphElement>(null);
  const wasOpen = useRef(given === undefined);
  useEffect(() => {
    if (given === undefined || !wasOpen.current) return;
    wasOpen.current = false;
    done.current?.querySelector('button')?.focus();
  }, [given]);

  if (given !== undefined)
    return (
      <>
        <p className={styles.ask}>{question.ask}</p>
        <p className={styles.locked}>
          Locked: <b>{sayAnswer(question.answer, given.value)}</b>
          {given.confidence !== undefined && `, ${confidenceTitles[given.confidence].toLowerCase()}`}
        </p>
        <NextButton sheet={sheet} ref={done} />
      </>
    );
  const value = draft?.value ?? startOf(question);
  const change = (next: AnswerValue, confidence = draft?.confidence) => {
    setProblem('');
    log.draft(step.id, { value: next, ...(confidence === undefined ? {} : { confidence }) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readAnswer(question, value);
    if ('problem' in read) {
      setProblem(read.problem);
      return;
    }
    log.act({
      do: 'answer',
      step: step.id,
      value: read.value,
      ...(draft?.confidence === undefined ? {} : { confidence: draft.confidence }),
    });
    announce('Locked.');
  };
  return (
    <form className={styles.question} onSubmit={submit} noValidate>
      <AnswerField
        form={question.answer}
        label={question.ask}
        value={value}
        onChange={change}
        describedBy={`${id}-problem`}
      />
      {question.confidence && <ConfidenceChoice value={draft?.confidence} onChange={(sure) => change(value, sure)} />}
      <p id={`${id}-problem`} role={problem === '' ? undefined : 'alert'} className={styles.problem}>
        {problem}
      </p>
      <p className={styles.acts}>
        <Button kind="primary" type="submit">
          {act}
        </Button>
      </p>
      <NextButton sheet={sheet} kind="text">
        Go on without an answer
      </NextButton>
    </form>
  );
}

interface ConfidenceChoiceProps {
  value: Confidence | undefined;
  onChange: (value: Confidence) => void;
}

function ConfidenceChoice({ value, onChange }: ConfidenceChoiceProps) {
  const name = useId();
  return (
    <fieldset className={styles.confidence}>
      <legend>How sure are you?</legend>
      {(Object.keys(confidenceTitles) as Confidence[]).map((one) => (
        <label key={one} className={styles.option}>
          <input type="radio" name={name} checked={value === one} onChange={() => onChange(one)} />
          {confidenceTitles[one]}
        </label>
      ))}
    </fieldset>
  );
}

function startOf({ answer }: DrillQuestion): AnswerValue {
  return answer.type === 'order' ? answer.options.map(({ id }) => id) : '';
}

/** The answer as it is handed in, or in words what is wrong with it. */
export function readAnswer(
  { answer }: Pick<DrillQuestion, 'answer'>,
  value: AnswerValue,
): { value: AnswerValue } | { problem: string } {
  if (answer.type === 'number') {
    const text = String(value)
      .replaceAll(/[\s_\u202f\u00a0]/g, '')
      .replace(/,(?=\d{3}(\D|$))/g, '');
    const number = Number(text.replace(',', '.'));
    if (text === '' || !Number.isFinite(number)) return { problem: 'Write a number first, like 900 or 2.5.' };
    return { value: number };
  }
  if (answer.type === 'choice') return value === '' ? { problem: 'Choose one first.' } : { value };
  if (answer.type === 'text') {
    const missing = answer.minWords - wordCount(String(value));
    if (wordCount(String(value)) === 0) return { problem: 'Write something first.' };
    if (missing > 0) return { problem: `${missing} more ${missing === 1 ? 'word' : 'words'}, please.` };
  }
  return { value };
}
