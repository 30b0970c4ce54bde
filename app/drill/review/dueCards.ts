import type { ReviewCard } from './ReviewCard.ts';

const dayMs = 86_400_000;

/** The first moment of the next day where the person is, ms since 1970. */
export function endOfDayMs(nowMs: number, days = 1): number {
  const date = new Date(nowMs);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

/**
 * Whether a card is to be asked now. What is new always is. What has an interval of days is due from the morning on; the short
 * first steps are due to the minute.
 */
export function isDue(card: ReviewCard, nowMs: number): boolean {
  if (card.state === 'new') return true;
  return card.state === 'review' ? card.dueMs < endOfDayMs(nowMs) : card.dueMs <= nowMs;
}

/** The cards to be asked now: first what is in its short steps, then what is known, the longest overdue first, then what is new. */
export function dueCards(cards: readonly ReviewCard[], nowMs: number): ReviewCard[] {
  const rank = ({ state }: ReviewCard): number => (state === 'new' ? 2 : state === 'review' ? 1 : 0);
  return cards
    .filter((card) => isDue(card, nowMs))
    .toSorted((a, b) => rank(a) - rank(b) || a.dueMs - b.dueMs || (a.id < b.id ? -1 : 1));
}

/** When the next card that is not due yet will be, ms since 1970; undefined where none is left. */
export function nextDueMs(cards: readonly ReviewCard[], nowMs: number): number | undefined {
  const later = cards.filter((card) => !isDue(card, nowMs));
  return later.length === 0 ? undefined : Math.min(...later.map(({ dueMs }) => dueMs));
}

/** How many cards each of the next days brings; today first, with all that is overdue. */
export function comingDays(
  cards: readonly ReviewCard[],
  nowMs: number,
  days: number,
): { dayMs: number; count: number }[] {
  return Array.from({ length: days }, (_, day) => {
    const from = day === 0 ? Number.NEGATIVE_INFINITY : endOfDayMs(nowMs, day);
    const to = endOfDayMs(nowMs, day + 1);
    return { dayMs: endOfDayMs(nowMs, day), count: cards.filter(({ dueMs }) => dueMs >= from && dueMs < to).length };
  });
}

/** How long until a moment, in words: `in 10 minutes`, `in 3 days`. */
export function untilText(dueMs: number, nowMs: number): string {
  const aheadMs = dueMs - nowMs;
  if (aheadMs <= 0) return 'now';
  const minutes = Math.round(aheadMs / 60_000);
  if (minutes < 1) return 'in less than a minute';
  if (minutes < 60) return `in ${counted(minutes, 'minute')}`;
  if (dueMs < endOfDayMs(nowMs) || aheadMs < dayMs / 2) return `in ${counted(Math.round(aheadMs / 3_600_000), 'hour')}`;
  const days = Math.max(1, Math.round(aheadMs / dayMs));
  if (days < 60) return days === 1 ? 'tomorrow' : `in ${days} days`;
  const months = Math.round(days / 30.4);
  return months < 24 ? `in ${months} months` : `in ${Math.round(days / 365)} years`;
}

/** The same, short enough for a button: `10 min`, `3 d`. */
export function intervalText(dueMs: number, nowMs: number): string {
  const minutes = Math.round((dueMs - nowMs) / 60_000);
  if (minutes < 60) return `${Math.max(1, minutes)} min`;
  if (minutes < 1440) return `${Math.round(minutes / 60)} h`;
  const days = Math.round(minutes / 1440);
  return days < 60 ? `${days} d` : days < 730 ? `${Math.round(days / 30.4)} months` : `${Math.round(days / 365)} y`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
