import { expect, it } from 'vitest';
import { pathOfHash } from './hashLocation.ts';

it.each([
  ['', '/'],
  ['#', '/'],
  ['#/', '/'],
  ['#/play/basics', '/play/basics'],
  ['#/play/basics?s=1.abc/def', '/play/basics'],
  ['#?s=1', '/'],
  ['#/learn/', '/learn'],
  ['#gallery', '/gallery'],
  ['#/%E0%A4%A', '/%E0%A4%A'],
  ['#/caf%C3%A9', '/café'],
])('reads the path of %s as %s', (hash, path) => {
  expect(pathOfHash(hash)).toBe(path);
});
