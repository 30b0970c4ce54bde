import type { Problem } from '../../src/index.ts';

/** A mistake in a content file. It fails the build; Vite prints `message`, which begins with file:line:column. */
export class ContentError extends Error {
  readonly id: string;
  readonly loc: { file: string; line: number; column: number };

  /** @param line from 1. @param column from 1. */
  constructor(file: string, line: number, column: number, problem: string) {
    super(`${file}:${line}:${column}: ${problem}`);
    this.name = 'ContentError';
    this.id = file;
    this.loc = { file, line, column };
  }

  /** The first of some problems, with the others named below it. @param problems at least one. */
  static ofProblems(file: string, problems: readonly Omit<Problem, 'file'>[]): ContentError {
    const lines = problems.map(({ line = 1, column = 1, path, message, nearest }) => {
      const hint = nearest === undefined ? '' : ` (did you mean ${nearest}?)`;
      return { line, column, text: `${path === '' ? '' : `${path}: `}${message}${hint}` };
    });
    const [first = { line: 1, column: 1, text: 'cannot be read' }, ...others] = lines;
    const rest = others.map(({ line, column, text }) => `\n  ${file}:${line}:${column}: ${text}`).join('');
    return new ContentError(file, first.line, first.column, first.text + rest);
  }
}
