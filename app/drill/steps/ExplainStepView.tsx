import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ExplainStep } from '../../../src/drills.ts';
import { Button } from '../../ui/Button.tsx';
import { AnswerField } from '../AnswerField.tsx';
import styles from '../Drill.module.css';
import { NextButton } from '../NextButton.tsx';
import { readAnswer } from '../QuestionForm.tsx';
import { RubricForm } from '../RubricForm.tsx';
import { useRoom } from '../room.ts';
import { answerAt, type Sheet } from '../session/Sheet.ts';

/** A text in one's own words; a person scores it, and alone that person is oneself. */
export function ExplainStepView({ sheet, step }: { sheet: Sheet; step: ExplainStep }) {
  const { log, role } = useRoom();
  const [problem, setProblem] = useState('');
  const given = answerAt(sheet, step.id);
  const isRated = role === 'solo' && step.rubric.length > 0;
  const done = useRef<HTMLParagraphElement>(null);
  const wasOpen = useRef(given === undefined);
  useEffect(() => {
    if (given === undefined || !wasOpen.current) return;
    wasOpen.current = false;
    // The form goes away: the focus goes on to the rubric, or to the way on.
    if (!isRated) done.current?.querySelector('button')?.focus();
  }, [given, isRated]);
  const text = String(sheet.drafts[step.id]?.value ?? '');
  if (given !== undefined)
    return (
      <>
        <p className={styles.ask}>{step.ask}</p>
        <blockquote className={styles.given}>{String(given.value)}</blockquote>
        {isRated && <RubricForm sheet={sheet} lines={step.rubric} by="self" focus />}
        <NextButton sheet={sheet} ref={done} />
      </>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readAnswer(step, text);
    if ('problem' in read) setProblem(read.problem);
    else log.act({ do: 'answer', step: step.id, value: read.value });
  };
  return (
    <form className={styles.question} onSubmit={submit} noValidate>
      <AnswerField
        form={step.answer}
        label={step.ask}
        value={text}
        describedBy={`problem-${step.id}`}
        onChange={(value) => {
          setProblem('');
          log.draft(step.id, { value });
        }}
      />
      <p id={`problem-${step.id}`} role={problem === '' ? undefined : 'alert'} className={styles.problem}>
        {problem}
      </p>
      <p className={styles.acts}>
        <Button kind="primary" type="submit">
          Hand it in
        </Button>
      </p>
      <NextButton
        sheet={sheet}
        kind="text"
        first={() => text.trim() !== '' && log.act({ do: 'answer', step: step.id, value: text })}
      >
        {text.trim() === '' ? 'Go on without a text' : 'Go on with what is written'}
      </NextButton>
    </form>
  );
}
