import type { Problem } from '../../scenario/problems.ts';

/** What the process ends with. */
export const EXIT = {
  fine: 0,
  /** An expectation failed. */
  failed: 1,
  /** What came in is invalid. */
  invalid: 2,
  /** The engine broke. */
  broke: 3,
  /** Somebody pressed Ctrl-C: 128 + SIGINT, as shells have it. */
  interrupted: 130,
} as const;

/** What came in cannot be used; holds every reason. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('the input is invalid');
    this.problems = problems;
  }
}

/** The engine threw while a run was under way. */
export class EngineBroke extends Error {
  override readonly name = 'EngineBroke';
  /** Virtual time that had been reached, µs. */
  readonly atUs: number;

  constructor(cause: unknown, atUs: number) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.atUs = atUs;
  }
}

/** Somebody pressed Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('stopped');
  }
}

/** One problem of an option or a file, to be thrown. */
export function invalid(file: string, message: string, nearest?: string): InvalidInput {
  return new InvalidInput([nearest === undefined ? { file, path: '', message } : { file, path: '', message, nearest }]);
}
