import { Button } from '../../ui/Button.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { dropCard } from './deckStore.ts';
import { comingDays, endOfDayMs, isDue } from './dueCards.ts';
import { isoOf, momentText } from './NothingDue.tsx';
import styles from './Review.module.css';
import type { ReviewCard } from './ReviewCard.ts';

interface WhatComesProps {
  cards: readonly ReviewCard[];
  nowMs: number;
  titleOf: (drill: string) => string;
}

const days = 14;
const weekdayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** What each of the next days brings, and all cards with their dates. */
export function WhatComes({ cards, nowMs, titleOf }: WhatComesProps) {
  const coming = comingDays(cards, nowMs, days);
  const most = Math.max(1, ...coming.map(({ count }) => count));
  const later = cards.filter(({ dueMs }) => dueMs >= endOfDayMs(nowMs, days)).length;
  return (
    <section className={styles.section} aria-labelledby="review-coming">
      <h2 id="review-coming" className={styles.sectionTitle}>
        What comes when
      </h2>
      <ol data-plain="" className={styles.days}>
        {coming.map(({ dayMs, count }, index) => (
          <li key={dayMs} className={styles.day}>
            <span className={styles.bar} style={{ '--part': count / most }} aria-hidden="true" />
            <span className={styles.dayCount}>{count}</span>
            <span className={styles.dayName}>
              <span>{index === 0 ? 'Today' : weekdayFormat.format(new Date(dayMs))}</span>{' '}
              <span>{dayFormat.format(new Date(dayMs))}</span>
            </span>
          </li>
        ))}
      </ol>
      {later > 0 && (
        <p className={styles.words}>{later === 1 ? '1 card comes' : `${later} cards come`} later than that.</p>
      )}
      <Disclosure summary={`All cards (${cards.length})`}>
        <ul data-plain="" className={styles.list}>
          {cards
            .toSorted((a, b) => a.dueMs - b.dueMs || (a.id < b.id ? -1 : 1))
            .map((card) => (
              <li key={card.id} className={styles.item}>
                <span className={styles.itemWords}>
                  {card.q}
                  <span className={styles.from}>{card.drill === '' ? 'Your own card' : titleOf(card.drill)}</span>
                </span>
                <span className={styles.when}>
                  {isDue(card, nowMs) ? (
                    'due now'
                  ) : (
                    <time dateTime={isoOf(card.dueMs)}>{momentText(card.dueMs, nowMs)}</time>
                  )}
                </span>
                <Button kind="text" aria-label={`Take out: ${card.q}`} onClick={() => dropCard(card.id)}>
                  Take out
                </Button>
              </li>
            ))}
        </ul>
      </Disclosure>
    </section>
  );
}
