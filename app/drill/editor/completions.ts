import { aggregateNames, drillJsonSchema } from '../../../src/drills.ts';
import type { YamlPlace } from './yamlPlace.ts';

/** Something that could stand at the cursor. */
export interface Suggestion {
  label: string;
  /** What it is, in words. */
  detail: string;
  kind: 'field' | 'value' | 'metric' | 'setting' | 'figure';
  /** What is written for it. */
  apply: string;
}

type Schema = Record<string, unknown>;

let loaded: Schema | undefined;
const whole = (): Schema => (loaded ??= drillJsonSchema());

/** Texts in which the language of checks is written. */
const checkPlaces = [/(^|\.)steady\.\*$/, /\.expect$/, /\.truth(\.[^.]+)?$/, /\.show\.\*$/];

/** What could stand at a place of a drill: names of fields and settings, values, and in checks metrics and figures. */
export function suggestionsAt(place: YamlPlace, scenarioIds: readonly string[]): Suggestion[] {
  const path = place.path.join('.');
  const isCheck = checkPlaces.some((pattern) => pattern.test(path)) && !path.startsWith('ci.');
  if (isCheck && (place.on === 'value' || /^(steady\.\*|.*\.show\.\*)$/.test(path))) return checkWords();
  if (place.on === 'value' && path === 'system.scenario')
    return scenarioIds.map((id) => value(id, 'a scenario of the library'));
  if (place.on === 'value' && path.endsWith('.allow.*')) return settings('');
  const nodes = nodesAt(place.path);
  if (place.on === 'key') {
    if (/(^|\.)set$/.test(path)) return settings(': ').filter(({ label }) => !place.siblings.has(label));
    const fitting = nodes.filter((node) => fits(node, place.siblings));
    return fields(fitting.length > 0 ? fitting : nodes).filter(({ label }) => !place.siblings.has(label));
  }
  return unique(nodes.flatMap(valuesOf));
}

function checkWords(): Suggestion[] {
  const figures = aggregateNames.map(
    (label): Suggestion => ({ label, detail: 'figure of a metric', kind: 'figure', apply: `${label}(` }),
  );
  const metrics = namesIn('metric').map(
    (label): Suggestion => ({ label, detail: 'metric', kind: 'metric', apply: label }),
  );
  const words = ['over', 'between', 'within', 'for'].map((label) => value(label, 'of a check'));
  return [...figures, ...metrics, ...words];
}

function settings(behind: string): Suggestion[] {
  return namesIn('setting').map((label) => ({ label, detail: 'setting', kind: 'setting', apply: label + behind }));
}

function namesIn(definition: 'metric' | 'setting'): string[] {
  const node = (whole().$defs as Record<string, Schema>)[definition];
  const listed = [node, ...((node.anyOf as Schema[] | undefined) ?? [])].find((one) => Array.isArray(one.enum));
  return (listed?.enum as string[] | undefined) ?? [];
}

/** Every form that a place may have. */
function nodesAt(path: readonly string[]): Schema[] {
  let nodes = forms(whole());
  for (const name of path) {
    nodes = nodes.flatMap((node) => {
      if (name === '*') return node.items === undefined ? [] : forms(node.items as Schema);
      const own = (node.properties as Record<string, Schema> | undefined)?.[name];
      if (own !== undefined) return forms(own);
      return typeof node.additionalProperties === 'object' ? forms(node.additionalProperties as Schema) : [];
    });
  }
  return nodes;
}

function forms(node: Schema, depth = 0): Schema[] {
  if (depth > 8) return [];
  if (typeof node.$ref === 'string') {
    const target = (whole().$defs as Record<string, Schema>)[node.$ref.replace('#/$defs/', '')];
    return target === undefined ? [] : forms(target, depth + 1);
  }
  const inner = [...((node.oneOf as Schema[] | undefined) ?? []), ...((node.anyOf as Schema[] | undefined) ?? [])];
  return inner.length === 0 ? [node] : [node, ...inner.flatMap((one) => forms(one, depth + 1))];
}

/** Whether what stands there already can stand in this form: a step of one kind, a fault of one deed. */
function fits(node: Schema, siblings: ReadonlyMap<string, string>): boolean {
  const properties = node.properties as Record<string, Schema> | undefined;
  if (properties === undefined) return false;
  return [...siblings].every(([name, written]) => {
    const wanted = properties[name]?.const;
    return wanted === undefined || written === '' || wanted === written;
  });
}

function fields(nodes: readonly Schema[]): Suggestion[] {
  return unique(
    nodes.flatMap((node) =>
      Object.entries((node.properties as Record<string, Schema> | undefined) ?? {}).map(
        ([label, { description, title }]): Suggestion => ({
          label,
          detail: [description, title].find((text) => typeof text === 'string') ?? '',
          kind: 'field',
          apply: `${label}: `,
        }),
      ),
    ),
  );
}

function valuesOf(node: Schema): Suggestion[] {
  const written = [...((node.enum as unknown[] | undefined) ?? []), ...(node.const === undefined ? [] : [node.const])];
  const flags = node.type === 'boolean' && written.length === 0 ? [true, false] : [];
  return [...written, ...flags].map((one) => value(String(one), ''));
}

function value(label: string, detail: string): Suggestion {
  return { label, detail, kind: 'value', apply: label };
}

function unique(suggestions: readonly Suggestion[]): Suggestion[] {
  return [...new Map(suggestions.map((one) => [one.label, one])).values()];
}
