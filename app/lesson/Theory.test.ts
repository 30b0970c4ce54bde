import { expect, it } from 'vitest';
import { apart, spanned, stateInWords } from './Theory.tsx';

it('says how far apart two numbers are', () => {
  expect(apart(100, 100)).toBe('the same');
  expect(apart(1000, 1004)).toBe('the same, to half a percent');
  expect(apart(100, 110).replaceAll('\u202f', ' ')).toBe('the run is 10 % higher');
  expect(apart(100, 75).replaceAll('\u202f', ' ')).toBe('the run is 25 % lower');
  expect(apart(100, 400)).toBe('the run is 4 times as high');
});

it('puts a span behind an answer', () => {
  expect(spanned('database.reads', [10, 13])).toBe('database.reads over 10s..13s');
  expect(spanned('max(database.qps)', undefined)).toBe('max(database.qps)');
});

it('says what is still to come, and when', () => {
  expect(stateInWords('before', '', true)).toContain('has not run yet');
  expect(stateInWords('during', '12:00:13.000', true)).toContain('12:00:13.000');
  expect(stateInWords('paused', '12:00:13.000', true)).toContain('begins once its figure is on screen');
  const paused = stateInWords('paused', '12:00:13.000', true, '12:00:04.200');
  expect(paused).toContain('stands still at 12:00:04.200');
  expect(paused).toContain('on screen and playing');
  expect(paused).toContain('12:00:13.000');
  expect(paused).not.toContain('on its way');
  expect(stateInWords('paused', '', false, '12:00:04.200')).not.toContain('Known');
  expect(stateInWords('after', '12:00:13.000', true)).toContain('over');
  expect(stateInWords('after', '', false)).toContain('So far');
});
