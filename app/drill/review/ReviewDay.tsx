import { drillIndex } from '../../content/drills.ts';
import { AddCards } from './AddCards.tsx';
import { AsideNotice, DeckFile } from './DeckFile.tsx';
import { useDeck } from './deckStore.ts';
import { ReviewSession } from './ReviewSession.tsx';
import { useNow } from './useNow.ts';
import { WhatComes } from './WhatComes.tsx';

const titles = new Map(drillIndex.map(({ id, title }) => [id, title]));
const titleOf = (drill: string): string => titles.get(drill) ?? drill;

/** The daily review: what is due, what comes, and the deck itself. */
export function ReviewDay() {
  const { cards, aside } = useDeck();
  const { nowMs, tick } = useNow();
  return (
    <>
      <AsideNotice aside={aside} />
      <ReviewSession cards={cards} nowMs={nowMs} tick={tick} titleOf={titleOf} />
      {cards.length > 0 && <WhatComes cards={cards} nowMs={nowMs} titleOf={titleOf} />}
      <AddCards cards={cards} />
      <DeckFile cards={cards} />
    </>
  );
}
