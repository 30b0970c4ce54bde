import { type Card, createEmptyCard, fsrs, Rating, State } from 'ts-fsrs';
import { type CardState, type Grade, grades, type ReviewCard } from './ReviewCard.ts';

/**
 * Without fuzz: the same answers at the same times give the same dates, here and in an imported deck.
 * @source Ye, Su and Cao, "A stochastic shortest path algorithm for optimizing spaced repetition scheduling", KDD 2022; FSRS-6
 * of ts-fsrs with its default weights, nine in ten remembered.
 */
const scheduler = fsrs({ enable_fuzz: false, request_retention: 0.9, maximum_interval: 3650 });

const ratings = { again: Rating.Again, hard: Rating.Hard, good: Rating.Good, easy: Rating.Easy } as const;
const stateNumbers: Record<CardState, State> = {
  new: State.New,
  learning: State.Learning,
  review: State.Review,
  relearning: State.Relearning,
};
const stateNames: Record<State, CardState> = {
  [State.New]: 'new',
  [State.Learning]: 'learning',
  [State.Review]: 'review',
  [State.Relearning]: 'relearning',
};

/** The card after each grade given at `nowMs`. */
export function outcomesOf(card: ReviewCard, nowMs: number): Record<Grade, ReviewCard> {
  const record = scheduler.repeat(toFsrs(card), new Date(nowMs));
  const after = (grade: Grade): ReviewCard => fromFsrs(card, record[ratings[grade]].card);
  return Object.fromEntries(grades.map((grade) => [grade, after(grade)])) as Record<Grade, ReviewCard>;
}

/** The card after one grade given at `nowMs`. */
export function graded(card: ReviewCard, grade: Grade, nowMs: number): ReviewCard {
  return outcomesOf(card, nowMs)[grade];
}

function toFsrs(card: ReviewCard): Card {
  const empty = createEmptyCard(new Date(card.dueMs));
  if (card.state === 'new' || card.lastReviewMs === null) return empty;
  return {
    ...empty,
    stability: card.stability,
    difficulty: card.difficulty,
    scheduled_days: card.intervalDays,
    learning_steps: card.step,
    reps: card.reviews,
    lapses: card.lapses,
    state: stateNumbers[card.state],
    last_review: new Date(card.lastReviewMs),
  };
}

function fromFsrs(before: ReviewCard, after: Card): ReviewCard {
  return {
    ...before,
    dueMs: after.due.getTime(),
    state: stateNames[after.state],
    stability: after.stability,
    difficulty: after.difficulty,
    intervalDays: after.scheduled_days,
    step: after.learning_steps,
    reviews: after.reps,
    lapses: after.lapses,
    lastReviewMs: after.last_review?.getTime() ?? null,
  };
}
