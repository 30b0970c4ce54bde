import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { normalizePath, type Plugin, runnerImport } from 'vite';
import type { Problem, ScenarioInput } from '../../src/index.ts';
import { ContentError } from './ContentError.ts';
import type { DrillEntry } from './drills.ts';
import { reloadOnChange } from './reloadOnChange.ts';
import { readScenarioFile } from './scenariosPlugin.ts';

const INDEX = 'virtual:drills';
const SCRIPT = 'virtual:drill-script/';
const KEY = 'virtual:drill-key/';
const ENDING = '.drill.yaml';

/** A drill as the engine's reader gives it, as far as this plugin looks at it. */
interface ReadDrill {
  id: string;
  title: string;
  skills: readonly string[];
  level: DrillEntry['level'];
  minutes: number;
  steps: readonly unknown[];
}

/** The engine's own reader, loaded when the first file is read. */
interface Reader {
  readDrill: (
    text: string,
    file: string,
    library: { ids: string[]; read(id: string): ScenarioInput | undefined },
  ) => { drill: ReadDrill } | { problems: Problem[] };
  splitDrill: (drill: ReadDrill) => { script: unknown; key: unknown };
}

let loading: Promise<Reader> | undefined;

function readerOf(root: string): Promise<Reader> {
  const file = join(root, 'app/content/drillReaders.ts');
  loading ??= runnerImport<Reader>(file, { root, configFile: false }).then(({ module }) => module);
  return loading;
}

/**
 * The drills of `content/drills/`, read and checked while building. `virtual:drills` exports a light `index` and, apart from
 * each other, `script` and `key`, which fetch the two parts of one drill: a candidate's window never asks for the second.
 * @param root the project's folder. @param content where drills and scenarios are.
 */
export function drills(root: string, content = join(root, 'content')): Plugin {
  const folder = join(content, 'drills');
  // One drill is three modules: its file is read once for all of them.
  let known = new Map<string, Promise<ReadDrill>>();
  const readOnce = (file: string): Promise<ReadDrill> => {
    const drill = known.get(file) ?? readDrillFiles([file], root, content).then(([first]) => first);
    known.set(file, drill);
    return drill;
  };
  const isMadeFromIt = (id: string) => [INDEX, SCRIPT, KEY].some((name) => id.startsWith(`\0${name}`));
  return {
    name: 'hotpath:drills',
    buildStart() {
      known = new Map();
    },
    resolveId: (id) => (id === INDEX || id.startsWith(SCRIPT) || id.startsWith(KEY) ? `\0${id}` : undefined),
    async load(id) {
      if (id === `\0${INDEX}`) {
        const files = drillFiles(folder);
        for (const file of files) this.addWatchFile(file);
        return indexModule(await Promise.all(files.map(readOnce)));
      }
      const part = [SCRIPT, KEY].find((name) => id.startsWith(`\0${name}`));
      if (part === undefined) return undefined;
      const name = id.slice(part.length + 1).replace(/-(key|script)$/, '');
      const file = normalizePath(join(folder, `${name}${ENDING}`));
      this.addWatchFile(file);
      const drill = await readOnce(file);
      const { splitDrill } = await readerOf(root);
      const { script, key } = splitDrill(drill);
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(part === KEY ? key : script))});\n`;
    },
    configureServer(server) {
      const reread = () => {
        known = new Map();
      };
      const forget = () => {
        reread();
        loading = undefined;
      };
      reloadOnChange(server, folder, isMadeFromIt, reread);
      reloadOnChange(server, join(content, 'scenarios'), isMadeFromIt, reread);
      for (const part of ['drill', 'checks', 'scenario'])
        reloadOnChange(server, join(root, 'src', part), isMadeFromIt, forget);
    },
  };
}

/** The files of a folder, in the order of their names. */
function drillFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(ENDING));
  return names.sort((a, b) => (a < b ? -1 : 1)).map((name) => normalizePath(join(folder, name)));
}

/**
 * Some files, checked by the engine's own reader.
 * @throws ContentError at the first problem, with all others of that file named below it.
 */
export async function readDrillFiles(
  files: readonly string[],
  root: string,
  content = join(root, 'content'),
): Promise<ReadDrill[]> {
  if (files.length === 0) return [];
  const scenarios = await scenarioInputs(join(content, 'scenarios'), root);
  const { readDrill } = await readerOf(root);
  const library = { ids: [...scenarios.keys()], read: (id: string) => scenarios.get(id) };
  return files.map((file) => {
    const name = normalizePath(file).replace(`${normalizePath(root)}/`, '');
    const read = readDrill(readFileSync(file, 'utf8'), name, library);
    if ('problems' in read) throw ContentError.ofProblems(name, read.problems);
    const named = `${read.drill.id}${ENDING}`;
    if (basename(file) !== named) throw new ContentError(name, 1, 1, `expected the file to be named ${named}`);
    return read.drill;
  });
}

async function scenarioInputs(folder: string, root: string): Promise<Map<string, ScenarioInput>> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const read = await Promise.all(names.map((name) => readScenarioFile(join(folder, name), root)));
  return new Map(read.map(({ input }) => [input.id, input]));
}

function indexModule(all: readonly ReadDrill[]): string {
  const index = all.map(
    ({ id, title, skills, level, minutes, steps }): DrillEntry => ({
      id,
      title,
      skills,
      level,
      minutes,
      steps: steps.length,
    }),
  );
  // The ending shows in the name of the chunk: a log of requests says at once whether a key was fetched.
  const loaders = (name: string, ending: string) =>
    all
      .map(
        ({ id }) => `${JSON.stringify(id)}: async () => (await import(${JSON.stringify(name + id + ending)})).default`,
      )
      .join(', ');
  return `export const index = ${JSON.stringify(index)};
export const script = { ${loaders(SCRIPT, '-script')} };
export const key = { ${loaders(KEY, '-key')} };
`;
}
