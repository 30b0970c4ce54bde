import { exp, log } from '../random/math.ts';
import { Stream } from '../random/Stream.ts';

/** Draws of one scenario: all from one stream, so that (seed, number) names it. */
export class Dice {
  private readonly stream: Stream;

  constructor(seed: number, number: number) {
    this.stream = new Stream(seed, `fuzz.${number}`);
  }

  chance(share: number): boolean {
    return this.stream.uniform() < share;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.stream.below(high - low + 1);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.stream.below(list.length)];
  }

  /** Between two positive numbers, evenly over their logarithms. */
  scale(low: number, high: number): number {
    return low * exp(this.stream.uniform() * log(high / low));
  }
}

/** What the values of one scenario are drawn against. */
export interface Limits {
  durationUs: number;
  keyCount: number;
  /** Times are short against the run, so that most requests are answered. */
  mild: boolean;
  /** Names of the features that are in play. */
  features: ReadonlySet<string>;
}

/** A time of whole microseconds, as a scenario writes it. */
export function us(time: number): string {
  return `${Math.max(0, Math.round(time))}us`;
}
