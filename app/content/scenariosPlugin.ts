import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizePath, type Plugin } from 'vite';
import { type ScenarioInput, scenarioSchema } from '../../src/index.ts';
import { ContentError } from './position.ts';
import { type Complaint, readYaml } from './readYaml.ts';

const INDEX = 'virtual:scenarios';
const ONE = 'virtual:scenario/';

/**
 * The scenarios of `content/scenarios/*.yaml`, parsed and checked while building. `virtual:scenarios` exports a light
 * `index` and `load`, which fetches one scenario: each is a chunk of its own, so a page carries only what it shows.
 * @param root the project's folder.
 */
export function scenarios(root: string): Plugin {
  const folder = join(root, 'content/scenarios');
  return {
    name: 'hotpath:scenarios',
    resolveId: (id) => (id === INDEX || id.startsWith(ONE) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${INDEX}`) {
        const all = scenarioFiles(folder).map((file) => {
          this.addWatchFile(file);
          return readScenario(file, root);
        });
        return indexModule(all);
      }
      if (!id.startsWith(`\0${ONE}`)) return undefined;
      const file = join(folder, `${id.slice(ONE.length + 1)}.yaml`);
      this.addWatchFile(file);
      return `export default ${JSON.stringify(readScenario(file, root))};`;
    },
    configureServer(server) {
      server.watcher.add(folder);
      const reload = (file: string) => {
        if (!normalizePath(file).startsWith(normalizePath(folder))) return;
        for (const [id, module] of server.moduleGraph.idToModuleMap) {
          if (id === `\0${INDEX}` || id.startsWith(`\0${ONE}`)) server.moduleGraph.invalidateModule(module);
        }
        server.ws.send({ type: 'full-reload' });
      };
      server.watcher.on('add', reload).on('change', reload).on('unlink', reload);
    },
  };
}

/** The files, in the order of their names, which is the order of the gallery within a topic. */
function scenarioFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.sort((a, b) => (a < b ? -1 : 1)).map((name) => normalizePath(join(folder, name)));
}

/** One file as written, checked. @throws ContentError at the first mistake. */
export function readScenario(file: string, root: string): ScenarioInput {
  const shown = normalizePath(file).replace(`${normalizePath(root)}/`, '');
  const input = readYaml(shown, readFileSync(file, 'utf8'), 1, complaints) as ScenarioInput;
  const named = `${input.id}.yaml`;
  if (!shown.endsWith(`/${named}`)) throw new ContentError(shown, 1, 1, `expected the file to be named ${named}`);
  return input;
}

function complaints(value: unknown): Complaint[] {
  const result = scenarioSchema.safeParse(value);
  return result.success ? [] : result.error.issues.map(({ path, message }) => ({ path, message }));
}

function indexModule(all: ScenarioInput[]): string {
  const index = all.map((one) => ({
    id: one.id,
    title: one.title,
    summary: one.summary ?? '',
    topic: one.topic ?? 'basics',
    try: one.view?.try ?? '',
  }));
  const loaders = all.map(({ id }) => `${JSON.stringify(id)}: () => import(${JSON.stringify(ONE + id)})`);
  return `export const index = ${JSON.stringify(index)};\nexport const load = { ${loaders.join(', ')} };\n`;
}
