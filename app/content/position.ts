/** A mistake in a content file; Vite and Rollup print `id`, `loc` and `message` as file:line:column. */
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
}
