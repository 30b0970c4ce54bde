import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { normalizePath, type Plugin, runnerImport } from 'vite';
import type { Problem, Scenario, ScenarioInput } from '../../src/index.ts';
import { ContentError } from './ContentError.ts';
import type { ClaimEntry, ExperimentEntry, LibraryExperiment } from './experiments.ts';
import { reloadOnChange } from './reloadOnChange.ts';
import { readScenarioFile } from './scenariosPlugin.ts';

const INDEX = 'virtual:experiments';
const ONE = 'virtual:experiment/';
const CLAIMS = 'claims.yaml';

/** An experiment as the engine's reader gives it, as far as this plugin looks at it. */
interface ReadExperiment {
  id: string;
  title: string;
  topic: string;
  claims: readonly string[];
  claim: string;
  sources: readonly string[];
  scenarioId?: string;
  variants: readonly { name: string; title: string; input: ScenarioInput; scenario: Scenario }[];
  atUs: number;
  speed: number;
  corrected: string;
  figures: { document: string };
  input: unknown;
}

/** The engine's own readers, loaded when the first file is read. */
interface Readers {
  parseExperiment: (
    text: string,
    library: { scenarios: { ids: string[]; read(id: string): ScenarioInput | undefined }; claims?: string[] },
    options: { file: string },
  ) => { experiment: ReadExperiment } | { problems: Problem[] };
  parseClaims: (text: string, options: { file: string }) => { claims: ClaimEntry[] } | { problems: Problem[] };
}

let loading: Promise<Readers> | undefined;

function readersOf(root: string): Promise<Readers> {
  loading ??= (async () => {
    const load = async <T>(file: string) =>
      (await runnerImport<T>(join(root, 'src/checks', file), { root, configFile: false })).module;
    const [{ parseExperiment }, { parseClaims }] = await Promise.all([
      load<Pick<Readers, 'parseExperiment'>>('parseExperiment.ts'),
      load<Pick<Readers, 'parseClaims'>>('claims.ts'),
    ]);
    return { parseExperiment, parseClaims };
  })();
  return loading;
}

/**
 * The experiments of `content/experiments/`, read and checked while building. `virtual:experiments` exports a light `index`,
 * the catalogue of `claims` and `load`, which fetches one experiment with its variants as scenarios that can be run.
 * @param root the project's folder. @param content where experiments and scenarios are.
 */
export function experiments(root: string, content = join(root, 'content')): Plugin {
  const folder = join(content, 'experiments');
  return {
    name: 'hotpath:experiments',
    resolveId: (id) => (id === INDEX || id.startsWith(ONE) ? `\0${id}` : undefined),
    async load(id) {
      if (id === `\0${INDEX}`) {
        const files = experimentFiles(folder);
        for (const file of [...files, join(folder, CLAIMS)]) this.addWatchFile(file);
        const all = await readExperimentFiles(files, root, content);
        return indexModule(all, await readClaimsFile(join(folder, CLAIMS), root));
      }
      if (!id.startsWith(`\0${ONE}`)) return undefined;
      const file = join(folder, `${id.slice(ONE.length + 1)}.yaml`);
      this.addWatchFile(file);
      const [{ input, variants, atUs, speed }] = await readExperimentFiles([file], root, content);
      const loaded: LibraryExperiment = { input, variants: [...variants], atUs, speed };
      return `export const experiment = ${literal(loaded)};\n`;
    },
    configureServer(server) {
      const isMadeFromIt = (id: string) => id === `\0${INDEX}` || id.startsWith(`\0${ONE}`);
      const forget = () => {
        loading = undefined;
      };
      reloadOnChange(server, folder, isMadeFromIt);
      reloadOnChange(server, join(content, 'scenarios'), isMadeFromIt);
      for (const part of ['checks', 'scenario', 'theory'])
        reloadOnChange(server, join(root, 'src', part), isMadeFromIt, forget);
    },
  };
}

/** The files of a folder in the order of their names, without the catalogue of claims. */
function experimentFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml') && name !== CLAIMS);
  return names.sort((a, b) => (a < b ? -1 : 1)).map((name) => normalizePath(join(folder, name)));
}

/**
 * Some files, checked by the engine's own reader.
 * @throws ContentError at the first problem, with all others of that file named below it.
 */
export async function readExperimentFiles(
  files: readonly string[],
  root: string,
  content = join(root, 'content'),
): Promise<ReadExperiment[]> {
  if (files.length === 0) return [];
  const { parseExperiment } = await readersOf(root);
  const claims = await readClaimsFile(join(content, 'experiments', CLAIMS), root);
  const scenarios = await scenarioInputs(join(content, 'scenarios'), root);
  const library = {
    scenarios: { ids: [...scenarios.keys()], read: (id: string) => scenarios.get(id) },
    ...(claims.length === 0 ? {} : { claims: claims.map(({ id }) => id) }),
  };
  return files.map((file) => {
    const name = shown(file, root);
    const read = parseExperiment(readFileSync(file, 'utf8'), library, { file: name });
    if ('problems' in read) throw ContentError.ofProblems(name, read.problems);
    const named = `${read.experiment.id}.yaml`;
    if (basename(file) !== named) throw new ContentError(name, 1, 1, `expected the file to be named ${named}`);
    return read.experiment;
  });
}

async function readClaimsFile(file: string, root: string): Promise<ClaimEntry[]> {
  if (!existsSync(file)) return [];
  const { parseClaims } = await readersOf(root);
  const read = parseClaims(readFileSync(file, 'utf8'), { file: shown(file, root) });
  if ('problems' in read) throw ContentError.ofProblems(shown(file, root), read.problems);
  return read.claims;
}

async function scenarioInputs(folder: string, root: string): Promise<Map<string, ScenarioInput>> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const read = await Promise.all(names.map((name) => readScenarioFile(join(folder, name), root)));
  return new Map(read.map(({ input }) => [input.id, input]));
}

function shown(file: string, root: string): string {
  return normalizePath(file).replace(`${normalizePath(root)}/`, '');
}

/** Plain data as source text; `none` is Infinity, which JSON cannot say. */
function literal(value: unknown): string {
  const json = JSON.stringify(value, (_, inner: unknown) => (inner === Number.POSITIVE_INFINITY ? '\u0000∞' : inner));
  return json.replaceAll('"\\u0000∞"', 'Infinity');
}

function indexModule(all: readonly ReadExperiment[], claims: readonly ClaimEntry[]): string {
  const index = all.map(
    ({ id, title, topic, claims: proves, claim, sources, scenarioId, corrected, figures }): ExperimentEntry => ({
      id,
      title,
      topic,
      claims: proves,
      claim,
      sources,
      ...(scenarioId === undefined ? {} : { scenario: scenarioId }),
      ...(figures.document === '' ? {} : { document: figures.document }),
      ...(corrected === '' ? {} : { corrected }),
    }),
  );
  const loaders = all.map(
    ({ id }) => `${JSON.stringify(id)}: async () => (await import(${JSON.stringify(ONE + id)})).experiment`,
  );
  return `export const index = ${JSON.stringify(index)};
export const claims = ${JSON.stringify(claims)};
export const load = { ${loaders.join(', ')} };
`;
}
