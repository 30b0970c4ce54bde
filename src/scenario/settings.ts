import * as z from 'zod/mini';
import { displayQuantity } from './displayQuantity.ts';
import { type FieldInfo, fieldInfo } from './fields.ts';
import { describeFound, nearestName, type Problem } from './problems.ts';
import { type Scenario, type ScenarioInput, scenarioSchema } from './schema.ts';
import { coreOf, ownValue, type SchemaNode } from './schemaTree.ts';
import { formatQuantity, parseQuantity, type QuantityKind } from './units.ts';

/** A setting once read: a number in its kind's unit (µs, per second, share, bytes; Infinity for `none`), a name, or a flag. */
export type SettingValue = number | string | boolean;

/** What is known of one setting, and its path: `cache.ttl`, `traffic.readers.rate`. */
export type SettingInfo = FieldInfo & { path: string };

interface Leaf {
  info: FieldInfo;
  schema: SchemaNode;
}

/** Every setting by its path, workloads under `traffic.*`, in the order of the schema; how a run is shown is none. */
const leaves: ReadonlyMap<string, Leaf> = collectLeaves();

function collectLeaves(): Map<string, Leaf> {
  const found = new Map<string, Leaf>();
  const collect = (schema: SchemaNode, path: string): void => {
    const info = fieldInfo(schema);
    if (info !== undefined) {
      found.set(path, { info, schema });
      return;
    }
    const { shape, valueType } = coreOf(schema)._zod.def;
    const prefix = path === '' ? '' : `${path}.`;
    if (shape !== undefined) {
      for (const name of Object.keys(shape)) if (name !== 'view') collect(shape[name], `${prefix}${name}`);
    }
    if (valueType !== undefined) collect(valueType, `${prefix}*`);
  };
  collect(scenarioSchema as unknown as SchemaNode, '');
  return found;
}

function leafAt(path: string): Leaf | undefined {
  if (path.length > 80 || path.includes('*')) return undefined;
  const parts = path.split('.');
  if (parts.length === 3 && parts[0] === 'traffic' && /^[a-z][a-z0-9-]{0,29}$/.test(parts[1])) parts[1] = '*';
  return leaves.get(parts.join('.'));
}

/**
 * What the schema knows of a setting; undefined where there is none.
 * Of traffic any workload name of the right form will do: whether a scenario has it is {@link listSettings}' to say.
 */
export function settingInfo(path: string): SettingInfo | undefined {
  const leaf = leafAt(path);
  return leaf === undefined ? undefined : { ...leaf.info, path };
}

/** Every setting of a scenario, one entry for each of its workloads, in the order of the schema. */
export function listSettings(scenario: { traffic: Record<string, unknown> }): SettingInfo[] {
  const workloads = Object.keys(scenario.traffic);
  const list: SettingInfo[] = [];
  for (const name of workloads) {
    for (const [path, leaf] of leaves)
      if (path.startsWith('traffic.')) list.push({ ...leaf.info, path: path.replace('*', name) });
  }
  for (const [path, leaf] of leaves) if (!path.startsWith('traffic.')) list.push({ ...leaf.info, path });
  return list;
}

/** The existing setting whose path is most like this one; with a scenario, one that the scenario has. */
export function nearestSetting(path: string, scenario?: { traffic: Record<string, unknown> }): string | undefined {
  const written = path.split('.')[1] ?? '';
  const names = scenario && Object.keys(scenario.traffic);
  const workload = names === undefined ? written : (nearestName(written, names) ?? names[0] ?? 'readers');
  return nearestName(
    path,
    [...leaves.keys()].map((known) => known.replace('*', workload)),
  );
}

/** Reads one setting as people write it (`30s`, `2%`, `lru`, true); flags also as `true` and `false` in text. */
export function readSetting(path: string, written: unknown): { value: SettingValue } | { problem: Problem } {
  const leaf = leafAt(path);
  if (leaf === undefined) {
    const problem: Problem = { path, message: 'found no setting of this name, expected one like cache.ttl' };
    const nearest = nearestSetting(path);
    return { problem: nearest === undefined ? problem : { ...problem, nearest } };
  }
  const result =
    written === undefined || written === null
      ? undefined
      : z.safeParse(leaf.schema as unknown as z.core.$ZodType<SettingValue>, normalWritten(path, written));
  if (result?.success) return { value: result.data };
  const message = result?.error.issues[0].message ?? 'expected a value';
  const problem: Problem = { path, message: `found ${describeFound(written)}, ${message}` };
  const nearest = typeof written === 'string' ? nearestName(written, leaf.info.choices ?? []) : undefined;
  return { problem: nearest === undefined ? problem : { ...problem, nearest } };
}

/** What a file would hold: a flag that came as text (from a command line) as a flag, everything else as it is. */
export function normalWritten(path: string, written: unknown): unknown {
  if (leafAt(path)?.info.kind !== 'flag') return written;
  return written === 'true' ? true : written === 'false' ? false : written;
}

/** What a setting is when nobody writes it, canonical; undefined where there is no such setting. */
export function defaultSetting(path: string): SettingValue | undefined {
  const leaf = leafAt(path);
  return leaf && z.parse(leaf.schema as unknown as z.core.$ZodType<SettingValue>, undefined);
}

/** The canonical value of a setting in a scenario; undefined where the scenario has no such setting. */
export function getSetting(scenario: Scenario, path: string): SettingValue | undefined {
  return leafAt(path) && (valueAt(scenario, path) as SettingValue | undefined);
}

/** A setting as it stands in a scenario that has not been read yet; undefined where it is left to its default. */
export function writtenSetting(input: ScenarioInput, path: string): unknown {
  return leafAt(path) && valueAt(input, path);
}

function valueAt(document: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => ownValue(value, key), document);
}

/** A canonical value the way a file holds it: {@link readSetting} gives exactly the same value back (from 1e-9 up). */
export function formatSetting(path: string, canonical: SettingValue): string {
  const kind = leafAt(path)?.info.kind;
  if (kind === undefined || typeof canonical !== 'number') return String(canonical);
  if (canonical === Number.POSITIVE_INFINITY) return 'none';
  if (kind === 'choice' || kind === 'flag' || kind === 'text') return String(canonical);
  return exactQuantity(kind, canonical);
}

function exactQuantity(kind: QuantityKind, value: number): string {
  const perMinute = `${value * 60}/m`;
  const candidates = [formatQuantity(kind, value)];
  if (kind === 'rate')
    candidates.push(...(Number.isInteger(value * 60) ? [perMinute] : []), `${value}/s`, `${inFull(value)}/s`);
  if (kind === 'share') candidates.push(`${Number((value * 100).toPrecision(12))}%`, String(value), inFull(value));
  if (kind === 'number') candidates.push(inFull(value));
  return candidates.find((text) => parseQuantity(kind, text) === value) ?? candidates[0];
}

/** Digits without an exponent, as many as tell the number from its neighbours. */
function inFull(value: number): string {
  const [digits, power] = value.toExponential().split('e');
  return Number(power) < 0 ? `0.${'0'.repeat(-1 - Number(power))}${digits.replace('.', '')}` : String(value);
}

/** A canonical value for people: one unit, three significant digits, thousands apart, `off` for none. */
export function displaySetting(path: string, canonical: SettingValue): string {
  const info = leafAt(path)?.info;
  if (typeof canonical === 'boolean') return canonical ? 'on' : 'off';
  if (info === undefined || typeof canonical === 'string') return String(canonical);
  if (info.kind === 'choice' || info.kind === 'flag' || info.kind === 'text') return String(canonical);
  return displayQuantity(info.kind, canonical, info.unit);
}
