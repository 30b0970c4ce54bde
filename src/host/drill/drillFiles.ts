import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Drill } from '../../drill/Drill.ts';
import { readDrill } from '../../drill/readDrill.ts';
import { nearestName, type Problem } from '../../scenario/problems.ts';
import { InvalidInput, invalid } from '../cli/exit.ts';
import { libraryFolder, readTextFile } from '../cli/scenarioSource.ts';
import { experimentLibrary } from '../experiments/experimentFiles.ts';

const ending = '.drill.yaml';

/** A drill and the file it came from. */
export interface DrillFile {
  file: string;
  drill: Drill;
}

/** `content/drills` beside the library of scenarios; undefined where there is none. */
export function drillsFolder(): string | undefined {
  const scenarios = libraryFolder();
  const folder = scenarios === undefined ? undefined : join(scenarios, '..', 'drills');
  return folder !== undefined && existsSync(folder) ? folder : undefined;
}

/** The drills of a folder, by id in order. */
export function drillIds(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  return names.map((name) => name.slice(0, -ending.length)).sort((a, b) => (a < b ? -1 : 1));
}

/** The file that people mean by an id of the library or a path. @throws InvalidInput. */
export function drillFileOf(name: string): string {
  const folder = drillsFolder();
  const ids = folder === undefined ? [] : drillIds(folder);
  if (folder !== undefined && ids.includes(name)) return shown(join(folder, `${name}${ending}`));
  if (/[/\\]|\.(ya?ml|json)$/i.test(name) || existsSync(name)) return name;
  throw invalid(name, 'found no drill of this id, expected one from content/drills or a file', nearestName(name, ids));
}

/** Reads drills. @throws InvalidInput with the problems of all of them. */
export function readDrillFiles(names: readonly string[]): DrillFile[] {
  const { scenarios } = experimentLibrary();
  const problems: Problem[] = [];
  const files: DrillFile[] = [];
  for (const file of names.map(drillFileOf)) {
    const read = readDrill(readTextFile(file), file, scenarios);
    if ('problems' in read) problems.push(...read.problems);
    else files.push({ file, drill: read.drill });
  }
  if (problems.length > 0) throw new InvalidInput(problems);
  return files;
}

function shown(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}
