import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizePath, type Plugin } from 'vite';
import * as z from 'zod/mini';
import { ContentError } from './ContentError.ts';
import { readCourse } from './course.ts';
import { type Known, knownFiles, readKnown, unknownName } from './known.ts';
import { type Complaint, readYaml } from './readYaml.ts';
import { reloadOnChange } from './reloadOnChange.ts';

const INDEX = 'virtual:lessons';
const COUNT = 'virtual:lesson-count';
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
  /** Lessons that come before this one, by slug; terms of the glossary that it explains, by id. */
  prerequisites: z._default(z.array(text(60)), []),
  terms: z._default(z.array(text(60)), []),
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
  sources: readonly string[];
  scenarios: readonly string[];
  claims: readonly string[];
  prerequisites: readonly string[];
  terms: readonly string[];
}

/**
 * `virtual:lessons`: the index of `content/lessons/<nn-part>/<nn-slug>/index.mdx`, read from front matter alone, so that
 * no lesson's text gets into the start chunk; `load` fetches one.
 * @param root the project's folder. @param content what lessons may name. @param folder where the parts are.
 */
export function lessons(root: string, content = join(root, 'content'), folder = join(content, 'lessons')): Plugin {
  return {
    name: 'hotpath:lessons',
    resolveId: (id) => (id === INDEX || id === COUNT ? `\0${id}` : undefined),
    load(id) {
      if (id !== `\0${INDEX}` && id !== `\0${COUNT}`) return undefined;
      const all = readLessons(folder, root, readKnown(content));
      for (const { file } of all) this.addWatchFile(join(root, file));
      for (const watched of knownFiles(content)) this.addWatchFile(watched);
      if (id === `\0${COUNT}`) return countModule(all);
      const index = all.map((one) => ({ ...one, file: undefined, scenarios: undefined, terms: undefined }));
      const course = readCourse(join(content, 'course.yaml'), root);
      const loaders = all.map(
        (one) => `${JSON.stringify(one.id)}: () => import(${JSON.stringify(normalizePath(join(root, one.file)))})`,
      );
      return `export const index = ${JSON.stringify(index)};\nexport const course = ${JSON.stringify(course)};\nexport const load = { ${loaders.join(', ')} };\n`;
    },
    configureServer: (server) => reloadOnChange(server, folder, (id) => id === `\0${INDEX}` || id === `\0${COUNT}`),
  };
}

/** What the first view says of the lessons, without their index. */
function countModule(all: readonly LessonFile[]): string {
  const [first] = all;
  const minutes = all.reduce((sum, one) => sum + one.minutes, 0);
  const counted = {
    count: all.length,
    minutes,
    first: first && { id: first.id, title: first.title, minutes: first.minutes },
  };
  return `export const counted = ${JSON.stringify(counted)};\n`;
}

/**
 * Every lesson in reading order. @throws ContentError for front matter that does not fit, and for a slug used twice.
 * @param known what lessons may name; names are not looked up without it.
 */
export function readLessons(folder: string, root: string, known?: Known): LessonFile[] {
  const all: LessonFile[] = [];
  for (const part of numbered(folder)) {
    const files = numbered(join(folder, part)).map((name) => ({ name, file: join(folder, part, name, 'index.mdx') }));
    const written = files.filter(({ file }) => existsSync(file));
    let title = sentence(part);
    written.forEach(({ name, file }, place) => {
      const shown = normalizePath(file).replace(`${normalizePath(root)}/`, '');
      const fields = readFrontMatter(shown, readFileSync(file, 'utf8'), known);
      title = fields.part ?? title;
      const id = name.slice(3);
      if (all.some((other) => other.id === id))
        throw new ContentError(shown, 1, 1, `another lesson is called ${id} too`);
      const { sources = [], scenarios = [], claims = [], prerequisites = [], terms = [] } = fields;
      all.push({
        id,
        file: shown,
        title: fields.title,
        summary: fields.summary,
        minutes: fields.minutes,
        sources,
        scenarios,
        claims,
        prerequisites,
        terms,
        part: title,
        place: place + 1,
        of: written.length,
      });
    });
  }
  return all;
}

/** The checked front matter of one MDX file, as written. @throws ContentError with the line in the file. */
export function readFrontMatter(file: string, text: string, known?: Known): z.input<typeof frontMatter> {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text);
  if (match === null)
    throw new ContentError(file, 1, 1, 'expected front matter: title, summary and minutes between lines of ---');
  const check = (value: unknown) => {
    const read = frontMatter.safeParse(value);
    if (!read.success) return read.error.issues.flatMap(complaintsOf);
    return known === undefined ? [] : strangers(read.data, known);
  };
  return readYaml(file, match[1], 2, check) as z.input<typeof frontMatter>;
}

/** Names in front matter that there are not, with the nearest that there is. */
function strangers(fields: z.infer<typeof frontMatter>, known: Known): Complaint[] {
  const lists = [
    ['sources', 'document'],
    ['scenarios', 'scenario'],
    ['claims', 'claim with an experiment'],
    ['prerequisites', 'lesson'],
    ['terms', 'term of the glossary'],
  ] as const;
  return lists.flatMap(([field, what]) =>
    fields[field].flatMap((name, index) =>
      known[field].has(name) ? [] : [{ path: [field, index], message: unknownName(what, name, known[field]) }],
    ),
  );
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
