import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normalizePath, type Plugin } from 'vite';
import * as z from 'zod/mini';
import { ContentError } from './ContentError.ts';
import type { GlossaryEntry, SourceEntry } from './glossary.ts';
import { readLessons } from './lessonsPlugin.ts';
import { readYaml } from './readYaml.ts';
import { reloadOnChange } from './reloadOnChange.ts';

const INDEX = 'virtual:glossary';

const text = (max: number) => {
  const error = `expected text of 1 to ${max} characters`;
  return z.string({ error }).check(z.minLength(1, { error }), z.maxLength(max, { error }));
};
const slug = z
  .string()
  .check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'expected lower-case words joined by hyphens' }));

const termsSchema = z.array(
  z.strictObject({
    id: slug,
    term: text(40),
    also: z._default(z.array(text(40)), []),
    text: text(200),
    see: z.optional(slug),
  }),
);
const sourcesSchema = z.array(
  z.strictObject({
    id: z.string().check(z.regex(/^\d{3}$/, { error: 'expected three digits in quotes' })),
    title: text(60),
    covers: text(200),
  }),
);

/**
 * `virtual:glossary`: the terms of `content/glossary.yaml` in the order of the alphabet, and the documents of
 * `content/sources.yaml`. A term may name a lesson that is only planned; it is left out until that is written.
 * @param root the project's folder. @param content where the two files are.
 */
export function glossary(root: string, content = join(root, 'content')): Plugin {
  return {
    name: 'hotpath:glossary',
    resolveId: (id) => (id === INDEX ? `\0${INDEX}` : undefined),
    load(id) {
      if (id !== `\0${INDEX}`) return undefined;
      for (const name of ['glossary.yaml', 'sources.yaml']) this.addWatchFile(join(content, name));
      const written = new Set(readLessons(join(content, 'lessons'), root).map((lesson) => lesson.id));
      const terms = readTerms(join(content, 'glossary.yaml'), root).map(({ see, ...term }) =>
        see === undefined || !written.has(see) ? term : { ...term, see },
      );
      const sources = readSources(join(content, 'sources.yaml'), root);
      return `export const terms = ${JSON.stringify(terms)};\nexport const sources = ${JSON.stringify(sources)};\n`;
    },
    configureServer: (server) => reloadOnChange(server, content, (id) => id === `\0${INDEX}`),
  };
}

/** The terms in the order of the alphabet. @throws ContentError with the line of what does not fit. */
export function readTerms(file: string, root: string): GlossaryEntry[] {
  const terms = readList(file, root, termsSchema);
  return [...terms].sort((a, b) => (a.term.toLowerCase() < b.term.toLowerCase() ? -1 : 1));
}

/** The documents in the order of their numbers. @throws ContentError with the line of what does not fit. */
export function readSources(file: string, root: string): SourceEntry[] {
  return readList(file, root, sourcesSchema);
}

function readList<T extends { id: string }>(file: string, root: string, schema: z.ZodMiniType<T[]>): T[] {
  if (!existsSync(file)) return [];
  const shown = normalizePath(file).replace(`${normalizePath(root)}/`, '');
  const check = (value: unknown) => {
    const read = schema.safeParse(value);
    if (!read.success) return read.error.issues.map(({ path, message }) => ({ path, message }));
    return read.data.flatMap(({ id }, index) =>
      read.data.findIndex((other) => other.id === id) < index
        ? [{ path: [index, 'id'], message: `found ${id} a second time, expected it once` }]
        : [],
    );
  };
  const value = readYaml(shown, readFileSync(file, 'utf8'), 1, check);
  const read = schema.safeParse(value);
  if (!read.success) throw new ContentError(shown, 1, 1, 'cannot be read');
  return read.data;
}
