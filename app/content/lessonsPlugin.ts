import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizePath, type Plugin } from 'vite';
import * as z from 'zod/mini';
import { ContentError } from './position.ts';
import { type Complaint, readYaml } from './readYaml.ts';

const INDEX = 'virtual:lessons';
const folderName = /^(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)$/;

const frontMatter = z.strictObject({
  title: z.string().check(z.minLength(1), z.maxLength(80)),
  summary: z.string().check(z.minLength(1), z.maxLength(300)),
  minutes: z.number().check(z.int(), z.gte(1), z.lte(60)),
  /** The title of the part; the first lesson of a part gives it. */
  part: z.optional(z.string().check(z.maxLength(60))),
});

/** One lesson as the index knows it. */
export interface LessonFile {
  id: string;
  file: string;
  title: string;
  summary: string;
  minutes: number;
  part: string;
  /** Place within its part, from 1, and how many the part has. */
  place: number;
  of: number;
}

/**
 * `virtual:lessons`: the index of `content/lessons/<nn-part>/<nn-slug>/index.mdx`, read from front matter alone, so that
 * no lesson's text gets into the start chunk; `load` fetches one.
 * @param root the project's folder.
 */
export function lessons(root: string): Plugin {
  const folder = join(root, 'content/lessons');
  return {
    name: 'hotpath:lessons',
    resolveId: (id) => (id === INDEX ? `\0${INDEX}` : undefined),
    load(id) {
      if (id !== `\0${INDEX}`) return undefined;
      const all = readLessons(folder, root);
      for (const { file } of all) this.addWatchFile(join(root, file));
      const index = all.map(({ file: _, ...entry }) => entry);
      const loaders = all.map((one) => `${JSON.stringify(one.id)}: () => import(${JSON.stringify(`/${one.file}`)})`);
      return `export const index = ${JSON.stringify(index)};\nexport const load = { ${loaders.join(', ')} };\n`;
    },
    configureServer(server) {
      server.watcher.add(folder);
      const reload = (file: string) => {
        const module = server.moduleGraph.getModuleById(`\0${INDEX}`);
        if (!module || !normalizePath(file).startsWith(normalizePath(folder))) return;
        server.moduleGraph.invalidateModule(module);
        server.ws.send({ type: 'full-reload' });
      };
      server.watcher.on('add', reload).on('change', reload).on('unlink', reload);
    },
  };
}

/** Every lesson in reading order. @throws ContentError for front matter that does not fit, and for a slug used twice. */
export function readLessons(folder: string, root: string): LessonFile[] {
  const all: LessonFile[] = [];
  for (const part of numbered(folder)) {
    const files = numbered(join(folder, part)).map((name) => ({ name, file: join(folder, part, name, 'index.mdx') }));
    const written = files.filter(({ file }) => existsSync(file));
    let title = sentence(part);
    written.forEach(({ name, file }, place) => {
      const shown = normalizePath(file).replace(`${normalizePath(root)}/`, '');
      const fields = readFrontMatter(shown, readFileSync(file, 'utf8'));
      title = fields.part ?? title;
      const id = name.slice(3);
      if (all.some((other) => other.id === id)) throw new ContentError(shown, 1, 1, `another lesson is called ${id} too`);
      const { summary, minutes } = fields;
      all.push({ id, file: shown, title: fields.title, summary, minutes, part: title, place: place + 1, of: written.length });
    });
  }
  return all;
}

/** The checked front matter of one MDX file. @throws ContentError with the line in the file. */
export function readFrontMatter(file: string, text: string): z.infer<typeof frontMatter> {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text);
  if (match === null) throw new ContentError(file, 1, 1, 'expected front matter: title, summary and minutes between lines of ---');
  const check = (value: unknown): Complaint[] => {
    const result = frontMatter.safeParse(value);
    return result.success ? [] : result.error.issues.map(({ path, message }) => ({ path, message }));
  };
  return readYaml(file, match[1], 2, check) as z.infer<typeof frontMatter>;
}

function numbered(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => folderName.test(name))
    .sort((a, b) => (a < b ? -1 : 1));
}

function sentence(folder: string): string {
  const words = folder.slice(3).replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
