import { rowMetrics } from '../checks/resolveMeasure.ts';
import { metricCatalogue } from '../metrics/catalogue.ts';
import { chartIds } from '../scenario/chartIds.ts';
import { describe, type JsonSchema, scenarioJsonSchema, toJsonSchema } from '../scenario/jsonSchema.ts';
import { scenarioSchema } from '../scenario/schema.ts';
import { listSettings } from '../scenario/settings.ts';
import { drillSchema } from './drillSchema.ts';

/** What the places of a drill say. */
const descriptions: Readonly<Record<string, string>> = {
  drill: 'Version of this format: 1',
  part: 'Only in the script that a candidate gets',
  hash: 'Only in the script that a candidate gets: that of the whole',
  id: 'Lower-case words joined by hyphens; the name of the file',
  title: 'What people see in lists',
  skills: 'What is trained, like stampede or ttl',
  minutes: 'Must equal the sum of the limits of the steps',
  seed: 'Same drill, same seed: same run',
  variants: 'Each learner keeps one of these seeds',
  strict: 'Whether the clock of a step runs on through a pause',
  clock: 'Times of day at which the runs begin and end, as "HH:MM:SS" in quotes',
  'system.scenario': 'Id of a scenario of the library, or a scenario written here without faults',
  'system.set': 'Settings by path that differ from the scenario, like cache.ttl',
  steady: 'Must hold before the first fault; else the script is wrong, never the learner',
  faults: 'What happens to the system, and when; with an id, checks can call its time. Secret ones surprise',
  steps: 'In order; the last one is of the kind score. Their points add up to 100',
  cards: 'Questions for the review deck',
  ci: 'Scripted learners: at least one that passes and one that fails',
};

const checkHelp =
  'A check: AGG(metric{label=…}) OP value, then over A..B, for D, within D; AGG is min max avg sum count first last rate or p50…p99.9. Like max(database.qps) < 300 over 0s..60s';

/**
 * The format of drills as JSON Schema (draft 2020-12), for editors, with the names of metrics, faults and settings as choices.
 * What stands in checks, and whether names of nodes and workloads exist, only the reader can say (`hotpath validate`).
 */
export function drillJsonSchema(): JsonSchema {
  const schema = toJsonSchema(drillSchema);
  const scenario = scenarioJsonSchema();
  delete scenario.$schema;
  schema.title = 'Hotpath drill';
  describe(schema, descriptions);
  const properties = schema.properties as Record<string, JsonSchema>;
  const { faults } = scenario.properties as Record<string, JsonSchema>;
  const system = properties.system.properties as Record<string, JsonSchema>;
  system.scenario.anyOf = [{ type: 'string', maxLength: 60 }, { $ref: '#/$defs/scenario' }];
  const settings = { ...system.set, propertyNames: { $ref: '#/$defs/setting' } };
  Object.assign(system, { set: { ...settings, description: descriptions['system.set'] } });
  properties.steady.items = { $ref: '#/$defs/check' };
  properties.faults.items = { $ref: '#/$defs/fault' };
  const cases = (properties.ci.items as JsonSchema).properties as Record<string, JsonSchema>;
  cases.set = settings;
  for (const step of stepForms(properties.steps)) nameEverything(step, settings);
  return {
    ...schema,
    $defs: {
      scenario: withinDrill(scenario),
      fault: { oneOf: ((faults.items as JsonSchema).oneOf as JsonSchema[]).map(faultForm) },
      setting: { anyOf: [{ enum: settingNames() }, { type: 'string', pattern: '^traffic\\.[a-z][a-z0-9-]*\\.' }] },
      metric: { enum: metricNames() },
      check: { type: 'string', maxLength: 400, description: checkHelp, pattern: namesPattern() },
    },
  };
}

/** The same as the text of a file. */
export function drillJsonSchemaText(): string {
  return `${JSON.stringify(drillJsonSchema(), null, 2)}\n`;
}

/** A scenario of the default form has every metric that does not come with a number of nodes. */
function bareScenario() {
  return scenarioSchema.parse({ scenario: 1, id: 'bare', title: 'Bare', traffic: { readers: {} } });
}

/** Names of metrics that checks may use, in order. */
export function metricNames(): string[] {
  const names = new Set([...metricCatalogue(bareScenario()).map(({ name }) => name), ...rowMetrics]);
  return [...names].sort((a, b) => (a < b ? -1 : 1));
}

function settingNames(): string[] {
  return listSettings(bareScenario()).map(({ path }) => path);
}

/** A check names at least one metric, so a slip of the pen is underlined at once. */
function namesPattern(): string {
  return `(${metricNames()
    .map((name) => name.replaceAll('.', '\\.'))
    .join('|')})`;
}

function stepForms(steps: JsonSchema): JsonSchema[] {
  const items = steps.items as JsonSchema;
  return ((items.oneOf ?? items.anyOf) as JsonSchema[]).map((form) => form.properties as JsonSchema);
}

function nameEverything(step: JsonSchema, settings: JsonSchema): void {
  const { allow, checks, run, solutions } = step as Record<string, JsonSchema | undefined>;
  if (allow !== undefined) allow.items = { $ref: '#/$defs/setting' };
  if (checks !== undefined) {
    const check = (checks.items as JsonSchema).properties as Record<string, JsonSchema>;
    check.expect = { $ref: '#/$defs/check' };
  }
  if (solutions !== undefined) {
    const solution = solutions.additionalProperties as JsonSchema;
    (solution.properties as Record<string, JsonSchema>).set = settings;
  }
  if (run !== undefined) {
    const { show } = run.properties as Record<string, JsonSchema>;
    show.items = { anyOf: [{ enum: [...chartIds] }, { $ref: '#/$defs/metric' }, { type: 'string', maxLength: 200 }] };
  }
}

/** A fault of a scenario, with the id and the secret of a drill, and times of day. */
function faultForm(form: JsonSchema): JsonSchema {
  const { at, ...others } = form.properties as Record<string, JsonSchema>;
  const either = [
    { type: 'string', pattern: '^\\d\\d:\\d\\d:\\d\\d$' },
    ...((at.anyOf as JsonSchema[] | undefined) ?? []),
  ];
  return {
    ...form,
    properties: {
      id: { type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,29}$' },
      secret: { type: 'boolean', default: false },
      at: { anyOf: either, examples: ['11:00:00', '30s'] },
      ...others,
    },
  };
}

/** A scenario that has version, id and title from its drill, and no faults. */
function withinDrill(scenario: JsonSchema): JsonSchema {
  const given = ['scenario', 'id', 'title'];
  const { faults: _faults, ...properties } = scenario.properties as Record<string, JsonSchema>;
  return { ...scenario, properties, required: (scenario.required as string[]).filter((name) => !given.includes(name)) };
}
