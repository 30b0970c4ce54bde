import { describe, type JsonSchema, scenarioJsonSchema, toJsonSchema } from '../scenario/jsonSchema.ts';
import { experimentSchema } from './experimentSchema.ts';

/** What the places of an experiment say. */
const descriptions: Readonly<Record<string, string>> = {
  experiment: 'Version of this format: 1',
  id: 'Lower-case words joined by hyphens; the name of the file',
  title: 'What people see in lists',
  topic: 'The part of the subject that it belongs to',
  claims: 'Ids of the claims that it puts to the test, from claims.yaml',
  claim: 'What is claimed, in a sentence of our own',
  source: 'The documents that claim it, by the first three digits of their names',
  scenario: 'Id of a scenario of the library, or a scenario written here; id and title may then be left out',
  set: 'Settings by path that differ from the scenario in all variants, like cache.ttl',
  faults: 'What happens besides the faults of the scenario, and when',
  replaceFaults: 'What happens in place of the faults of the scenario',
  variants: 'One to four, by name, each with the changes that make it; checks name them',
  seeds: 'At least three. Seeds change luck only, never the scenario',
  until: 'End of the runs; that of the scenario unless given',
  moments: 'Names for times in checks, like expire',
  at: 'The moment shown first',
  speed: 'Virtual seconds a real second',
  values: 'Numbers that checks and figures call by $ and their name',
  expect: 'What must hold on each seed',
  figures: 'The numbers beside the claim',
  'figures.document': 'The figure of the documents, as a fact in a few words',
  'figures.ours': 'What the run gives',
  'figures.theory': 'What a closed form gives',
  corrected: 'What must be said where the true figure is another than that of the documents',
};

/**
 * The format of experiments as JSON Schema (draft 2020-12), for editors. What stands in checks, and whether the names in them
 * exist, only the reader can say (`hotpath validate`).
 */
export function experimentJsonSchema(): JsonSchema {
  const schema = toJsonSchema(experimentSchema);
  const scenario = scenarioJsonSchema();
  delete scenario.$schema;
  const { faults } = propertiesOf(scenario);
  const acts = { type: 'array', items: { $ref: '#/$defs/act' }, maxItems: faults.maxItems };
  schema.title = 'Hotpath experiment';
  const { properties } = schema as { properties: Record<string, JsonSchema> };
  const variant = properties.variants.additionalProperties as JsonSchema;
  for (const changes of [properties, propertiesOf(variant)]) {
    changes.faults = { ...acts, default: [] };
    changes.replaceFaults = { ...acts };
  }
  const digits = {
    anyOf: [
      { type: 'string', pattern: '^\\d{1,3}$' },
      { type: 'integer', minimum: 0, maximum: 999 },
    ],
  };
  properties.source = { anyOf: [digits, { type: 'array', items: digits, minItems: 1, maxItems: 5 }] };
  properties.scenario = { anyOf: [{ type: 'string', maxLength: 60 }, { $ref: '#/$defs/scenario' }] };
  describe(schema, descriptions);
  return { ...schema, $defs: { act: faults.items, scenario: withinExperiment(scenario) } };
}

/** The same as the text of a file. */
export function experimentJsonSchemaText(): string {
  return `${JSON.stringify(experimentJsonSchema(), null, 2)}\n`;
}

/** A scenario that has version, id and title from its experiment. */
function withinExperiment(scenario: JsonSchema): JsonSchema {
  const given = ['scenario', 'id', 'title'];
  const { faults, ...properties } = propertiesOf(scenario);
  return {
    ...scenario,
    properties: { ...properties, faults: { ...faults, items: { $ref: '#/$defs/act' } } },
    required: (scenario.required as string[]).filter((name) => !given.includes(name)),
  };
}

function propertiesOf(schema: JsonSchema): Record<string, JsonSchema> {
  return schema.properties as Record<string, JsonSchema>;
}
