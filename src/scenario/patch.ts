import type { ScenarioInput } from './schema.ts';
import { ownValue } from './schemaTree.ts';
import {
  defaultSetting,
  formatSetting,
  listSettings,
  normalWritten,
  readSetting,
  type SettingValue,
  writtenSetting,
} from './settings.ts';

/** Changed settings by their path, each value as people write it. */
export type Patch = Record<string, SettingValue>;

/**
 * A copy of a scenario with some settings written anew. Never throws and shares nothing with what it was given.
 * What does not belong (an unknown path, a name like `__proto__`) is put into the copy as an own property, so that
 * `readScenario` can say what is wrong with it.
 */
export function applyPatch(input: ScenarioInput, patch: Readonly<Patch>): ScenarioInput {
  const copy = deepCopy(input, 0) as ScenarioInput;
  for (const path of Object.keys(patch)) put(copy, path, normalWritten(path, patch[path]));
  return copy;
}

/**
 * The patch that gives `before` the settings of `after`; values that mean the same (60s, 1m) do not differ.
 * Only settings count: titles, faults and the view are no part of a patch, and workloads cannot be taken away by one.
 */
export function diffPatch(before: ScenarioInput, after: ScenarioInput): Patch {
  const patch: Patch = {};
  for (const { path } of listSettings({ traffic: after.traffic ?? {} })) {
    const from = canonical(before, path);
    const to = canonical(after, path);
    if (to === undefined || Object.is(from, to)) continue;
    const written = writtenSetting(after, path);
    patch[path] = written === undefined ? formatDefault(path, to) : (written as SettingValue);
  }
  addBareWorkloads(before, after, patch);
  return patch;
}

/** A new workload that leaves everything to the defaults still has to be named. */
function addBareWorkloads(before: ScenarioInput, after: ScenarioInput, patch: Patch): void {
  for (const name of Object.keys(after.traffic ?? {})) {
    if (ownValue(before.traffic, name) !== undefined) continue;
    if (Object.keys(patch).some((path) => path.startsWith(`traffic.${name}.`))) continue;
    const path = `traffic.${name}.rate`;
    const rate = defaultSetting(path);
    if (rate !== undefined) patch[path] = formatDefault(path, rate);
  }
}

function canonical(input: ScenarioInput, path: string): SettingValue | undefined {
  const written = writtenSetting(input, path);
  if (written === undefined) return defaultSetting(path);
  const read = readSetting(path, written);
  return 'value' in read ? read.value : undefined;
}

/** As written, with flags and plain choices in their own type. */
function formatDefault(path: string, value: SettingValue): SettingValue {
  return typeof value === 'boolean' ? value : formatSetting(path, value);
}

function put(root: object, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() as string;
  let here = root;
  for (const name of names) {
    const next = ownValue(here, name);
    if (typeof next === 'object' && next !== null && !Array.isArray(next)) here = next;
    else {
      const made = {};
      define(here, name, made);
      here = made;
    }
  }
  define(here, last, value);
}

/** Makes an own property whatever its name: plain assignment to `__proto__` would change the prototype instead. */
function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}

/** What lies deeper than any readable document is cut off: the rest is still too deep, and reading refuses it. */
function deepCopy(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 40) return undefined;
  if (Array.isArray(value)) return value.map((item) => deepCopy(item, depth + 1));
  const copy = {};
  for (const name of Object.keys(value))
    define(copy, name, deepCopy((value as Record<string, unknown>)[name], depth + 1));
  return copy;
}
