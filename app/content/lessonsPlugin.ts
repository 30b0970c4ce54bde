import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizePath, type Plugin } from 'vite';
import * as z from 'zod/mini';
import { ContentError } from './ContentError.ts';
import { type Complaint, readYaml } from './readYaml.ts';
import { reloadOnChange } from './reloadOnChange.ts';

const INDEX = 'virtual:lessons';
const folderName = /^(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)$/;

const text = (max: number) => {
  const error = `expected text of 1 to ${max} characters`;
  return z.string({ error }).check(z.minLength(1, { error }), z.maxLength(max, { error }));
};
const minutes = 'expected a whole number from 1 to 60';

const frontMatter = z.strictObject({
  title: text(80),
  summary: text(300),
  minutes: z
    .number({ error: minutes })
    .check(z.int({ error: minutes }), z.gte(1, { error: minutes }), z.lte(60, { error: minutes })),
  /** The title of the part; the first lesson of a part gives it. */
  part: z.optional(text(60)),
  /** Source documents by the first three digits of their name, scenarios by id, claims of the catalogue by id. */
  sources: z._default(z.array(z.string().check(z.regex(/^\d{3}$/, { error: 'expected three digits in quotes' }))), []),
  scenarios: z._default(z.array(text(60)), []),
  claims: z._default(z.array(text(10)), []),
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
 * @param root the project's folder. @param folder where the parts are.
 */
export function lessons(root: string, folder = join(root, 'content/lessons')): Plugin {
  return {
    name: 'hotpath:lessons',
    resolveId: (id) => (id === INDEX ? `\0${INDEX}` : undefined),
    load(id) {
      if (id !== `\0${INDEX}`) return undefined;
      const all = readLessons(folder, root);
      for (const { file } of all) this.addWatchFile(join(root, file));
      const index = all.map((one) => ({ ...one, file: undefined }));
      const loaders = all.map(
        (one) => `${JSON.stringify(one.id)}: () => import(${JSON.stringify(normalizePath(join(root, one.file)))})`,
      );
      return `export const index = ${JSON.stringify(index)};\nexport const load = { ${loaders.join(', ')} };\n`;
    },
    configureServer: (server) => reloadOnChange(server, folder, (id) => id === `\0${INDEX}`),
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
      if (all.some((other) => other.id === id))
        throw new ContentError(shown, 1, 1, `another lesson is called ${id} too`);
      const { summary, minutes } = fields;
      all.push({
        id,
        file: shown,
        title: fields.title,
        summary,
        minutes,
        part: title,
        place: place + 1,
        of: written.length,
      });
    });
  }
  return all;
}

/** The checked front matter of one MDX file. @throws ContentError with the line in the file. */
export function readFrontMatter(file: string, text: string): z.infer<typeof frontMatter> {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text);
  if (match === null)
    throw new ContentError(file, 1, 1, 'expected front matter: title, summary and minutes between lines of ---');
  const check = (value: unknown) => frontMatter.safeParse(value).error?.issues.flatMap(complaintsOf) ?? [];
  return readYaml(file, match[1], 2, check) as z.infer<typeof frontMatter>;
}

function complaintsOf(issue: z.core.$ZodIssue): Complaint[] {
  const known = Object.keys(frontMatter.shape).join(', ');
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: issue.message }];
  return issue.keys.map((key) => ({ path: [key], message: `found an unknown field, expected one of ${known}` }));
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
