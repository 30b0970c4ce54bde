import { expect, it } from 'vitest';
import { matchesWords } from './matchesWords.ts';

it.each([
  ['The slow reader', 'slow', true],
  ['The slow reader', 'READER slow', true],
  ['The slow reader', 'slow writer', false],
  ['The slow reader', '  ', true],
])('%s, asked for “%s”: %s', (text, words, fits) => {
  expect(matchesWords(text, words)).toBe(fits);
});
