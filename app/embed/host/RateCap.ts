/** Lets through so many things a second and no more. */
export class RateCap {
  private times: number[] = [];
  private readonly perSecond: number;

  constructor(perSecond: number) {
    this.perSecond = perSecond;
  }

  /** Whether one more is allowed at this time (ms); if so it counts. */
  allow(nowMs: number): boolean {
    this.times = this.times.filter((time) => nowMs - time < 1000);
    if (this.times.length >= this.perSecond) return false;
    this.times.push(nowMs);
    return true;
  }
}
