import { log } from '../random/math.ts';
import type { PolicyContext } from './Policy.ts';

/** Draws have so many values; this is a power of two, so that a share of them is exact. */
const draws = 2_147_483_648;

/** Counters have eight bits. */
const counters = 256;

/**
 * Decides which uses raise a logarithmic counter: one in `(counter − first) × logFactor + 1`, each use on its own. As uses at one value
 * of a counter are trials of one probability, whoever's they are, what is drawn is not each trial but how many it takes to the next that
 * succeeds: the same law for a draw a rise in place of a draw a use.
 * @source Redis 7.0, evict.c: LFULogIncr. The number of trials to a success is geometric; drawn by inversion: Devroye, "Non-Uniform
 * Random Variate Generation", 1986, chapter X.2
 */
export class LogCounterRises {
  private readonly context: Pick<PolicyContext, 'below'>;
  private readonly first: number;
  private readonly logFactor: number;
  /** By counter: how many uses from now on until one raises it; 0 where that has not been drawn. */
  private readonly usesLeft = new Int32Array(counters);

  /** Up to `first` every use raises a counter; `logFactor` is at least 0. */
  constructor(context: Pick<PolicyContext, 'below'>, first: number, logFactor: number) {
    this.context = context;
    this.first = first;
    this.logFactor = logFactor;
  }

  /** Whether this use of a key raises its counter, 0 to 255, which it leaves at most 255. */
  next(counter: number): boolean {
    const left = this.usesLeft[counter] - 1;
    if (left <= 0) return this.riseOrDraw(counter, left);
    this.usesLeft[counter] = left;
    return false;
  }

  private riseOrDraw(counter: number, left: number): boolean {
    if (counter <= this.first) return true;
    const after = left < 0 ? this.usesUntilRise(counter) - 1 : left;
    this.usesLeft[counter] = after;
    return after === 0 && counter < counters - 1;
  }

  private usesUntilRise(counter: number): number {
    const odds = (counter - this.first) * this.logFactor + 1;
    if (odds === 1) return 1;
    const luck = (this.context.below(draws) + 1) / draws;
    return 1 + Math.floor(log(luck) / log(1 - 1 / odds));
  }
}
