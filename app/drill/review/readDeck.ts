import * as z from 'zod/mini';
import { cardLimits, cardStates, newCard, type ReviewCard } from './ReviewCard.ts';

/** Version of what is kept and exported. */
export const deckVersion = 1;
/** Cards a deck may have, and characters its text may have. */
export const deckLimits = { cards: 5000, characters: 8_000_000 } as const;

const ms = z.number().check(z.gte(0), z.lte(8_640_000_000_000_000));
const count = z.number().check(z.int(), z.gte(0), z.lte(1_000_000));
const cardSchema = z.strictObject({
  id: z.string().check(z.minLength(1), z.maxLength(cardLimits.id)),
  drill: z.string().check(z.maxLength(cardLimits.drill)),
  q: z.string().check(z.minLength(1), z.maxLength(cardLimits.q)),
  a: z.string().check(z.minLength(1), z.maxLength(cardLimits.a)),
  addedMs: ms,
  dueMs: ms,
  state: z.enum(cardStates),
  stability: z.number().check(z.gte(0), z.lte(100_000)),
  difficulty: z.number().check(z.gte(0), z.lte(10)),
  intervalDays: z.number().check(z.gte(0), z.lte(100_000)),
  step: count,
  reviews: count,
  lapses: count,
  lastReviewMs: z.nullable(ms),
});
const deckSchema = z.object({
  hotpathReview: z.literal(deckVersion),
  cards: z.array(z.unknown()).check(z.maxLength(deckLimits.cards)),
});
const drillCardSchema = z.object({
  q: z.string().check(z.minLength(1), z.maxLength(cardLimits.q)),
  a: z.string().check(z.minLength(1), z.maxLength(cardLimits.a)),
});

/** A deck as read: the cards that are whole, and how many were not. */
export interface ReadDeck {
  cards: ReviewCard[];
  damaged: number;
}

/** Reads what was kept or exported. Never throws; what is wrong comes back as a sentence. */
export function readDeck(text: string): ReadDeck | { error: string } {
  if (text.length > deckLimits.characters) return { error: 'It is longer than any deck of cards can be.' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { error: 'It is not whole: it cannot be read as JSON.' };
  }
  const version = (value as { hotpathReview?: unknown } | null)?.hotpathReview;
  if (typeof version === 'number' && version > deckVersion)
    return {
      error: `It was made by a newer Hotpath (version ${version}; this one reads ${deckVersion}). Reload the page to get the newest.`,
    };
  const read = z.safeParse(deckSchema, value);
  if (!read.success) return { error: 'It is not a deck of review cards.' };
  const cards = new Map<string, ReviewCard>();
  let damaged = 0;
  for (const written of read.data.cards) {
    const card = z.safeParse(cardSchema, written);
    if (card.success && isWhole(card.data)) cards.set(card.data.id, card.data);
    else damaged++;
  }
  return { cards: [...cards.values()], damaged };
}

/** What was seen has a memory; else the scheduler would divide by nothing. */
function isWhole({ state, stability, difficulty, lastReviewMs }: ReviewCard): boolean {
  return state === 'new' || (stability > 0 && difficulty >= 1 && lastReviewMs !== null);
}

/** The text to keep or to export; the same deck has the same text. */
export function deckText(cards: readonly ReviewCard[]): string {
  return JSON.stringify({ hotpathReview: deckVersion, cards });
}

/** A card with these words, or undefined where they are no question and answer. */
export function cardFrom(drill: string, words: unknown, nowMs: number): ReviewCard | undefined {
  const read = z.safeParse(drillCardSchema, words);
  return read.success && drill.length <= cardLimits.drill ? newCard(drill, read.data, nowMs) : undefined;
}
