import type { DrillCard } from '../../../src/drills.ts';

/** How far a card has come: never seen, in its first steps, on long intervals, or forgotten and in steps again. */
export const cardStates = ['new', 'learning', 'review', 'relearning'] as const;
/** One of {@link cardStates}. */
export type CardState = (typeof cardStates)[number];

/** How well somebody remembered, in the order of the keys 1 to 4. */
export const grades = ['again', 'hard', 'good', 'easy'] as const;
/** One of {@link grades}. */
export type Grade = (typeof grades)[number];

/** A question of the review deck, and what is known of how well it is remembered. Times are wall time, ms since 1970. */
export interface ReviewCard extends DrillCard {
  /** The drill and the question: the same question of a drill is the same card, whatever its answer. */
  id: string;
  /** Id of the drill that it came from; empty for a person's own. */
  drill: string;
  addedMs: number;
  dueMs: number;
  state: CardState;
  /** Days after which nine in ten would still know it; 0 while new. */
  stability: number;
  /** From 1 to 10; 0 while new. */
  difficulty: number;
  /** The interval that was last given, in days; 0 within a day. */
  intervalDays: number;
  /** Which of the short first steps comes next. */
  step: number;
  reviews: number;
  /** How often it was forgotten after it had been known. */
  lapses: number;
  lastReviewMs: number | null;
}

/** Longest texts of a card, in characters. */
export const cardLimits = { q: 300, a: 600, drill: 60, id: 400 } as const;

/** A card that nobody has seen yet, due at once. */
export function newCard(drill: string, { q, a }: DrillCard, nowMs: number): ReviewCard {
  return {
    id: `${drill}/${q}`,
    drill,
    q,
    a,
    addedMs: nowMs,
    dueMs: nowMs,
    state: 'new',
    stability: 0,
    difficulty: 0,
    intervalDays: 0,
    step: 0,
    reviews: 0,
    lapses: 0,
    lastReviewMs: null,
  };
}
