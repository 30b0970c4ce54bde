import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import type { Plugin } from 'vite';
import { readTerms } from '../content/glossaryPlugin.ts';
import { readLessons } from '../content/lessonsPlugin.ts';
import { plainLesson } from '../content/plainText.ts';
import { readExperimentFiles } from '../content/experimentsPlugin.ts';
import { reloadOnChange } from '../content/reloadOnChange.ts';
import { readScenarioFile } from '../content/scenariosPlugin.ts';
import { type SearchEntry, searchOptions } from './SearchEntry.ts';

const INDEX = 'virtual:search-index';

type Indexed = SearchEntry & { body: string };

/**
 * `virtual:search-index`: the words of lessons, glossary, scenarios and experiments, indexed while building; the page that
 * searches fetches it when it is first opened.
 * @param root the project's folder. @param content where all of them are.
 */
export function searchIndex(root: string, content = join(root, 'content')): Plugin {
  return {
    name: 'hotpath:search',
    resolveId: (id) => (id === INDEX ? `\0${INDEX}` : undefined),
    async load(id) {
      if (id !== `\0${INDEX}`) return undefined;
      const index = new MiniSearch<Indexed>(searchOptions);
      index.addAll(await searchEntries(root, content));
      return `export const json = ${JSON.stringify(JSON.stringify(index))};\n`;
    },
    configureServer: (server) => reloadOnChange(server, content, (id) => id === `\0${INDEX}`),
  };
}

/** Everything that can be found. */
export async function searchEntries(root: string, content: string): Promise<Indexed[]> {
  const lessons = readLessons(join(content, 'lessons'), root).map(({ id, file, title, summary }): Indexed => {
    const { headings, prose } = plainLesson(readFileSync(join(root, file), 'utf8'));
    const to = `/learn/${id}`;
    return { id: `lesson ${id}`, kind: 'lesson', title, more: headings.join(' · '), text: summary, to, body: prose };
  });
  const terms = readTerms(join(content, 'glossary.yaml'), root).map(
    ({ id, term, also, text }): Indexed => ({
      id: `term ${id}`,
      kind: 'term',
      title: term,
      more: also.join(' · '),
      text,
      to: `/glossary?term=${id}`,
      body: '',
    }),
  );
  const scenarios = await Promise.all(
    yamlFiles(join(content, 'scenarios')).map(async (file) => (await readScenarioFile(file, root)).input),
  );
  const files = yamlFiles(join(content, 'experiments')).filter((file) => !file.endsWith('/claims.yaml'));
  const experiments = await readExperimentFiles(files, root, content);
  return [
    ...lessons,
    ...terms,
    ...scenarios
      .filter(({ listed }) => listed ?? true)
      .map(
        ({ id, title, summary = '', topic = '', view }): Indexed => ({
          id: `scenario ${id}`,
          kind: 'scenario',
          title,
          more: topic,
          text: summary,
          to: `/play/${id}`,
          body: view?.try ?? '',
        }),
      ),
    ...experiments.map(
      ({ id, title, topic, claims, claim, corrected }): Indexed => ({
        id: `experiment ${id}`,
        kind: 'experiment',
        title,
        more: `${topic} ${claims.join(' ')}`,
        text: claim,
        to: `/experiments/${id}`,
        body: corrected,
      }),
    ),
  ];
}

function yamlFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return names.sort((a, b) => (a < b ? -1 : 1)).map((name) => join(folder, name));
}
