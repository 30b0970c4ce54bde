import { type ReactNode, useId, useState } from 'react';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useLesson } from './lessonState.ts';
import styles from './Quiz.module.css';

/** One answer that can be chosen. */
export interface QuizOption {
  text: ReactNode;
  right?: boolean;
  /** Why it is right or not; shown once it was chosen. */
  why: ReactNode;
}

interface QuizProps {
  id: string;
  question: ReactNode;
  options: readonly QuizOption[];
}

/** A question with one right answer or several. Every option says why it is right or wrong, once it was chosen. */
export function Quiz({ id, question, options }: QuizProps) {
  const name = useId();
  const kept = useLesson(({ quizzes }) => quizzes[id]);
  const answerQuiz = useLesson((state) => state.answerQuiz);
  const [chosen, setChosen] = useState<readonly number[]>(kept?.given ?? []);
  const [checked, setChecked] = useState<readonly number[] | null>(kept ? kept.given : null);
  const right = options.flatMap((option, place) => (option.right ? [place] : []));
  const several = right.length > 1;
  const isSolved = checked !== null && sameSet(checked, right);
  const choose = (place: number) => {
    if (!several) setChosen([place]);
    else
      setChosen(chosen.includes(place) ? chosen.filter((other) => other !== place) : [...chosen, place].sort(byPlace));
  };
  const check = () => {
    const isRight = sameSet(chosen, right);
    setChecked(chosen);
    announce(isRight ? 'That is right.' : 'Not quite. Read why, and try again.');
    // The first answer is the one that is kept.
    if (kept === undefined) answerQuiz(id, { given: chosen, right: isRight });
  };
  return (
    <div className={styles.quiz} id={`quiz-${id}`}>
      <p className={styles.heading}>{isSolved ? 'That is right' : 'Check yourself'}</p>
      <fieldset>
        <legend className={styles.question}>
          {question}
          {several && ' More than one is right.'}
        </legend>
        {options.map((option, place) => {
          const isShown = checked?.includes(place) || (isSolved && several);
          return (
            <div
              key={place}
              className={styles.option}
              data-state={isShown ? (option.right ? 'right' : 'wrong') : 'open'}
            >
              <label className={styles.choice}>
                <input
                  type={several ? 'checkbox' : 'radio'}
                  name={name}
                  checked={chosen.includes(place)}
                  aria-describedby={isShown ? `${name}why${place}` : undefined}
                  onChange={() => choose(place)}
                />
                <span>{option.text}</span>
              </label>
              {isShown && (
                <p id={`${name}why${place}`} className={styles.why}>
                  <span className={styles.mark}>
                    <Icon name={option.right ? 'check' : 'close'} size={14} />
                    {option.right ? 'Right.' : 'No.'}
                  </span>{' '}
                  {option.why}
                </p>
              )}
            </div>
          );
        })}
      </fieldset>
      <div className={styles.row}>
        <Button kind={isSolved ? 'quiet' : 'primary'} disabled={chosen.length === 0} onClick={check}>
          Check
        </Button>
      </div>
    </div>
  );
}

const byPlace = (a: number, b: number) => a - b;

function sameSet(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((place) => b.includes(place));
}
