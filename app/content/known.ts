import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What a lesson may name, by the fields of its front matter. */
export interface Known {
  sources: ReadonlySet<string>;
  scenarios: ReadonlySet<string>;
  /** Claims of the catalogue behind which an experiment stands. */
  claims: ReadonlySet<string>;
  /** Lessons of the course, written or planned. */
  prerequisites: ReadonlySet<string>;
  terms: ReadonlySet<string>;
}

/** The files of a content folder out of which {@link readKnown} is made, as far as they are single ones. */
export function knownFiles(content: string): string[] {
  return ['course.yaml', 'glossary.yaml', 'sources.yaml', 'experiments/claims.yaml'].map((name) => join(content, name));
}

/**
 * The names there are. Reads no more of a file than its names: what is wrong with a scenario or an experiment is said by the
 * plugin that reads it.
 */
export function readKnown(content: string): Known {
  const ids = (name: string) => new Set(list(join(content, name)).map(({ id }) => String(id)));
  const scenarios = yamlNames(join(content, 'scenarios'));
  const proven = new Set<string>();
  for (const name of yamlNames(join(content, 'experiments'))) {
    const text = readFileSync(join(content, 'experiments', `${name}.yaml`), 'utf8');
    for (const id of /^claims: *\[([^\]]*)\]/m.exec(text)?.[1].split(',') ?? []) proven.add(id.trim());
  }
  const claims = [...ids('experiments/claims.yaml')].filter((id) => proven.has(id));
  const course = list(join(content, 'course.yaml')) as { lessons?: { id: string }[] }[];
  return {
    sources: ids('sources.yaml'),
    scenarios: new Set(scenarios),
    claims: new Set(claims),
    prerequisites: new Set(course.flatMap(({ lessons = [] }) => lessons.map(({ id }) => id))),
    terms: ids('glossary.yaml'),
  };
}

/** That a name is not known, in words, with the nearest that is. */
export function unknownName(what: string, name: string, known: Iterable<string>): string {
  const nearest = [...known].find((other) => isNear(name, other));
  return `found no ${what} called ${name}${nearest === undefined ? '' : `, did you mean ${nearest}?`}`;
}

function list(file: string): { id?: unknown }[] {
  if (!existsSync(file)) return [];
  const value: unknown = parse(readFileSync(file, 'utf8'));
  return Array.isArray(value) ? value : [];
}

function yamlNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -5)] : []));
}

/** Two names that differ by one letter more, less or other, or of which one begins with the other. */
function isNear(a: string, b: string): boolean {
  if (a.length > 3 && b.length > 3 && (a.startsWith(b) || b.startsWith(a))) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let head = 0;
  while (head < a.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  return Math.max(a.length, b.length) - head - tail <= 1;
}
