import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseScenario, parseText } from '../../scenario/parseScenario.ts';
import { applyPatch, type Patch } from '../../scenario/patch.ts';
import { describeFound, nearestName } from '../../scenario/problems.ts';
import { readActions } from '../../scenario/readActions.ts';
import { readScenario } from '../../scenario/readScenario.ts';
import type { Action, Scenario, ScenarioInput } from '../../scenario/schema.ts';
import { listSettings, nearestSetting, readSetting } from '../../scenario/settings.ts';
import { parseQuantity } from '../../scenario/units.ts';
import { InvalidInput, invalid } from './exit.ts';

/** A scenario and what was written of it. */
export interface Source {
  scenario: Scenario;
  input: ScenarioInput;
}

/** Options that every command which runs a scenario shares. */
export interface RunOptions {
  set?: string[];
  seed?: string;
  until?: string;
  actions?: string;
}

/**
 * Reads a scenario by what a person calls it: an id from the library, a file, or `-` for standard input.
 * @throws InvalidInput with every problem.
 */
export function readSource(name: string): Source {
  const { file, text } = name === '-' ? { file: '<stdin>', text: readStandardInput() } : readLibraryOrFile(name);
  const read = parseScenario(text, { file });
  if ('problems' in read) throw new InvalidInput(read.problems);
  return read;
}

/** The text of a file. @throws InvalidInput when it cannot be read. */
export function readTextFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw invalid(file, code === 'ENOENT' ? 'found no such file' : `found a file that cannot be read (${code})`);
  }
}

function readStandardInput(): string {
  try {
    return readFileSync(0, 'utf8');
  } catch {
    throw invalid('<stdin>', 'found nothing to read, expected a scenario in YAML or JSON');
  }
}

function readLibraryOrFile(name: string): { file: string; text: string } {
  const looksLikeFile = /[/\\]|\.(ya?ml|json)$/i.test(name);
  const folder = libraryFolder();
  if (!looksLikeFile && folder !== undefined) {
    const path = join(folder, `${name}.yaml`);
    if (existsSync(path)) return { file: shortest(path), text: readTextFile(path) };
  }
  if (looksLikeFile || existsSync(name)) return { file: name, text: readTextFile(name) };
  const ids = folder === undefined ? [] : libraryIds(folder);
  throw invalid(
    name,
    'found no scenario of this id, expected one from content/scenarios, a file, or - for standard input',
    nearestName(name, ids),
  );
}

/** Ids of the scenarios in a library folder, in order. */
export function libraryIds(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.map((name) => name.slice(0, -5)).sort((a, b) => (a < b ? -1 : 1));
}

/** `content/scenarios` of the folder we are in, or else of the package that this program came with. */
export function libraryFolder(): string | undefined {
  const starts = [process.cwd(), dirname(fileURLToPath(import.meta.url))];
  for (let start of starts) {
    for (;;) {
      const folder = join(start, 'content', 'scenarios');
      if (existsSync(folder)) return folder;
      const above = dirname(start);
      if (above === start) break;
      start = above;
    }
  }
  return undefined;
}

function shortest(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}

/** The scenario with some settings changed (`PATH=VALUE` each, from option `option`) and perhaps another seed. */
export function withSettings(
  { scenario, input }: Source,
  option: string,
  pairs: readonly string[],
  seed?: string,
): Source {
  const patch: Patch = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at <= 0) throw invalid(option, `found ${describeFound(pair)}, expected PATH=VALUE, like cache.ttl=30s`);
    const path = pair.slice(0, at);
    patch[path] = pair.slice(at + 1);
    checkSetting(scenario, option, path, patch[path]);
  }
  const changed = { ...applyPatch(input, patch), ...(seed === undefined ? {} : { seed: readSeed('--seed', seed) }) };
  const read = readScenario(changed, { file: option });
  if ('problems' in read) throw new InvalidInput(read.problems);
  return read;
}

function checkSetting(scenario: Scenario, option: string, path: string, value: unknown): void {
  const known = listSettings(scenario).some((setting) => setting.path === path);
  const read = readSetting(path, value);
  if ('problem' in read && known) throw new InvalidInput([{ ...read.problem, file: option }]);
  if (known) return;
  const nearest = nearestSetting(path, scenario);
  const problem = { file: option, path, message: 'found no setting of this name, expected one like cache.ttl' };
  throw new InvalidInput([nearest === undefined ? problem : { ...problem, nearest }]);
}

/** A seed: a whole number that fits in 32 bits. */
export function readSeed(option: string, text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed <= 4294967295) return seed;
  throw invalid(option, `found ${describeFound(text)}, expected a whole number from 0 to 4294967295`);
}

/** A whole number of at least `min`. */
export function readWhole(option: string, text: string, min: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= min) return value;
  throw invalid(option, `found ${describeFound(text)}, expected a whole number from ${min}`);
}

/** Until when to run, µs: the scenario's own length unless said. */
export function readUntil(text: string | undefined, scenario: Scenario): number {
  if (text === undefined) return scenario.duration;
  const us = parseQuantity('duration', text);
  if (us === undefined || us <= 0)
    throw invalid('--until', `found ${describeFound(text)}, expected a time with its unit, like 60s`);
  const lengthS = scenario.duration / 1e6;
  if (us > scenario.duration) {
    throw invalid(
      '--until',
      `found ${describeFound(text)}, expected at most the scenario's ${lengthS}s (--set duration=${text} makes it longer)`,
    );
  }
  return us;
}

/** The acts of a file: a list in YAML or JSON, as written in a scenario. */
export function readActionsFile(file: string | undefined, scenario: Scenario): Action[] {
  if (file === undefined) return [];
  const parsed = parseText(readTextFile(file), { file });
  if ('problems' in parsed) throw new InvalidInput(parsed.problems);
  // The reader calls the list `actions`; in the file it has no name.
  const read = readActions(parsed.value, scenario, { file, locate: (keys, on) => parsed.locate(keys.slice(1), on) });
  if ('problems' in read) throw new InvalidInput(read.problems);
  return read.actions;
}
