import type { EventTarget } from '../kernel/EventQueue.ts';
import type { Simulation } from '../kernel/Simulation.ts';
import { exponential } from '../random/distributions.ts';
import { Stream } from '../random/Stream.ts';
import type { Workload } from '../scenario/schema.ts';

/** Arguments of the source's events. */
const TOGGLE = -1;
const WAKE = -2;
const STOP = -3;

/**
 * When the requests of an open workload arrive: Poisson, evenly, or in bursts (a Poisson process whose rate switches
 * between two levels). Works in units of expected arrivals, so that a rate changed half way takes effect at once and the
 * same luck serves any rate.
 */
export class Arrivals implements EventTarget {
  /** The rate is multiplied by this (a burst from outside). */
  boost = 1;
  private readonly stream: Stream;
  private remaining = 0;
  private sinceUs = 0;
  private ratePerUs = 0;
  private generation = 0;
  private bursting = false;
  private running = false;
  private readonly simulation: Simulation;
  private readonly workload: Workload;
  private readonly arrive: () => void;

  constructor(simulation: Simulation, seed: number, name: string, workload: Workload, arrive: () => void) {
    this.simulation = simulation;
    this.workload = workload;
    this.arrive = arrive;
    this.stream = new Stream(seed, `${name}.arrivals`);
  }

  /** Schedules the start; call once. */
  begin(): void {
    const { from, until, arrivals } = this.workload;
    this.remaining = this.draw();
    this.simulation.at(from, this, WAKE);
    if (until < Number.POSITIVE_INFINITY) this.simulation.at(until, this, STOP);
    if (arrivals === 'bursty') this.simulation.at(from + this.span(this.workload.burstOff), this, TOGGLE);
  }

  /** The rate, the boost or the burst changed: what is left until the next arrival is walked at the new rate. */
  retime(): void {
    const now = this.simulation.nowUs;
    this.remaining = Math.max(0, this.remaining - (now - this.sinceUs) * this.ratePerUs);
    this.sinceUs = now;
    this.ratePerUs = this.running ? (this.workload.rate * this.boost * (this.bursting ? this.workload.burstFactor : 1)) / 1e6 : 0;
    this.generation++;
    if (this.ratePerUs > 0) this.schedule();
  }

  fire(argument: number): void {
    if (argument === this.generation) {
      this.remaining = this.draw();
      this.sinceUs = this.simulation.nowUs;
      this.schedule();
      this.arrive();
    } else if (argument === WAKE || argument === STOP) {
      this.running = argument === WAKE;
      this.sinceUs = this.simulation.nowUs;
      this.retime();
    } else if (argument === TOGGLE) {
      this.bursting = !this.bursting;
      this.simulation.after(this.span(this.bursting ? this.workload.burstOn : this.workload.burstOff), this, TOGGLE);
      this.retime();
    }
  }

  private schedule(): void {
    const delayUs = Math.round(this.remaining / this.ratePerUs);
    if (delayUs < 2 ** 52) this.simulation.after(delayUs, this, this.generation);
  }

  private draw(): number {
    const u = this.stream.uniformOpen();
    return this.workload.arrivals === 'constant' ? 1 : exponential(1, u);
  }

  private span(meanUs: number): number {
    return Math.max(1, Math.round(exponential(meanUs, this.stream.uniformOpen())));
  }
}
