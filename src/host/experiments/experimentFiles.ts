import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Claim, parseClaims } from '../../checks/claims.ts';
import type { Experiment } from '../../checks/Experiment.ts';
import { parseExperiment } from '../../checks/parseExperiment.ts';
import type { ExperimentLibrary } from '../../checks/readExperiment.ts';
import type { ScenarioLibrary } from '../../checks/readVariants.ts';
import { parseScenario } from '../../scenario/parseScenario.ts';
import { nearestName, type Problem } from '../../scenario/problems.ts';
import type { ScenarioInput } from '../../scenario/schema.ts';
import { InvalidInput, invalid } from '../cli/exit.ts';
import { libraryFolder, libraryIds, readTextFile } from '../cli/scenarioSource.ts';

/** The catalogue of claims lies beside the experiments. */
const claimsFile = 'claims.yaml';

/** An experiment and the file it came from. */
export interface ExperimentFile {
  file: string;
  experiment: Experiment;
}

/** `content/experiments` beside the library of scenarios; undefined where there is none. */
export function experimentsFolder(): string | undefined {
  const scenarios = libraryFolder();
  const folder = scenarios === undefined ? undefined : join(scenarios, '..', 'experiments');
  return folder !== undefined && existsSync(folder) ? folder : undefined;
}

/** The experiments of a folder, by id in order. */
export function experimentIds(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== claimsFile);
  return names.map((name) => name.slice(0, -5)).sort((a, b) => (a < b ? -1 : 1));
}

/** The claims that experiments may name; undefined where there is no catalogue. @throws InvalidInput for a broken one. */
export function readClaims(): Claim[] | undefined {
  const folder = experimentsFolder();
  if (folder === undefined || !existsSync(join(folder, claimsFile))) return undefined;
  const file = shown(join(folder, claimsFile));
  const read = parseClaims(readTextFile(file), { file });
  if ('problems' in read) throw new InvalidInput(read.problems);
  return read.claims;
}

/** The files that people mean by some ids or paths; all experiments where they name none. @throws InvalidInput. */
export function experimentFilesOf(names: readonly string[]): string[] {
  const folder = experimentsFolder();
  const ids = folder === undefined ? [] : experimentIds(folder);
  if (names.length === 0 && ids.length === 0) throw invalid('content/experiments', 'found no experiments');
  const fileOf = (id: string) => shown(join(folder as string, `${id}.yaml`));
  if (names.length === 0) return ids.map(fileOf);
  return names.map((name) => {
    if (ids.includes(name)) return fileOf(name);
    if (/[/\\]|\.(ya?ml|json)$/i.test(name) || existsSync(name)) return name;
    const message = 'found no experiment of this id, expected one from content/experiments or a file';
    throw invalid(name, message, nearestName(name, ids));
  });
}

/** What the experiments of any file may refer to. @throws InvalidInput for a broken catalogue of claims. */
export function experimentLibrary(): ExperimentLibrary {
  return { scenarios: scenarioLibrary(), claims: readClaims()?.map(({ id }) => id) };
}

/** Reads some files. @throws InvalidInput with the problems of all of them. */
export function readExperimentFiles(files: readonly string[]): ExperimentFile[] {
  const library = experimentLibrary();
  const problems: Problem[] = [];
  const read: ExperimentFile[] = [];
  for (const file of files) {
    const one = parseExperiment(readTextFile(file), library, { file });
    if ('problems' in one) problems.push(...one.problems);
    else read.push({ file, experiment: one.experiment });
  }
  if (problems.length > 0) throw new InvalidInput(problems);
  return read;
}

/** The scenarios of `content/scenarios`, each read when somebody first asks for it. */
function scenarioLibrary(): ScenarioLibrary {
  const folder = libraryFolder();
  const ids = folder === undefined ? [] : libraryIds(folder);
  const known = new Map<string, ScenarioInput>();
  return {
    ids,
    read(id) {
      if (folder === undefined || !ids.includes(id)) return undefined;
      const file = shown(join(folder, `${id}.yaml`));
      const input = known.get(id) ?? readScenarioInput(file);
      known.set(id, input);
      return input;
    },
  };
}

function readScenarioInput(file: string): ScenarioInput {
  const read = parseScenario(readTextFile(file), { file });
  if ('problems' in read) throw new InvalidInput(read.problems);
  return read.input;
}

function shown(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}
