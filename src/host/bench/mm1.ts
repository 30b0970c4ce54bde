import type { Process } from '../../kernel/Effect.ts';
import { sleep, slot } from '../../kernel/effects.ts';
import type { EventTarget } from '../../kernel/EventQueue.ts';
import { Simulation } from '../../kernel/Simulation.ts';
import { Task } from '../../kernel/Task.ts';
import { type InLine, Station, type StationOwner } from '../../nodes/Station.ts';
import { exponential } from '../../random/distributions.ts';
import { Stream } from '../../random/Stream.ts';

/** The draws of one M/M/1 run, made beforehand so that no random generator is measured: whole µs. */
export interface Mm1Draws {
  /** Time between a customer and the one before. */
  gapsUs: Float64Array;
  serviceUs: Float64Array;
}

/** What all runs of the same draws must agree on, whoever ran them. */
export interface Mm1Result {
  served: number;
  /** Sum over all customers of the time from arrival to departure, µs. */
  inSystemUs: number;
  /** When the last customer left, µs. */
  lastUs: number;
}

/** Poisson arrivals at 80 % of what one exponential server (mean 1 ms) can do. */
export function mm1Draws(customers: number): Mm1Draws {
  const stream = new Stream(1, 'bench.mm1');
  const gapsUs = new Float64Array(customers);
  const serviceUs = new Float64Array(customers);
  for (let index = 0; index < customers; index++) {
    gapsUs[index] = Math.round(exponential(1250, stream.uniformOpen()));
    serviceUs[index] = Math.round(exponential(1000, stream.uniformOpen()));
  }
  return { gapsUs, serviceUs };
}

/** The queue as this engine writes its own nodes: events with targets, and a station. */
export function mm1OnKernel(draws: Mm1Draws): Mm1Result {
  return new Queue(draws).run();
}

class Queue implements EventTarget, StationOwner<Customer> {
  readonly simulation = new Simulation();
  readonly station = new Station<Customer>(this.simulation, this, 1, Number.POSITIVE_INFINITY);
  readonly result: Mm1Result = { served: 0, inSystemUs: 0, lastUs: 0 };
  private next = 0;
  private readonly draws: Mm1Draws;

  constructor(draws: Mm1Draws) {
    this.draws = draws;
  }

  run(): Mm1Result {
    this.simulation.after(this.draws.gapsUs[0], this);
    this.simulation.run(Number.MAX_SAFE_INTEGER);
    return this.result;
  }

  fire(): void {
    const { gapsUs, serviceUs } = this.draws;
    const index = this.next++;
    if (this.next < gapsUs.length) this.simulation.after(gapsUs[this.next], this);
    this.station.offer(new Customer(this, serviceUs[index]));
  }

  serve(customer: Customer): void {
    this.simulation.after(customer.serviceUs, customer);
  }
}

class Customer implements EventTarget, InLine {
  behind: InLine | null = null;
  leftLine = false;
  readonly serviceUs: number;
  private readonly arrivedUs: number;
  private readonly queue: Queue;

  constructor(queue: Queue, serviceUs: number) {
    this.queue = queue;
    this.serviceUs = serviceUs;
    this.arrivedUs = queue.simulation.nowUs;
  }

  fire(): void {
    const { result, simulation, station } = this.queue;
    station.release();
    result.served++;
    result.inSystemUs += simulation.nowUs - this.arrivedUs;
    result.lastUs = simulation.nowUs;
  }
}

/** The queue as a pattern would be written: a process that sends, and a process for every customer. */
export function mm1WithProcesses({ gapsUs, serviceUs }: Mm1Draws): Mm1Result {
  const simulation = new Simulation();
  const result: Mm1Result = { served: 0, inSystemUs: 0, lastUs: 0 };
  const station = new Station<Place>(simulation, { serve: (place) => place.granted() }, 1, Number.POSITIVE_INFINITY);
  const line = { acquire: (granted: () => void) => void station.offer({ behind: null, leftLine: false, granted }) };

  function* customer(index: number): Process<void> {
    const arrivedUs = simulation.nowUs;
    yield* slot(line);
    yield* sleep(serviceUs[index]);
    station.release();
    result.served++;
    result.inSystemUs += simulation.nowUs - arrivedUs;
    result.lastUs = simulation.nowUs;
  }

  function* source(): Process<void> {
    for (let index = 0; index < gapsUs.length; index++) {
      yield* sleep(gapsUs[index]);
      new Task(simulation, customer(index), null).begin();
    }
  }

  new Task(simulation, source(), null).begin();
  simulation.run(Number.MAX_SAFE_INTEGER);
  return result;
}

interface Place extends InLine {
  granted: () => void;
}
