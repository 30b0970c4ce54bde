import { expect, it } from 'vitest';
import { TestBrowser } from '../stores/testBrowser.ts';
import { createDrillScores, type DrillScore, scoresKey } from './results.ts';

const score = (total: number): DrillScore => ({ total, max: 100, pass: total > 60, seed: 1, at: '2026-01-01' });

it('keeps the scores of two tabs, and of one drill the best, though neither has heard of the other', () => {
  const browser = new TestBrowser();
  const [one, two] = [browser.tab(createDrillScores), browser.tab(createDrillScores)];
  one.getState().add('a', score(80));
  two.getState().add('b', score(50));
  two.getState().add('a', score(70));
  one.getState().add('a', score(10));
  browser.deliver();
  for (const { getState } of [one, two, browser.tab(createDrillScores)])
    expect(getState()).toMatchObject({ best: { a: score(80), b: score(50) }, times: { a: 3, b: 1 } });
});

it.each(['{"state":', 'null', '7', '{}', '{"state":5}'])(
  'puts what it cannot read aside, and keeps what it has: %s',
  (text) => {
    const browser = new TestBrowser();
    const one = browser.tab(createDrillScores);
    one.getState().add('a', score(80));
    browser.all.set(scoresKey, text);
    one.getState().add('b', score(50));
    expect(browser.all.get(`${scoresKey}.damaged`)).toBe(text);
    expect(browser.tab(createDrillScores).getState().best).toEqual({ a: score(80), b: score(50) });
  },
);
