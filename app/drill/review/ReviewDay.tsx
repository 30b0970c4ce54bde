import { useEffect } from 'react';
import { drillIndex } from '../../content/drills.ts';
import { AddCards } from './AddCards.tsx';
import { AsideNotice, DeckFile } from './DeckFile.tsx';
import { deckKey, takeOver, useDeck } from './deckStore.ts';
import { ReviewSession } from './ReviewSession.tsx';
import { useNow } from './useNow.ts';
import { WhatComes } from './WhatComes.tsx';

const titles = new Map(drillIndex.map(({ id, title }) => [id, title]));
const titleOf = (drill: string): string => titles.get(drill) ?? drill;

/** The daily review: what is due, what comes, and the deck itself. */
export function ReviewDay() {
  const { cards, aside } = useDeck();
  const { nowMs, tick } = useNow();
  useEffect(() => {
    const onChange = (event: StorageEvent) => {
      if (event.key === deckKey || event.key === null) takeOver(event.newValue);
    };
    addEventListener('storage', onChange);
    return () => removeEventListener('storage', onChange);
  }, []);
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
