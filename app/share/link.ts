import * as z from 'zod/mini';
import type { ScenarioInput } from '../../src/index.ts';
import { actionSchema, formatProblem, readScenario } from '../../src/reading.ts';
import { bytesOfLink, type PackedFault, packText, unpackText } from './packedText.ts';

/** An act as written: its times carry their unit. */
export type SharedAction = z.input<typeof actionSchema>;

/** Settings by path, each as people write it. */
export type SharedPatch = Record<string, string | number | boolean>;

/** Everything a link carries: which run, what was done to it, and the instant to look at. */
export interface SharedMoment {
  /** Id of the scenario. */
  scenario: string;
  /** The scenario itself, where it is not in the library. */
  inline?: ScenarioInput;
  patch: SharedPatch;
  seed?: number;
  /** What the person did, in order, as written; `at` like `1234us`. */
  actions: SharedAction[];
  /** Virtual time of the playhead, µs. */
  atUs: number;
  /** Virtual seconds a real second. */
  speed?: number;
  /** The patch of lane B, where two lanes are compared. */
  compare?: SharedPatch | null;
  /** Number of the selected request. */
  request?: number;
  /** Its lane, where that is not the first. */
  requestLane?: 1;
  /** The lane that the controls change, where that is not the first. */
  editing?: 1;
  /** The tab beside the stage, where that is not the first. */
  tab?: string;
  /** Version of the engine that made the link. */
  engine: string;
}

/** Version of the format: the first byte of a link. */
export const linkVersion = 1;

/** Characters a link may have, and bytes it may unfold to. */
export const linkLimits = { packedCharacters: 8192, unpackedBytes: 262_144 } as const;

const format = { version: linkVersion, ...linkLimits };

const written = z.union([z.string().check(z.maxLength(60)), z.number(), z.boolean()]);
const patchSchema = z.record(z.string().check(z.maxLength(80)), written);
const momentSchema = z.strictObject({
  scenario: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,59}$/, { error: 'expected the id of a scenario' })),
  inline: z.optional(z.record(z.string(), z.unknown())),
  patch: patchSchema,
  seed: z.optional(z.number().check(z.int(), z.gte(0), z.lte(4_294_967_295))),
  actions: z.array(actionSchema).check(z.maxLength(5000)),
  atUs: z.number().check(z.int(), z.gte(0), z.lte(31_536_000_000_000)),
  speed: z.optional(z.number().check(z.gt(0), z.lte(100_000))),
  compare: z.optional(z.nullable(patchSchema)),
  request: z.optional(z.number().check(z.int(), z.gte(0))),
  requestLane: z.optional(z.literal(1)),
  editing: z.optional(z.literal(1)),
  tab: z.optional(z.string().check(z.regex(/^[a-z]{1,20}$/))),
  engine: z.string().check(z.maxLength(40)),
});

/**
 * Packs a moment into text for the part of an address after `#`: version byte, checksum (murmur3), raw deflate of JSON with
 * sorted names, base64url.
 * The same moment always has the same JSON; the packing may differ between browsers.
 * @throws RangeError when the link would be longer than a reader accepts
 */
export async function encodeLink(moment: SharedMoment): Promise<string> {
  const text = await packText(canonicalJson(moment), format);
  if (text === undefined)
    throw new RangeError('This run is too long for a link: too much was done in it. Save it as a file instead.');
  return text;
}

/**
 * Unpacks a link from anywhere. Never rejects: whatever is wrong comes back as a sentence that says what it is and what to do.
 * The patch is only checked for its form, because the scenario that it changes may have to be fetched first.
 */
export async function decodeLink(text: string): Promise<{ ok: SharedMoment } | { error: string }> {
  try {
    const bytes = fromText(text);
    if ('error' in bytes) return bytes;
    const found = await unpackText(bytes, format);
    return 'text' in found ? readMoment(found.text) : broken(faults[found.fault]);
  } catch {
    return broken('it cannot be unpacked');
  }
}

function fromText(text: string): Uint8Array<ArrayBuffer> | { error: string } {
  const link = text.trim().replace(/^#/, '').replace(/=+$/, '');
  if (link === '') return { error: 'The link is empty. Copy the whole address, with everything after the # sign.' };
  if (link.length > linkLimits.packedCharacters)
    return broken(`it has ${link.length} characters, more than the ${linkLimits.packedCharacters} of the longest link`);
  const strange = /[^A-Za-z0-9_-]/.exec(link);
  if (strange !== null) return broken(`character ${strange.index + 1} ("${strange[0]}") is none that a link uses`);
  if (link.length % 4 === 1) return broken('its end is missing');
  const bytes = bytesOfLink(link);
  if (bytes[0] > linkVersion)
    return {
      error: `This link was made by a newer Hotpath (link format ${bytes[0]}; this one reads ${linkVersion}). Reload the page to get the newest version, then open the link again.`,
    };
  return bytes;
}

const faults: Record<PackedFault, string> = {
  beginning: 'its beginning is not that of a Hotpath link',
  damaged: 'some of its characters were changed or its end is missing',
  'too much': 'it unfolds to more than any link may hold',
};

const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

function readMoment(text: string): { ok: SharedMoment } | { error: string } {
  let json: unknown;
  let refused = '';
  try {
    json = JSON.parse(text, (name, value: unknown) => {
      if (forbiddenNames.has(name)) refused = `it uses the name "${name}", which no link may use`;
      if (typeof value === 'number' && !Number.isFinite(value)) refused = 'it holds a number without end';
      return value;
    });
  } catch {
    return broken('what it holds is not whole');
  }
  if (refused !== '') return broken(refused);
  const result = z.safeParse(momentSchema, json);
  if (!result.success) return broken(explain(result.error.issues[0]));
  const moment = json as SharedMoment;
  if (moment.inline !== undefined) {
    const inline = readScenario(moment.inline);
    if ('problems' in inline) return broken(`in its scenario, ${formatProblem(inline.problems[0])}`);
  }
  return { ok: moment };
}

/** What the schema refused; zod's own messages say little, ours begin with `expected`. */
function explain(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.').slice(0, 80);
  if (issue.code === 'unrecognized_keys')
    return `it holds "${issue.keys[0].slice(0, 40)}", which this Hotpath does not know; a newer one may, so reload the page first`;
  const where = path === '' ? 'what it holds' : `its "${path}"`;
  return `${where} cannot be read${issue.message.startsWith('expected') ? ` (${issue.message})` : ''}`;
}

function broken(what: string): { error: string } {
  return { error: `This link is broken: ${what}. Copy the whole link again, or ask for a new one.` };
}

/** JSON with the names of every map in code-unit order and without what is undefined. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}
