import { create } from 'zustand';
import { safeStorage } from '../../stores/safeStorage.ts';
import { deckLimits, deckText, readDeck } from './readDeck.ts';
import type { ReviewCard } from './ReviewCard.ts';

/** Where the deck is kept, and where text goes that could not be read. */
export const deckKey = 'hotpath.review';
/** See {@link deckKey}. */
export const asideKey = 'hotpath.review.damaged';

/** What could not be read and was put away untouched. */
export interface SetAside {
  text: string;
  /** One sentence or two, for people. */
  why: string;
}

/** The review deck of this browser. */
export interface Deck {
  cards: readonly ReviewCard[];
  aside: SetAside | undefined;
}

const storage = safeStorage();

/** The deck of this browser; change it through the functions of this file only, so that it is kept. */
export const useDeck = create<Deck>()(() => loadDeck(storage.getItem(deckKey) as string | null));

function loadDeck(text: string | null): Deck {
  const earlier = storage.getItem(asideKey) as string | null;
  const aside = earlier === null ? undefined : { text: earlier, why: 'Some of your saved cards could not be read.' };
  if (text === null) return { cards: [], aside };
  const read = readDeck(text);
  if ('error' in read) return setAside(text, `Your saved cards could not be read. ${read.error}`, []);
  if (read.damaged === 0) return { cards: read.cards, aside };
  const cards = read.damaged === 1 ? 'One of your saved cards' : `${read.damaged} of your saved cards`;
  return setAside(text, `${cards} could not be read. All others are here.`, read.cards);
}

function setAside(text: string, why: string, cards: ReviewCard[]): Deck {
  storage.setItem(asideKey, text);
  storage.setItem(deckKey, deckText(cards));
  return { cards, aside: { text, why } };
}

/** Puts cards into the deck, each in place of the one with its id, and keeps it. @returns false where there is no room. */
export function putCards(cards: readonly ReviewCard[]): boolean {
  const byId = new Map(useDeck.getState().cards.map((card) => [card.id, card]));
  for (const card of cards) byId.set(card.id, card);
  if (byId.size > deckLimits.cards) return false;
  keep([...byId.values()]);
  return true;
}

/** Takes a card out of the deck. */
export function dropCard(id: string): void {
  keep(useDeck.getState().cards.filter((card) => card.id !== id));
}

/** Adds the cards of an exported deck; of a card that is in both, the one that was reviewed last stays. */
export function importDeck(text: string): { added: number; newer: number; damaged: number } | { error: string } {
  const read = readDeck(text);
  if ('error' in read) return read;
  const own = new Map(useDeck.getState().cards.map((card) => [card.id, card]));
  const added = read.cards.filter(({ id }) => !own.has(id));
  const newer = read.cards.filter(
    ({ id, lastReviewMs }) => own.has(id) && (lastReviewMs ?? -1) > (own.get(id)?.lastReviewMs ?? -1),
  );
  if (!putCards([...added, ...newer])) return { error: `A deck holds ${deckLimits.cards} cards at most.` };
  return { added: added.length, newer: newer.length, damaged: read.damaged };
}

/** Forgets what had been set aside. */
export function forgetAside(): void {
  storage.removeItem(asideKey);
  useDeck.setState({ aside: undefined });
}

/** Takes over what another tab has kept; `text` is null where it has cleared everything. */
export function takeOver(text: string | null): void {
  useDeck.setState(loadDeck(text));
}

function keep(cards: readonly ReviewCard[]): void {
  storage.setItem(deckKey, deckText(cards));
  useDeck.setState({ cards });
}
