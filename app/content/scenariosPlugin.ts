import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizePath, type Plugin } from 'vite';
import type { Scenario, ScenarioInput } from '../../src/index.ts';
import { ContentError } from './ContentError.ts';
import { forgetScenarioParser, scenarioParser } from './engine.ts';
import { reloadOnChange } from './reloadOnChange.ts';

const ALL = ['virtual:scenario-index', 'virtual:scenario-loaders', 'virtual:scenario-count'];
const ONE = 'virtual:scenario/';

/**
 * The scenarios of `content/scenarios/`, parsed and checked while building. `virtual:scenario-index` exports `index`, what
 * lists show of each; `virtual:scenario-loaders` exports `load`, which fetches one; `virtual:scenario-count` exports how many
 * are `listed`, which is all that the first view knows. Each scenario is a chunk of its own, `virtual:scenario/<id>`.
 * @param root the project's folder. @param folder where the files are.
 */
export function scenarios(root: string, folder = join(root, 'content/scenarios')): Plugin {
  return {
    name: 'hotpath:scenarios',
    resolveId: (id) => (ALL.includes(id) || id.startsWith(ONE) ? `\0${id}` : undefined),
    async load(id) {
      if (ALL.includes(id.slice(1))) {
        const files = scenarioFiles(folder);
        for (const file of files) this.addWatchFile(file);
        const all = await Promise.all(files.map((file) => readScenarioFile(file, root)));
        if (id.endsWith('-index')) return indexModule(all);
        return id.endsWith('-loaders') ? loadersModule(all) : countModule(all);
      }
      if (!id.startsWith(`\0${ONE}`)) return undefined;
      const file = join(folder, `${id.slice(ONE.length + 1)}.yaml`);
      this.addWatchFile(file);
      const { input, scenario } = await readScenarioFile(file, root);
      return `export const input = ${literal(input)};\nexport const scenario = ${literal(scenario)};\n`;
    },
    configureServer(server) {
      const isMadeFromIt = (id: string) => ALL.includes(id.slice(1)) || id.startsWith(`\0${ONE}`);
      reloadOnChange(server, folder, isMadeFromIt);
      reloadOnChange(server, join(root, 'src/scenario'), isMadeFromIt, forgetScenarioParser);
    },
  };
}

/** The files, in the order of their names, which is the order of the gallery within a topic. */
function scenarioFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.sort((a, b) => (a < b ? -1 : 1)).map((name) => normalizePath(join(folder, name)));
}

/**
 * One file as written, checked by the engine's own reader.
 * @throws ContentError at the first problem, with all others named below it.
 */
export async function readScenarioFile(file: string, root: string): Promise<LibraryScenario> {
  const shown = normalizePath(file).replace(`${normalizePath(root)}/`, '');
  const parse = await scenarioParser(root);
  const read = parse(readFileSync(file, 'utf8'), { file: shown });
  if ('problems' in read) throw ContentError.ofProblems(shown, read.problems);
  const named = `${read.input.id}.yaml`;
  if (!shown.endsWith(`/${named}`)) throw new ContentError(shown, 1, 1, `expected the file to be named ${named}`);
  return { input: read.input, scenario: read.scenario };
}

/** A scenario of the library: as its file writes it, and as the engine reads it. */
export interface LibraryScenario {
  input: ScenarioInput;
  scenario: Scenario;
}

/** Plain data as source text; `none` is Infinity, which JSON cannot say. */
function literal(value: unknown): string {
  const json = JSON.stringify(value, (_, inner: unknown) => (inner === Number.POSITIVE_INFINITY ? '\u0000∞' : inner));
  return json.replaceAll('"\\u0000∞"', 'Infinity');
}

function indexModule(all: LibraryScenario[]): string {
  const index = all.map(({ input: one }) => ({
    id: one.id,
    title: one.title,
    listed: one.listed ?? true,
    summary: one.summary ?? '',
    topic: one.topic ?? 'basics',
    try: one.view?.try ?? '',
  }));
  return `export const index = ${JSON.stringify(index)};\n`;
}

function countModule(all: LibraryScenario[]): string {
  return `export const listed = ${all.filter(({ input }) => input.listed ?? true).length};\n`;
}

function loadersModule(all: LibraryScenario[]): string {
  const loaders = all.map(({ input: { id } }) => `${JSON.stringify(id)}: () => import(${JSON.stringify(ONE + id)})`);
  return `export const load = { ${loaders.join(', ')} };\n`;
}
