import { existsSync, readFileSync } from 'node:fs';
import { normalizePath } from 'vite';
import * as z from 'zod/mini';
import type { CoursePart } from './lessons.ts';
import { readYaml } from './readYaml.ts';

const text = (max: number) => {
  const error = `expected text of 1 to ${max} characters`;
  return z.string({ error }).check(z.minLength(1, { error }), z.maxLength(max, { error }));
};
const slug = z
  .string()
  .check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'expected lower-case words joined by hyphens' }));
const courseSchema = z.array(
  z.strictObject({
    part: text(60),
    asks: text(120),
    lessons: z.array(z.strictObject({ id: slug, title: text(80) })).check(z.minLength(1)),
  }),
);

/** The plan of the course: its parts in order, with all lessons, written or planned. @throws ContentError with its place. */
export function readCourse(file: string, root: string): CoursePart[] {
  if (!existsSync(file)) return [];
  const shown = normalizePath(file).replace(`${normalizePath(root)}/`, '');
  const check = (value: unknown) => {
    const read = courseSchema.safeParse(value);
    if (!read.success) return read.error.issues.map(({ path, message }) => ({ path, message }));
    const ids = read.data.flatMap(({ lessons }, part) => lessons.map(({ id }, place) => ({ id, part, place })));
    return ids.flatMap(({ id, part, place }, index) =>
      ids.findIndex((other) => other.id === id) < index
        ? [{ path: [part, 'lessons', place, 'id'], message: `found ${id} a second time, expected it once` }]
        : [],
    );
  };
  return readYaml(shown, readFileSync(file, 'utf8'), 1, check) as CoursePart[];
}
