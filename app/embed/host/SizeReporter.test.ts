import { expect, it } from 'vitest';
import { SizeReporter } from './SizeReporter.ts';

it('tells changes of two pixels and more', () => {
  const reporter = new SizeReporter();
  expect(reporter.judge(400, 0)).toBe('send');
  expect(reporter.judge(401, 10)).toBe('ignore');
  expect(reporter.judge(402, 20)).toBe('send');
  expect(reporter.judge(300, 30)).toBe('send');
});

it('stops when the page grows with every answer, and says so once', () => {
  const reporter = new SizeReporter();
  const verdicts = Array.from({ length: 60 }, (_, index) => reporter.judge(400 + 10 * index, index * 50));
  expect(verdicts.filter((verdict) => verdict === 'send')).toHaveLength(21);
  expect(verdicts.filter((verdict) => verdict === 'loop')).toHaveLength(1);
  expect(verdicts.at(-1)).toBe('ignore');
});

it('lets a page grow for as long as it takes its time', () => {
  const reporter = new SizeReporter();
  const verdicts = Array.from({ length: 200 }, (_, index) => reporter.judge(400 + 10 * index, index * 150));
  expect(new Set(verdicts)).toEqual(new Set(['send']));
});
