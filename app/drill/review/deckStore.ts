import { create } from 'zustand';
import { safeStorage } from '../../stores/safeStorage.ts';
import { sharedText } from '../../stores/sharedText.ts';
import { deckLimits, deckText, readDeck } from './readDeck.ts';
import type { ReviewCard } from './ReviewCard.ts';

/** Where the deck is kept, and where text goes that could not be read. */
const deckKey = 'hotpath.review';
const asideKey = 'hotpath.review.damaged';

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
export const useDeck = create<Deck>()(() => loadDeck(null));

const stored = sharedText(storage, deckKey, takeOver);

/** The cards as they are kept now: another tab may have changed them since. */
export function keptCards(): readonly ReviewCard[] {
  stored.refresh();
  return useDeck.getState().cards;
}

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
  const ids = new Set([...keptCards(), ...cards].map(({ id }) => id));
  if (ids.size > deckLimits.cards) return false;
  change((before) => {
    const byId = new Map(before.map((card) => [card.id, card]));
    for (const card of cards) byId.set(card.id, card);
    return [...byId.values()];
  });
  return true;
}

/** Takes a card out of the deck. */
export function dropCard(id: string): void {
  change((before) => before.filter((card) => card.id !== id));
}

/** Adds the cards of an exported deck; of a card that is in both, the one that was reviewed last stays. */
export function importDeck(text: string): { added: number; newer: number; damaged: number } | { error: string } {
  const read = readDeck(text);
  if ('error' in read) return read;
  const own = new Map(keptCards().map((card) => [card.id, card]));
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
  useDeck.setState(({ aside }) => {
    const deck = loadDeck(text);
    // What has been told in full stays so.
    return aside !== undefined && aside.text === deck.aside?.text ? { ...deck, aside } : deck;
  });
}

function change(update: (before: readonly ReviewCard[]) => readonly ReviewCard[]): void {
  stored.change(() => {
    const cards = update(useDeck.getState().cards);
    useDeck.setState({ cards });
    return deckText(cards);
  });
}
