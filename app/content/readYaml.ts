import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { ContentError } from './ContentError.ts';

/** One complaint of a schema: where in the document, and what. */
export interface Complaint {
  path: readonly PropertyKey[];
  message: string;
}

/**
 * Reads a YAML map or list, such as front matter, and holds it against a check.
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
  const placeOf = (path: readonly PropertyKey[]): number => offsetOf(document.contents, path);
  const broken = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    ...at(pos[0]),
    path: '',
    message,
  }));
  if (broken.length > 0) throw ContentError.ofProblems(file, broken);
  const value: unknown = document.toJS();
  const problems = check(value).map(({ path, message }) => ({
    ...at(placeOf(path)),
    path: path.join('.'),
    message,
  }));
  if (problems.length > 0) throw ContentError.ofProblems(file, problems);
  return value;
}

/** Where the deepest part of a path stands that is really there: a key for a map, an item for a list. */
function offsetOf(node: Node | null, [step, ...rest]: readonly PropertyKey[]): number {
  const here = node?.range?.[0] ?? 0;
  if (step === undefined) return here;
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => String(key) === String(step));
    if (pair === undefined) return here;
    const key = (pair.key as Node).range?.[0] ?? here;
    return rest.length === 0 ? key : Math.max(key, offsetOf(pair.value as Node | null, rest));
  }
  if (!isSeq(node)) return here;
  const item = node.items[Number(step)] as Node | undefined;
  return item === undefined ? here : offsetOf(item, rest);
}
