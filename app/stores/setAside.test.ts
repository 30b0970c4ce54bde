import { expect, it } from 'vitest';
import { readAside } from './setAside.ts';

it('reads a list back, and keeps as one entry what is no such list', () => {
  const list = [
    { text: '{"a', problem: 'it is no JSON' },
    { text: '[]', problem: 'it is no progress of a course' },
  ];
  expect(readAside(JSON.stringify(list))).toEqual(list);
  expect(readAside(null)).toEqual([]);
  expect(readAside('[]')).toEqual([]);
  for (const text of ['[{"text": "{', '{"text": "x"}', '[{"text": "x"}]', '[null]', '[["a"]]', '7'])
    expect(readAside(text)).toEqual([{ text, problem: 'it is no list of what was set aside' }]);
});
