import * as z from 'zod/mini';
import {
  embedKinds,
  type EmbedKind,
  type EmbedParameters,
  parameterNames,
  parameters,
  parameterSchema,
  type ParameterName,
  reservedNames,
} from './parameters.ts';

/** A value that could not be used, and what stands in its place. */
export interface BadParameter {
  name: string;
  /** One sentence, shown to whoever looks at the embed. */
  message: string;
}

/** An address, read. Never fails: what is wrong is told and a default stands in. */
export interface ReadParameters {
  values: EmbedParameters;
  /** What to show; null where the address names nothing, or more than one thing. */
  unit: { kind: EmbedKind; id: string } | null;
  /** The packed state after the `#`; empty without one. */
  packed: string;
  bad: BadParameter[];
  /** Names that mean nothing here: for the console only. */
  unknown: string[];
}

/** Longest address that is looked at, in characters. */
export const addressLimit = 16_384;

/** Reads the query and the hash of an embed's address. */
export function readParameters(search: string, hash = ''): ReadParameters {
  const bad: BadParameter[] = [];
  const unknown: string[] = [];
  const written: Record<string, unknown> = {};
  if (search.length > addressLimit) bad.push({ name: 'address', message: 'The address is too long to be read.' });
  const query = new URLSearchParams(search.length > addressLimit ? '' : search);
  for (const name of new Set(query.keys())) {
    if (reservedNames.includes(name)) continue;
    if (!isParameter(name)) unknown.push(name.slice(0, 60));
    else written[name] = readOne(name, query.getAll(name), bad);
  }
  const values = parameterSchema.parse(written);
  const kinds = embedKinds.filter((kind) => values[kind] !== undefined);
  if (kinds.length > 1)
    bad.push({
      name: kinds[1],
      message: `The address asks for ${kinds.map((kind) => `a ${kind}`).join(' and ')}. Keep one of them.`,
    });
  const [kind] = kinds;
  const unit = kinds.length === 1 ? { kind, id: values[kind] as string } : null;
  const packed = new URLSearchParams(hash.replace(/^#/, '')).get('s') ?? '';
  return { values, unit, packed, bad, unknown };
}

function isParameter(name: string): name is ParameterName {
  return Object.hasOwn(parameters, name);
}

/** The text of one parameter if it can be used; undefined, and a complaint, if not. */
function readOne(name: ParameterName, texts: string[], bad: BadParameter[]): string | undefined {
  const [text] = texts;
  const { expects, default: standIn } = parameters[name];
  const instead = standIn === undefined || standIn === '' ? 'It is left out.' : `${standIn} is used.`;
  if (texts.length > 1)
    bad.push({ name, message: `${name} stands ${texts.length} times in the address. The first counts.` });
  if (z.safeParse(parameterSchema.shape[name] as z.ZodMiniType, text).success) return text;
  bad.push({ name, message: `${name}=${text.slice(0, 40)} cannot be used; expected ${expects}. ${instead}` });
  return undefined;
}

/** An address's query for these values: what equals its default is left out, in the order of the tables. */
export function writeParameters(written: Partial<Record<ParameterName, string>>): string {
  const pairs = parameterNames.flatMap((name) => {
    const text = written[name];
    return text === undefined || text === '' || text === parameters[name].default ? [] : [`${name}=${escape(text)}`];
  });
  return pairs.join('&');
}

function escape(text: string): string {
  return encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
}
