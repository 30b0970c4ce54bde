import * as z from 'zod/mini';
import { type FieldInfo, fieldInfo } from './fields.ts';
import { scenarioSchema } from './schema.ts';
import type { SchemaNode } from './schemaTree.ts';
import { formatQuantity, quantityExamples, type QuantityKind } from './units.ts';

/** A JSON Schema, or a part of one. */
export type JsonSchema = Record<string, unknown>;

const amount = '[+]?(\\d[\\d_ ]*(\\.\\d+)?|\\.\\d+)';
const patterns: Record<QuantityKind, string> = {
  duration: `^(0|${amount} ?(us|µs|ms|s|m|min|h|d))$`,
  rate: `^(0|${amount} ?/(s|m|min|h))$`,
  share: `^${amount} ?%?$`,
  size: `^${amount} ?(b|kb|mb|gb|tb)$`,
  count: '^[+]?\\d[\\d_ ]*$',
  number: `^[+-]?(\\d[\\d_ ]*(\\.\\d+)?|\\.\\d+)$`,
};

const examples: Record<QuantityKind, (string | number)[]> = {
  duration: ['250ms', '30s', '5m'],
  rate: ['400/s', '1000/m'],
  share: ['2%', 0.02],
  size: ['200b', '4kb', '64mb'],
  count: [],
  number: [],
};

/** What the places say that are no settings. Paths as in a scenario, `*` for any name. */
const descriptions: Readonly<Record<string, string>> = {
  scenario: 'Version of this format: 1',
  id: 'Lower-case words joined by hyphens; unique in the library',
  title: 'What people see in lists',
  summary: 'What there is to see, in a sentence or two',
  listed: 'Shown in the gallery; the figures of lessons are not',
  topic: 'The part of the subject it belongs to',
  seed: 'Same scenario, same seed: same run. A whole number from 0 to 4294967295',
  clock: 'Wall time at the start, as "HH:MM:SS" in quotes',
  keyName: 'What a key is called on screen: menu shows menu:17',
  traffic: 'Named workloads; each sends requests of its own',
  clients: 'The people who ask, and the way from them to the balancer',
  balancer: 'Spreads requests over the servers',
  app: 'The servers',
  local: 'The cache inside each server',
  cache: 'The shared cache: Redis',
  database: 'The database and the connections to it',
  pattern: 'How reads and writes use the cache',
  protect: 'What stands between a miss and the database; everything is off unless set',
  bloom: 'A Bloom filter of the ids that exist',
  invalidation: 'How caches learn that a row has changed',
  writeBehind: 'The buffer of write-behind, and its log',
  faults: 'What happens to the running system, and when',
  view: 'How the scenario is shown at first',
  'view.knobs': 'Paths of the settings shown as controls, in order, like cache.ttl',
  'view.charts': 'Charts shown at first, in order',
  'view.try': 'One sentence that says what to try next',
  'view.speed': 'Virtual seconds a real second',
  'view.compare': 'Settings of the second lane, by path; with them the scenario opens as a comparison',
  'view.compareTitles': 'Names of the two lanes',
};

/**
 * The scenario format as JSON Schema (draft 2020-12), for editors: names, help, choices, defaults, and what quantities look
 * like. It cannot say everything the reader checks: bounds of quantities in text stand in the descriptions only.
 */
export function scenarioJsonSchema(): JsonSchema {
  const schema = toJsonSchema(scenarioSchema);
  schema.title = 'Hotpath scenario';
  describe(schema, descriptions);
  return schema;
}

/** Puts what the places of a form say at their paths. */
export function describe(schema: JsonSchema, said: Readonly<Record<string, string>>): void {
  for (const [path, description] of Object.entries(said)) {
    const place = path.split('.').reduce((node, name) => (node.properties as Record<string, JsonSchema>)[name], schema);
    place.description = description;
  }
}

/** What may be written of one of our forms, as JSON Schema: quantities and moments as people write them. */
export function toJsonSchema(form: z.core.$ZodType): JsonSchema {
  return z.toJSONSchema(form, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const info = fieldInfo(zodSchema);
      if (info !== undefined) describeField(jsonSchema, info);
      else if (isMoment(zodSchema as unknown as SchemaNode)) {
        delete (jsonSchema as JsonSchema).type;
        Object.assign(jsonSchema, {
          anyOf: [{ type: 'string', pattern: patterns.duration }, { const: 0 }],
          examples: examples.duration,
        });
      }
    },
  });
}

/** The same as the text of a file. */
export function scenarioJsonSchemaText(): string {
  return `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
}

function describeField(target: JsonSchema, info: FieldInfo): void {
  target.title = info.title;
  if (info.kind === 'choice' || info.kind === 'flag' || info.kind === 'text') {
    target.description = `${info.help}.`;
    return;
  }
  const { kind } = info;
  delete target.type;
  const expected = `${quantityExamples[kind]}${info.orNone ? ', or none' : ''}${boundsOf(kind, info)}`;
  target.description = `${info.help}. ${expected[0].toUpperCase()}${expected.slice(1)}.`;
  target.anyOf = [
    { type: 'string', pattern: patterns[kind] },
    numberForm(kind, info),
    ...(info.orNone ? [{ const: 'none' }] : []),
  ];
  target.examples = examples[kind].length > 0 ? examples[kind] : [target.default];
}

/** What may be written without quotes or a unit; of a time, a rate or a size only zero makes sense so. */
function numberForm(kind: QuantityKind, info: FieldInfo): JsonSchema {
  if (kind === 'duration' || kind === 'rate') return { const: 0 };
  if (kind === 'size') return { type: 'string', pattern: patterns.size };
  const form: JsonSchema = { type: kind === 'count' ? 'integer' : 'number' };
  if (info.min !== undefined) form.minimum = info.min;
  if (info.max !== undefined) form.maximum = info.max;
  return form;
}

function boundsOf(kind: QuantityKind, info: FieldInfo): string {
  const from = info.min === undefined ? '' : ` from ${formatQuantity(kind, info.min)}`;
  const to = info.max === undefined ? '' : ` to ${formatQuantity(kind, info.max)}`;
  return from + to === '' ? '' : `,${from}${to}`;
}

/** A required time: text or number, converted, with no entry in the settings. */
function isMoment(schema: SchemaNode): boolean {
  const { def } = schema._zod;
  return def.type === 'pipe' && def.in?._zod.def.type === 'union';
}
