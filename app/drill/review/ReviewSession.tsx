import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { announce } from '../../ui/announce.ts';
import { Button } from '../../ui/Button.tsx';
import { useShortcut } from '../../ui/useShortcut.ts';
import { putCards } from './deckStore.ts';
import { dueCards, intervalText, nextDueMs } from './dueCards.ts';
import { NothingDue } from './NothingDue.tsx';
import styles from './Review.module.css';
import { type Grade, grades, type ReviewCard } from './ReviewCard.ts';
import { outcomesOf } from './schedule.ts';

interface ReviewSessionProps {
  cards: readonly ReviewCard[];
  nowMs: number;
  /** Brings the time up to date, and gives it. */
  tick: () => number;
  /** What a drill is called. */
  titleOf: (drill: string) => string;
}

const titles: Record<Grade, string> = { again: 'Again', hard: 'Hard', good: 'Good', easy: 'Easy' };

/** What is due, card by card: the question, the answer when asked for, and how well it was known by button or key. */
export function ReviewSession({ cards, nowMs, tick, titleOf }: ReviewSessionProps) {
  const [open, setOpen] = useState<string>();
  const [last, setLast] = useState<ReviewCard>();
  const due = dueCards(cards, nowMs);
  // The card whose answer is open stays, whatever becomes due meanwhile.
  const card = cards.find(({ id }) => id === open) ?? due[0];
  const isOpen = card !== undefined && card.id === open;

  const grade = (given: Grade) => {
    if (!isOpen) return;
    const now = tick();
    const after = outcomesOf(card, now)[given];
    if (!putCards([after])) return;
    setLast(card);
    setOpen(undefined);
    announce(`${titles[given]}. It comes back in ${intervalText(after.dueMs, now)}.`);
  };
  const takeBack = () => {
    if (last === undefined) return;
    putCards([last]);
    setOpen(last.id);
    setLast(undefined);
  };
  const undo = last !== undefined && (
    <p className={styles.undo}>
      <Button kind="text" onClick={takeBack}>
        Take the last answer back
      </Button>
    </p>
  );
  if (card === undefined)
    return (
      <section className={styles.session} aria-label="Due now">
        <NothingDue
          isEmpty={cards.length === 0}
          nextMs={nextDueMs(cards, nowMs)}
          nowMs={nowMs}
          hasReviewed={last !== undefined}
        />
        {undo}
      </section>
    );
  return (
    <section className={styles.session} aria-label="Due now">
      <p className={styles.count}>
        <span>{due.length === 1 ? '1 card due' : `${due.length} cards due`}</span>
        <span>
          {card.drill === '' ? 'Your own card' : <Link href={`/drill/${card.drill}`}>{titleOf(card.drill)}</Link>}
        </span>
      </p>
      <AskedCard
        key={`${card.id} ${card.reviews}`}
        card={card}
        isOpen={isOpen}
        nowMs={nowMs}
        onOpen={() => setOpen(card.id)}
        onGrade={grade}
      />
      {undo}
    </section>
  );
}

interface AskedCardProps {
  card: ReviewCard;
  isOpen: boolean;
  nowMs: number;
  onOpen: () => void;
  onGrade: (grade: Grade) => void;
}

function AskedCard({ card, isOpen, nowMs, onOpen, onGrade }: AskedCardProps) {
  const show = useRef<HTMLButtonElement>(null);
  const answer = useRef<HTMLDivElement>(null);
  const [isFirst] = useState(
    () => document.activeElement === document.body || document.activeElement?.tagName === 'H1',
  );
  useEffect(() => {
    // The focus follows from card to card; on arrival it stays on the heading of the page.
    if (isOpen) answer.current?.focus();
    else if (!isFirst) show.current?.focus();
  }, [isOpen, isFirst]);
  const outcomes = outcomesOf(card, nowMs);
  return (
    <article className={styles.card}>
      <h2 id="review-question" className={styles.question}>
        {card.q}
      </h2>
      {!isOpen && (
        <p>
          <button type="button" ref={show} className={styles.show} aria-describedby="review-question" onClick={onOpen}>
            Show the answer
          </button>
        </p>
      )}
      {isOpen && (
        <>
          <section ref={answer} tabIndex={-1} className={styles.answer} aria-label="Answer">
            <p>{card.a}</p>
          </section>
          <fieldset className={styles.grades}>
            <legend className={styles.gradesTitle}>How well did you know it?</legend>
            {grades.map((grade, index) => (
              <GradeButton
                key={grade}
                grade={grade}
                place={index + 1}
                after={intervalText(outcomes[grade].dueMs, nowMs)}
                onGrade={onGrade}
              />
            ))}
          </fieldset>
        </>
      )}
    </article>
  );
}

interface GradeButtonProps {
  grade: Grade;
  /** Its key. */
  place: number;
  /** When the card would come back. */
  after: string;
  onGrade: (grade: Grade) => void;
}

function GradeButton({ grade, place, after, onGrade }: GradeButtonProps) {
  useShortcut(String(place), () => onGrade(grade));
  return (
    <Button className={styles.grade} aria-keyshortcuts={String(place)} onClick={() => onGrade(grade)}>
      <kbd aria-hidden="true" className={styles.key}>
        {place}
      </kbd>
      <span>{titles[grade]}</span>
      <span className={styles.after}>
        <span className={styles.spoken}>back in </span>
        {after}
      </span>
    </Button>
  );
}
