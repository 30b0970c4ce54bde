import { describe, expect, it } from 'vitest';
import { accepts } from './acceptsBySchema.ts';
import { scenarioJsonSchema, scenarioJsonSchemaText } from './jsonSchema.ts';
import { readScenario } from './readScenario.ts';
import type { ScenarioInput } from './schema.ts';
import { defaultSetting, formatSetting, listSettings } from './settings.ts';

type Schema = Record<string, unknown>;
const schema = scenarioJsonSchema();
const minimal: ScenarioInput = { scenario: 1, id: 'x', title: 'X', traffic: { readers: {} } };

function place(path: string): Schema {
  return path.split('.').reduce<Schema>((node, name) => {
    const inner = (node.properties as Record<string, Schema> | undefined)?.[name];
    return inner ?? (node.additionalProperties as Schema);
  }, schema);
}

const put = (path: string, value: unknown): unknown =>
  path.split('.').reduceRight((inner, name) => ({ [name]: inner }), value);
const within = (path: string, value: unknown): unknown => ({ ...minimal, ...(put(path, value) as object) });

describe('the JSON Schema for editors', () => {
  it('is of draft 2020-12 and one JSON text', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(JSON.parse(scenarioJsonSchemaText())).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it('describes every setting, and accepts its default and its examples as the reader does', () => {
    for (const { path, title, help } of listSettings({ traffic: { readers: {} } })) {
      const node = place(path);
      expect(node.title, path).toBe(title);
      expect(String(node.description).startsWith(help), path).toBe(true);
      const standard = defaultSetting(path);
      const written = typeof standard === 'boolean' ? standard : formatSetting(path, standard ?? '');
      expect(accepts(node, written), `${path} ${written}`).toBe(true);
      expect(accepts(node, node.default), path).toBe(true);
      expect(readScenario(within(path, node.default)), path).toHaveProperty('scenario');
      for (const example of (node.examples as unknown[] | undefined) ?? [])
        expect(accepts(node, example), path).toBe(true);
    }
  });

  it('describes everything else at the top and in the view', () => {
    for (const part of [schema, place('view')])
      for (const [name, node] of Object.entries(part.properties as Record<string, Schema>))
        expect(node.description ?? node.title, name).toMatch(/\w/);
  });

  it.each<[string, unknown, boolean]>([
    ['the smallest', minimal, true],
    ['none', within('cache.ttl', 'none'), true],
    ['a share as a number', within('traffic', { a: { writes: 0.02 } }), true],
    ['a rate a minute', within('traffic', { a: { rate: '1200/m' } }), true],
    [
      'acts',
      {
        ...minimal,
        faults: [
          { at: '1.5s', do: 'kill', node: 'redis', for: '2m' },
          { at: 0, do: 'flush' },
          { at: '3s', do: 'set', path: 'cache.ttl', value: '5s' },
          { at: '3s', do: 'lose', message: 'cache.set' },
          { at: '3s', do: 'burst', factor: 4, for: '2s' },
        ],
      },
      true,
    ],
    [
      'a comparison',
      {
        ...minimal,
        view: { compare: { 'cache.ttl': '5s', 'local.enabled': true, 'app.workers': 4 }, compareTitles: ['a', 'b'] },
      },
      true,
    ],
    ['no title', { scenario: 1, id: 'x', traffic: {} }, false],
    ['an unknown name', { ...minimal, cashe: {} }, false],
    ['an unknown choice', within('cache.eviction', 'lruu'), false],
    ['a time without a unit', within('cache.ttl', 5), false],
    ['a time in other units', within('cache.ttl', '5 parsecs'), false],
    ['a rate without a time', within('traffic', { a: { rate: '400' } }), false],
    ['a fraction of servers', within('app.servers', 1.5), false],
    ['none where it means nothing', within('cache.jitter', 'none'), false],
    ['a flag in words', within('local.enabled', 'yes'), false],
    ['a workload in capitals', within('traffic', { Readers: {} }), false],
    ['an unknown act', { ...minimal, faults: [{ at: '1s', do: 'explode' }] }, false],
    ['an act without a time', { ...minimal, faults: [{ do: 'flush' }] }, false],
  ])('judges %s as the reader does', (_name, input, good) => {
    expect(accepts(schema, input)).toBe(good);
    expect('scenario' in readScenario(input)).toBe(good);
  });
});
