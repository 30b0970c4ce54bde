import { isMap, LineCounter, parseDocument } from 'yaml';
import { ContentError } from './ContentError.ts';

/** One complaint of a schema: where in the document, and what. */
export interface Complaint {
  path: readonly PropertyKey[];
  message: string;
}

/**
 * Reads a flat YAML map, such as front matter, and holds it against a check.
 * @param firstLine the line of the file on which the text begins, from 1 (front matter begins on line 2).
 * @param check returns what is wrong with the plain value, or nothing.
 * @throws ContentError with file, line and column: the first mistake, all others named below it.
 */
export function readYaml(
  file: string,
  text: string,
  firstLine: number,
  check: (value: unknown) => Complaint[],
): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line) + firstLine - 1, column: Math.max(1, col) };
  };
  const placeOf = (name: PropertyKey | undefined): number => {
    if (name === undefined || !isMap(document.contents)) return 0;
    const pair = document.contents.items.find(({ key }) => String(key) === String(name));
    return (pair?.key as { range?: readonly number[] } | undefined)?.range?.[0] ?? 0;
  };
  const broken = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    ...at(pos[0]),
    path: '',
    message,
  }));
  if (broken.length > 0) throw ContentError.ofProblems(file, broken);
  const value: unknown = document.toJS();
  const problems = check(value).map(({ path, message }) => ({
    ...at(placeOf(path[0])),
    path: path.join('.'),
    message,
  }));
  if (problems.length > 0) throw ContentError.ofProblems(file, problems);
  return value;
}
