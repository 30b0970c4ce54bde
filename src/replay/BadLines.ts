/** A line that could not be read. */
export interface BadLine {
  /** From 1. */
  line: number;
  /** `found …, expected …`. */
  reason: string;
}

/** The bad lines of a file: the first of them, and how many there are. */
export class BadLines {
  readonly first: BadLine[] = [];
  count = 0;
  private readonly most: number;

  /** At most so many are remembered. */
  constructor(most: number) {
    this.most = most;
  }

  /** One more. */
  add(line: number, reason: string): void {
    this.count++;
    if (this.first.length < this.most) this.first.push({ line, reason });
  }
}
