import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSources, readTerms } from './glossaryPlugin.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotpath-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function terms(text: string) {
  const file = join(folder, 'glossary.yaml');
  writeFileSync(file, text);
  return readTerms(file, folder);
}

it('reads terms in the order of the alphabet, whatever their case', () => {
  expect(terms('- { id: ttl, term: TTL, text: a }\n- { id: miss, term: miss, text: b, also: [c] }\n')).toEqual([
    { id: 'miss', term: 'miss', text: 'b', also: ['c'] },
    { id: 'ttl', term: 'TTL', text: 'a', also: [] },
  ]);
});

it.each([
  ['- { id: a, term: A, text: a }\n- { id: b, term: B }\n', /^glossary\.yaml:2:3: 1\.text: /],
  [
    '- { id: a, term: A, text: a }\n- { id: a, term: B, text: b }\n',
    /^glossary\.yaml:2:5: 1\.id: found a a second time/,
  ],
  [`- { id: a, term: A, text: ${'x'.repeat(201)} }\n`, /^glossary\.yaml:1:21: 0\.text: expected text of 1 to 200/],
  ['- { id: A b, term: A, text: a }\n', /^glossary\.yaml:1:5: 0\.id: expected lower-case words/],
  ['terms: []\n', /^glossary\.yaml:1:1: /],
])('refuses %j with its place', (text, message) => {
  expect(() => terms(text)).toThrow(message);
});

it('has the five documents, and thirty terms or more that a reader can take in', () => {
  const content = join(root, 'content');
  expect(readSources(join(content, 'sources.yaml'), root).map(({ id }) => id)).toEqual([
    '000',
    '001',
    '002',
    '003',
    '004',
  ]);
  expect(readTerms(join(content, 'glossary.yaml'), root).length).toBeGreaterThanOrEqual(30);
});
