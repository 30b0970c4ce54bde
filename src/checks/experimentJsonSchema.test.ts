import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { accepts } from '../scenario/acceptsBySchema.ts';
import { parseText } from '../scenario/parseScenario.ts';
import { experimentJsonSchema, experimentJsonSchemaText } from './experimentJsonSchema.ts';
import type { ExperimentInput } from './experimentSchema.ts';
import { readExperiment } from './readExperiment.ts';

type Schema = Record<string, unknown>;
const schema = experimentJsonSchema();
const folder = fileURLToPath(new URL('../../content/experiments/', import.meta.url));

const minimal: ExperimentInput = {
  experiment: 1,
  id: 'x',
  title: 'X',
  topic: 'failure',
  claims: ['F1'],
  claim: 'Something is so.',
  source: '001',
  scenario: { traffic: { readers: {} } },
  seeds: [1, 2, 3],
  expect: [{ check: 'errors == 0', why: 'Counted, not measured.' }],
  figures: { ours: 'errors' },
};

describe('the JSON Schema of experiments', () => {
  it('is of draft 2020-12 and one JSON text, and describes every place at the top', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(JSON.parse(experimentJsonSchemaText())).toEqual(JSON.parse(JSON.stringify(schema)));
    for (const [name, node] of Object.entries(schema.properties as Record<string, Schema>))
      expect(node.description, name).toMatch(/\w/);
  });

  it('accepts every experiment of the library', () => {
    const names = readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== 'claims.yaml');
    expect(names.length).toBeGreaterThan(40);
    const refused = names.filter((name) => {
      const parsed = parseText(readFileSync(folder + name, 'utf8'));
      return 'problems' in parsed || !accepts(schema, parsed.value);
    });
    expect(refused).toEqual([]);
  });

  it.each<[string, object, boolean]>([
    ['the smallest', {}, true],
    ['a scenario by its id', { scenario: 'hot-key' }, true],
    ['documents as numbers', { source: [1, '012'] }, true],
    ['times', { until: '30s', moments: { expire: '10s' }, at: 0 }, true],
    ['variants', { variants: { without: {}, with: { set: { 'protect.lock': true }, title: 'Lock' } } }, true],
    ['acts', { faults: [{ at: '1s', do: 'flush' }], replaceFaults: [] }, true],
    [
      'a closed form',
      { values: { expected: { form: 'stampedeFetches', with: { readsPerS: '1/s', rebuildS: '1s' } } } },
      true,
    ],
    ['no claim', { claim: undefined }, false],
    ['a claim of no form', { claims: ['stampede'] }, false],
    ['an unknown name', { expct: [] }, false],
    ['an unknown topic', { topic: 'weather' }, false],
    ['two seeds', { seeds: [1, 2] }, false],
    ['a seed that is no whole number', { seeds: [1, 2, 3.5] }, false],
    ['a check without a reason', { expect: [{ check: 'errors == 0' }] }, false],
    ['a time without a unit', { until: 30 }, false],
    ['a moment of two words', { moments: { 'the end': '3s' } }, false],
    ['a document of four digits', { source: '0001' }, false],
    ['an unknown act of a variant', { variants: { only: { faults: [{ at: '1s', do: 'explode' }] } } }, false],
    ['an unknown name in its own scenario', { scenario: { traffic: { readers: {} }, cashe: {} } }, false],
    ['its own scenario without traffic', { scenario: { cache: {} } }, false],
  ])('judges %s as the reader does', (_name, changes, good) => {
    const input = JSON.parse(JSON.stringify({ ...minimal, ...changes }));
    expect(accepts(schema, input)).toBe(good);
    const hotKey = { scenario: 1, id: 'hot-key', title: 'Hot', traffic: { readers: {} } } as const;
    const scenarios = { ids: ['hot-key'], read: () => hotKey };
    expect('experiment' in readExperiment(input, { scenarios })).toBe(good);
  });
});
