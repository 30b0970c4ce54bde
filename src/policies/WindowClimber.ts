import type { InsideGauge } from './Insides.ts';

/** Requests in a sample, for each entry of the cache. */
const REQUESTS_AN_ENTRY = 10;

/** The first step, and the one after a jump of the hit ratio, as a share of the cache. */
const STEP_SHARE = 0.0625;

/** What a step is of the one before it. */
const STEP_DECAY = 0.98;

/** A change of the hit ratio from which the search starts anew. */
const RESTART_CHANGE = 0.05;

/**
 * Looks for the window size of W-TinyLFU with the best hit ratio by hill climbing: after each sample of ten requests for each entry
 * of the cache it keeps its direction if the hit ratio did not fall and turns round if it did. Steps start at a sixteenth of the
 * cache, shrink by 2 % each, and start anew when the hit ratio jumps by 5 points. A step of a part of an entry moves one entry, so that
 * small caches climb too (Caffeine drops it, and caches below 16 entries stand still).
 *
 * Source: Einziger, Eytan, Friedman and Manes, "Adaptive software cache management", ACM/IFIP Middleware 2018; constants and the
 * first direction (a smaller window) as in Caffeine 3.
 */
export class WindowClimber {
  private readonly capacity: number;
  private readonly sampleSize: number;
  private step: number;
  private lastRatio = 0;
  private hits = 0;
  private requests = 0;

  constructor(capacityEntries: number) {
    this.capacity = capacityEntries;
    this.sampleSize = REQUESTS_AN_ENTRY * capacityEntries;
    this.step = -STEP_SHARE * capacityEntries;
  }

  /** One more request, `hit` 1 or 0. Returns by how many entries the window should grow now: mostly 0, negative to shrink. */
  hear(hit: number): number {
    this.hits += hit;
    if (++this.requests < this.sampleSize) return 0;
    const ratio = this.hits / this.requests;
    const change = ratio - this.lastRatio;
    const amount = change >= 0 ? this.step : -this.step;
    const first = amount >= 0 ? STEP_SHARE * this.capacity : -STEP_SHARE * this.capacity;
    this.step = Math.abs(change) >= RESTART_CHANGE ? first : STEP_DECAY * amount;
    this.lastRatio = ratio;
    this.hits = 0;
    this.requests = 0;
    return amount >= 0 ? Math.ceil(amount) : Math.floor(amount);
  }

  /** Where the sample stands and how long the next step is. For display. */
  gauges(): InsideGauge[] {
    return [
      { id: 'sample', title: 'Requests in the sample', value: this.requests, most: this.sampleSize },
      { id: 'last-ratio', title: 'Hit ratio of the last sample', value: this.lastRatio, most: 1 },
      { id: 'step', title: 'Step of the window', value: this.step, most: null },
    ];
  }
}
