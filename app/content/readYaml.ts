import { isMap, isPair, LineCounter, parseDocument } from 'yaml';
import { ContentError } from './position.ts';

/** One complaint of a schema: where in the document, and what. */
export interface Complaint {
  path: readonly PropertyKey[];
  message: string;
}

/**
 * Reads one YAML document and holds it against a check.
 * @param firstLine the line of the file on which the text begins, from 1 (front matter begins on line 2).
 * @param check returns what is wrong with the plain value, or nothing.
 * @throws ContentError with file, line and column: the first mistake, all others named below it.
 */
export function readYaml(file: string, text: string, firstLine: number, check: (value: unknown) => Complaint[]): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: line + firstLine - 1, column: col };
  };
  const problems = [...document.errors, ...document.warnings].map((error) => ({ ...at(error.pos[0]), message: error.message }));
  const value: unknown = problems.length === 0 ? document.toJS() : undefined;
  if (problems.length === 0) {
    for (const { path, message } of check(value)) {
      const where = path.length === 0 ? '' : `${path.map(String).join('.')}: `;
      problems.push({ ...at(offsetOf(document, path)), message: where + message });
    }
  }
  const [first, ...others] = problems;
  if (first === undefined) return value;
  const rest = others.map((problem) => `\n  ${file}:${problem.line}:${problem.column}: ${problem.message}`).join('');
  throw new ContentError(file, first.line, first.column, first.message + rest);
}

/** Where a path stands in the text; of a key that is missing, where its nearest parent stands. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && String(item.key) === String(last));
      const range = (pair?.key as { range?: [number, number, number] } | undefined)?.range;
      if (range) return range[0];
    } else {
      const range = (document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined)?.range;
      if (range) return range[0];
    }
  }
  return 0;
}
