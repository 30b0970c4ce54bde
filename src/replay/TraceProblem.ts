/** A trace that cannot be used, or not to its end; the message says why, in words for the person whose file it is. */
export class TraceProblem extends Error {
  override readonly name = 'TraceProblem';
  /** The line at which reading ended, from 1; undefined where it is not about a line. */
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(message);
    this.line = line;
  }
}
