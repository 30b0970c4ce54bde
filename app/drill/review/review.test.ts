import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addCards } from './cards.ts';
import { dropCard, forgetAside, importDeck, putCards, takeOver, useDeck } from './deckStore.ts';
import { comingDays, dueCards, endOfDayMs, intervalText, isDue, nextDueMs, untilText } from './dueCards.ts';
import { deckText, readDeck } from './readDeck.ts';
import { type Grade, newCard, type ReviewCard } from './ReviewCard.ts';
import { graded, outcomesOf } from './schedule.ts';

const nowMs = new Date(2026, 0, 15, 9, 0).getTime();
const dayMs = 86_400_000;
const card = newCard('first-cache', { q: 'Who asks the database?', a: 'The program.' }, nowMs);

function follow(grades: readonly Grade[]): ReviewCard[] {
  const seen: ReviewCard[] = [];
  let at = card;
  for (const grade of grades) {
    at = graded(at, grade, at.dueMs);
    seen.push(at);
  }
  return seen;
}

describe('scheduling', () => {
  it('gives the same dates for the same answers at the same times', () => {
    const grades: Grade[] = ['good', 'good', 'hard', 'again', 'good', 'easy', 'good'];
    expect(follow(grades)).toEqual(follow(grades));
  });

  it('steps of 1, 6 and 10 minutes come first, then days', () => {
    // The learning steps of FSRS are 1 and 10 minutes; `hard` waits for the mean of the two.
    const { again, hard, good, easy } = outcomesOf(card, nowMs);
    expect([again, hard, good].map(({ dueMs }) => (dueMs - nowMs) / 60_000)).toEqual([1, 6, 10]);
    expect(easy.dueMs - nowMs).toBeGreaterThanOrEqual(dayMs);
    expect(easy.state).toBe('review');
  });

  it('what is known comes back later each time, what is forgotten soon', () => {
    const seen = follow(['good', 'good', 'good', 'good', 'good']);
    const days = seen.map(({ intervalDays }) => intervalDays).slice(1);
    for (let index = 1; index < days.length; index++) expect(days[index]).toBeGreaterThan(days[index - 1]);
    const known = seen.at(-1) as ReviewCard;
    const forgotten = graded(known, 'again', known.dueMs);
    expect(forgotten.lapses).toBe(known.lapses + 1);
    expect(forgotten.dueMs - known.dueMs).toBeLessThan(dayMs);
    expect(forgotten.stability).toBeLessThan(known.stability);
  });

  it('a harder grade never gives a longer interval', () => {
    for (const at of [card, ...follow(['good', 'good', 'good', 'again', 'good'])]) {
      const due = Object.values(outcomesOf(at, at.dueMs)).map(({ dueMs }) => dueMs);
      expect(due).toEqual(due.toSorted((a, b) => a - b));
    }
  });

  it('is the same after a trip through the text that is kept', () => {
    for (const at of follow(['good', 'good', 'hard', 'again'])) {
      const read = readDeck(deckText([at]));
      expect('cards' in read && graded(read.cards[0], 'good', at.dueMs)).toEqual(graded(at, 'good', at.dueMs));
    }
  });
});

describe('what is due', () => {
  const later = {
    ...card,
    id: 'later',
    state: 'review' as const,
    stability: 3,
    difficulty: 5,
    lastReviewMs: nowMs - dayMs,
  };

  it('an interval of days ends in the morning, a short step to the minute', () => {
    expect(isDue({ ...later, dueMs: endOfDayMs(nowMs) - 1 }, nowMs)).toBe(true);
    expect(isDue({ ...later, dueMs: endOfDayMs(nowMs) }, nowMs)).toBe(false);
    expect(isDue({ ...later, state: 'learning', dueMs: nowMs + 1 }, nowMs)).toBe(false);
    expect(isDue({ ...later, state: 'learning', dueMs: nowMs }, nowMs)).toBe(true);
  });

  it('asks what is in its steps first, then what is known, then what is new', () => {
    const step = { ...later, id: 'step', state: 'relearning' as const, dueMs: nowMs };
    const known = { ...later, dueMs: nowMs - 1 };
    expect(dueCards([card, known, step], nowMs).map(({ id }) => id)).toEqual(['step', 'later', card.id]);
  });

  it('says when the next one comes, and how many each day brings', () => {
    const tomorrow = { ...later, dueMs: endOfDayMs(nowMs) + 1 };
    expect(nextDueMs([card, tomorrow], nowMs)).toBe(tomorrow.dueMs);
    expect(nextDueMs([card], nowMs)).toBeUndefined();
    expect(comingDays([card, tomorrow, { ...later, dueMs: 0 }], nowMs, 3).map(({ count }) => count)).toEqual([2, 1, 0]);
  });

  it('says times in words', () => {
    const words = [0, 20_000, 600_000, 3 * 3_600_000, dayMs, 12 * dayMs, 90 * dayMs].map((ms) =>
      untilText(nowMs + ms, nowMs),
    );
    expect(words).toEqual([
      'now',
      'in less than a minute',
      'in 10 minutes',
      'in 3 hours',
      'tomorrow',
      'in 12 days',
      'in 3 months',
    ]);
    expect([60_000, 8 * dayMs].map((ms) => intervalText(nowMs + ms, nowMs))).toEqual(['1 min', '8 d']);
  });
});

