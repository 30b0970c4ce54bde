/** Smallest change worth telling, px; and how many growths in how long make a loop. */
const smallestPx = 2;
const growthsAtMost = 20;
const withinMs = 2000;

/** What is to be done with a measured height. */
export type SizeVerdict = 'send' | 'ignore' | 'loop';

/**
 * Decides which heights are told to the page around. A page that makes its frame higher because we asked may make us
 * higher again: after twenty growths in two seconds nothing more is told, and `loop` is said once.
 */
export class SizeReporter {
  private lastPx = Number.NEGATIVE_INFINITY;
  private growths: number[] = [];
  private stopped = false;

  /** @param heightPx as measured. @param nowMs any clock. */
  judge(heightPx: number, nowMs: number): SizeVerdict {
    if (this.stopped || Math.abs(heightPx - this.lastPx) < smallestPx) return 'ignore';
    if (heightPx > this.lastPx && this.lastPx > 0) {
      this.growths = [...this.growths.filter((time) => nowMs - time < withinMs), nowMs];
      if (this.growths.length > growthsAtMost) {
        this.stopped = true;
        return 'loop';
      }
    }
    this.lastPx = heightPx;
    return 'send';
  }
}
