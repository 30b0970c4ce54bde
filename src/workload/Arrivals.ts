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
  /** The rate is multiplied by each of these (bursts from outside). */
  private readonly boosts: number[] = [];
  private readonly stream: Stream;
  private readonly spans: Stream;
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
    this.spans = new Stream(seed, `${name}.bursts`);
  }

  /** Schedules the start; call once. */
  begin(): void {
    const { from, until, arrivals } = this.workload;
    if (until <= from) return;
    this.remaining = this.draw();
    this.simulation.at(from, this, WAKE);
    if (until < Number.POSITIVE_INFINITY) this.simulation.at(until, this, STOP);
    if (arrivals === 'bursty') this.simulation.at(from + this.span(this.workload.burstOff), this, TOGGLE);
  }

  /** Multiplies the rate from now on, until `unboost` with the same factor. */
  boost(factor: number): void {
    this.boosts.push(factor);
    this.retime();
  }

  /** Ends one burst of this factor. */
  unboost(factor: number): void {
    this.boosts.splice(this.boosts.indexOf(factor), 1);
    this.retime();
  }

  /** The rate, a boost or the burst may have changed: what is left until the next arrival is walked at the new rate. */
  retime(): void {
    const ratePerUs = this.currentRate() / 1e6;
    if (ratePerUs === this.ratePerUs) return;
    const now = this.simulation.nowUs;
    this.remaining = Math.max(0, this.remaining - (now - this.sinceUs) * this.ratePerUs);
    this.sinceUs = now;
    this.ratePerUs = ratePerUs;
    this.generation++;
    if (this.ratePerUs > 0) this.schedule();
  }

  fire(argument: number): void {
    if (argument === this.generation) {
      const now = this.simulation.nowUs;
      // What rounding to whole microseconds took from one gap is given to the next, or high rates would drift.
      this.remaining = Math.max(0, this.remaining - (now - this.sinceUs) * this.ratePerUs + this.draw());
      this.sinceUs = now;
      this.schedule();
      this.arrive();
    } else if (argument === WAKE || argument === STOP) {
      this.running = argument === WAKE;
      this.retime();
    } else if (argument === TOGGLE) {
      this.bursting = !this.bursting;
      this.simulation.after(this.span(this.bursting ? this.workload.burstOn : this.workload.burstOff), this, TOGGLE);
      this.retime();
    }
  }

  private currentRate(): number {
    if (!this.running) return 0;
    return this.boosts.reduce(
      (rate, factor) => rate * factor,
      this.workload.rate * (this.bursting ? this.workload.burstFactor : 1),
    );
  }

  private schedule(): void {
    const delayUs = Math.round(this.remaining / this.ratePerUs);
    if (delayUs < 4_503_599_627_370_496) this.simulation.after(delayUs, this, this.generation);
  }

  private draw(): number {
    const u = this.stream.uniformOpen();
    return this.workload.arrivals === 'constant' ? 1 : exponential(1, u);
  }

  private span(meanUs: number): number {
    return Math.max(1, Math.round(exponential(meanUs, this.spans.uniformOpen())));
  }
}