describe('the deck', () => {
  beforeEach(() => {
    forgetAside();
    takeOver(null);
  });

  const words = [
    { q: 'One?', a: 'Yes.' },
    { q: 'Two?', a: 'No.' },
  ];

  it('takes the cards of a drill once, and keeps the dates of those that it has', () => {
    expect(addCards('drill', words, nowMs)).toBe(2);
    putCards([graded(useDeck.getState().cards[0], 'easy', nowMs)]);
    const [first] = useDeck.getState().cards;
    expect(
      addCards(
        'drill',
        [
          { q: 'One?', a: 'Yes, once.' },
          { q: 'Three?', a: 'Maybe.' },
        ],
        nowMs + 1,
      ),
    ).toBe(1);
    expect(useDeck.getState().cards).toHaveLength(3);
    expect(useDeck.getState().cards[0]).toEqual({ ...first, a: 'Yes, once.' });
    expect(
      addCards(
        'drill',
        [
          { q: '', a: 'x' },
          { q: 'x'.repeat(301), a: 'x' },
        ],
        nowMs,
      ),
    ).toBe(0);
  });

  it('is kept, and read again', () => {
    addCards('drill', words, nowMs);
    const { cards } = useDeck.getState();
    takeOver(deckText(cards));
    expect(useDeck.getState()).toEqual({ cards, aside: undefined });
    dropCard(cards[0].id);
    expect(useDeck.getState().cards).toEqual([cards[1]]);
  });

  it('adds to what another tab has kept since, and keeps the dates that it gave', () => {
    const disk = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (name: string) => disk.get(name) ?? null,
      setItem: (name: string, text: string) => disk.set(name, text),
      removeItem: (name: string) => disk.delete(name),
    });
    try {
      addCards('drill', words, nowMs);
      const [one, two] = useDeck.getState().cards;
      const [three, four] = ['Three?', 'Four?'].map((q) => newCard('other', { q, a: 'Yes.' }, nowMs));
      // Tab two reviews a card, takes one out and adds two; this tab has not heard of it.
      const reviewed = graded(one, 'good', nowMs + 5);
      disk.set('hotpath.review', deckText([reviewed, three, four]));
      putCards([newCard('own', { q: 'Five?', a: 'Yes.' }, nowMs)]);
      expect(useDeck.getState().cards.map(({ q }) => q)).toEqual(['One?', 'Three?', 'Four?', 'Five?']);
      expect(useDeck.getState().cards[0]).toEqual(reviewed);
      disk.set('hotpath.review', deckText([reviewed, two, three]));
      expect(addCards('drill', words, nowMs + 9)).toBe(0);
      dropCard(three.id);
      expect(readDeck(disk.get('hotpath.review') ?? '')).toEqual({ cards: [reviewed, two], damaged: 0 });
    } finally {
      forgetAside();
      dropCard('own/Five?');
      vi.unstubAllGlobals();
    }
  });

  it('keeps of two decks the card that was reviewed last', () => {
    addCards('drill', words, nowMs);
    const [one, two] = useDeck.getState().cards;
    const exported = deckText([graded(one, 'good', nowMs + 5), two, newCard('drill', { q: 'New?', a: 'Yes.' }, nowMs)]);
    putCards([graded(two, 'good', nowMs + 9)]);
    expect(importDeck(exported)).toEqual({ added: 1, newer: 1, damaged: 0 });
    const [first, second] = useDeck.getState().cards;
    expect([first.lastReviewMs, second.lastReviewMs]).toEqual([nowMs + 5, nowMs + 9]);
  });

  it('sets damaged text aside untouched, says so, and goes on with the cards that are whole', () => {
    const half = `{"hotpathReview":1,"cards":[${JSON.stringify(card)},{"id":"x"},{"__proto__":{"polluted":true}}]}`;
    takeOver(half);
    expect(useDeck.getState()).toEqual({
      cards: [card],
      aside: { text: half, why: '2 of your saved cards could not be read. All others are here.' },
    });
    takeOver('{"hotpathReview":');
    expect(useDeck.getState()).toEqual({
      cards: [],
      aside: { text: '{"hotpathReview":', why: expect.stringContaining('could not be read') },
    });
    addCards('drill', words, nowMs);
    takeOver(deckText(useDeck.getState().cards));
    expect(useDeck.getState().aside?.text).toBe('{"hotpathReview":');
    expect(importDeck('{"hotpathReview":1')).toEqual({ error: expect.stringContaining('not whole') });
    expect(importDeck('{"hotpathReview":2,"cards":[]}')).toEqual({ error: expect.stringContaining('newer Hotpath') });
    expect(importDeck('[]')).toEqual({ error: expect.stringContaining('not a deck') });
    expect(importDeck('x'.repeat(8_000_001))).toEqual({ error: expect.stringContaining('longer') });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('refuses numbers that no card has', () => {
    const strange = [
      { ...card, state: 'review' },
      { ...card, dueMs: 9e15 },
      { ...card, difficulty: 11 },
      { ...card, reviews: 0.5 },
      { ...card, extra: 1 },
    ];
    expect(readDeck(JSON.stringify({ hotpathReview: 1, cards: strange }))).toEqual({ cards: [], damaged: 5 });
  });
});
