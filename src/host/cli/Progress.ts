const patienceMs = 1000;

/** A line on a terminal's stderr that says how far a longer piece of work has come; silent elsewhere. */
export class Progress {
  private readonly startMs = performance.now();
  private readonly what: string;
  private shown = false;

  constructor(what: string) {
    this.what = what;
  }

  /** `share` of the work is done, 0..1. */
  tell(share: number): void {
    if (!process.stderr.isTTY || performance.now() - this.startMs < patienceMs) return;
    this.shown = true;
    process.stderr.write(`\r\u001b[K${this.what} ${Math.floor(share * 100)} %`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.shown) process.stderr.write('\r\u001b[K');
    this.shown = false;
  }
}
