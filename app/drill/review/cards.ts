import type { DrillCard } from '../../../src/drills.ts';
import { keptCards, putCards } from './deckStore.ts';
import { cardFrom } from './readDeck.ts';
import type { ReviewCard } from './ReviewCard.ts';

/**
 * Adds the cards of a drill to the review deck, due at once. A card that is there already keeps its dates and only gets the
 * new wording of its answer. What is no card is left out.
 * @param drillId the drill; empty for a person's own cards
 * @param nowMs wall time, ms since 1970
 * @returns how many were new; -1 where the deck has no room for them
 */
export function addCards(drillId: string, cards: readonly DrillCard[], nowMs = Date.now()): number {
  const known = new Map(keptCards().map((card) => [card.id, card]));
  const read = cards.map((words) => cardFrom(drillId, words, nowMs)).filter((card) => card !== undefined);
  const added = read.filter(({ id }) => !known.has(id));
  const reworded = read.flatMap((card): ReviewCard[] => {
    const own = known.get(card.id);
    return own === undefined || own.a === card.a ? [] : [{ ...own, a: card.a }];
  });
  if (added.length + reworded.length === 0) return 0;
  return putCards([...added, ...reworded]) ? added.length : -1;
}

/** How many of these cards are not in the deck yet. */
export function missingFrom(deck: readonly ReviewCard[], drillId: string, cards: readonly DrillCard[]): number {
  const known = new Set(deck.map(({ id }) => id));
  return cards.filter(({ q }) => !known.has(`${drillId}/${q}`)).length;
}
