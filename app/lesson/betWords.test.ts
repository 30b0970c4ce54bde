import { expect, it } from 'vitest';
import { betsOn } from './betsOn.ts';
import { betWords } from './betWords.ts';
import type { LessonRun } from './lessonState.ts';

const stretch = ['11:00:10', '11:00:12'] as const;

it('says a bet beside its number at every stage of the run', () => {
  const bet = '4 readers';
  expect(betWords({ bet, stretch, isTurned: false })).toBe('you said 4 readers; measured from 11:00:10 to 11:00:12');
  expect(betWords({ bet, stretch, soFar: '7 readers', isTurned: false })).toBe('you said 4 readers; so far 7 readers');
  const decided = '21 readers';
  expect(betWords({ bet, decided, soFar: '3 readers', stretch, isTurned: false })).toBe(
    'you said 4 readers, it was 21 readers',
  );
  expect(betWords({ bet, isTurned: false })).toBe('you said 4 readers; not measured yet');
});

it('claims no number from a figure that was turned before it decided, and keeps one that had', () => {
  const turned = betWords({ bet: '4 readers', soFar: '9 readers', stretch, isTurned: true });
  expect(turned).not.toContain('9 readers');
  expect(turned).toContain('a control was turned');
  expect(betWords({ bet: '4', decided: '21', stretch, isTurned: true })).toBe('you said 4, it was 21');
});

it('finds the bets of a figure: by its name, or on the last one that began', () => {
  const run = (id: string) => ({ id }) as LessonRun;
  const state = {
    runs: [run('one'), run('two')],
    questions: { a: { of: 'one', metric: 'x' }, b: { metric: 'y' }, c: { of: 'one', metric: 'z' }, d: { metric: 'w' } },
    // Who would rather see has no bet, and one was not placed.
    bets: { a: 4, b: 0, c: Number.NaN },
  };
  expect(betsOn(state, 'one').map(([id]) => id)).toEqual(['a']);
  expect(betsOn(state, 'two').map(([id]) => id)).toEqual(['b']);
});
