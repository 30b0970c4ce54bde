import { expect, it } from 'vitest';
import { plainLesson } from './plainText.ts';

it('keeps sentences and leaves out what is no prose', () => {
  const text = [
    '---',
    'title: A',
    '---',
    '{/* A remark. */}',
    'A [link](https://x.example) of 150&nbsp;ms, a <Term is="ttl">TTL</Term> and **two** `gets`.',
    '',
    '## A heading with *weight*',
    '',
    '<Play id="a" set={{ \'cache.ttl\': \'30s\' }} caption="Not prose > this." />',
    '<Predict id="b" options={[{ value: 1, label: \'a > b\' }]} question="How many?">',
    '',
    'Said afterwards.',
    '',
    '</Predict>',
    '',
    '| a | table |',
    '| - | - |',
    '',
    '```ts',
    'const code = 1;',
    '```',
    '- An item.',
    '> A sum.',
  ].join('\n');
  expect(plainLesson(text)).toEqual({
    prose: 'A link of 150 ms, a TTL and two gets.\nSaid afterwards.\nAn item. A sum.',
    headings: ['A heading with weight'],
    figures: 1,
  });
});
