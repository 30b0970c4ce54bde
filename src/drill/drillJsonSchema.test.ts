import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rowMetrics } from '../checks/resolveMeasure.ts';
import { metricCatalogue } from '../metrics/catalogue.ts';
import { accepts } from '../scenario/acceptsBySchema.ts';
import { actionSchema } from '../scenario/actionSchema.ts';
import { parseScenario, parseText } from '../scenario/parseScenario.ts';
import { namesOf, type SchemaNode } from '../scenario/schemaTree.ts';
import { drillJsonSchema, drillJsonSchemaText } from './drillJsonSchema.ts';
import { readDrill } from './readDrill.ts';
import { smallDrill } from './smallDrill.ts';

type Schema = Record<string, unknown>;
const schema = drillJsonSchema();
const definitions = schema.$defs as Record<string, Schema>;
const content = fileURLToPath(new URL('../../content/', import.meta.url));

function accepted(text: string): boolean {
  const parsed = parseText(text, { numberNames: true });
  return 'value' in parsed && accepts(schema, parsed.value);
}

function changed(found: string, put: string): string {
  expect(smallDrill.split(found)).toHaveLength(2);
  return smallDrill.replace(found, () => put);
}

describe('the JSON Schema of drills', () => {
  it('is of draft 2020-12 and one JSON text, and describes every place at the top', () => {
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(JSON.parse(drillJsonSchemaText())).toEqual(JSON.parse(JSON.stringify(schema)));
    const missing = Object.entries(schema.properties as Record<string, Schema>).filter(([, node]) => !node.description);
    expect(missing.map(([name]) => name)).toEqual(['level', 'system']);
  });

  it('has the name of every metric that a scenario of the library has', () => {
    const known = definitions.metric.enum as string[];
    const names = new Set(rowMetrics);
    for (const file of readdirSync(`${content}scenarios`)) {
      const read = parseScenario(readFileSync(`${content}scenarios/${file}`, 'utf8'));
      if ('scenario' in read) for (const { name } of metricCatalogue(read.scenario)) names.add(name);
    }
    expect(names.size).toBeGreaterThan(50);
    expect([...names].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('has every kind of fault', () => {
    const kinds = (definitions.fault.oneOf as { properties: { do: { const: string } } }[]).map(
      ({ properties }) => properties.do.const,
    );
    expect(kinds).toEqual(namesOf(actionSchema as unknown as SchemaNode));
  });

  it('accepts every drill that the reader accepts', () => {
    expect(accepted(smallDrill)).toBe(true);
    const read = readDrill(smallDrill, 'x');
    expect('drill' in read && accepts(schema, read.drill.input)).toBe(true);
    const folder = `${content}drills/`;
    const drills = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.drill.yaml')) : [];
    expect(drills.filter((name) => !accepted(readFileSync(folder + name, 'utf8')))).toEqual([]);
  });

  it.each([
    ['a metric', 'max(database.qps) < 20', 'max(databse.qsp) < 20'],
    ['a setting', 'database.slots: 40', 'database.slts: 40'],
    ['an allowed setting', 'protect.stale, cache.ttl]', 'protect.stael, cache.ttl]'],
    ['a fault', 'do: ask', 'do: asc'],
    ['a name in a fault', 'factor: 3', 'faktor: 3'],
    ['a kind of step', 'kind: talk', 'kind: tlak'],
    ['a name', 'skills:', 'skils:'],
  ])('refuses a slip in the name of %s', (_what, found, put) => {
    expect(accepted(changed(found, put))).toBe(false);
  });
});
