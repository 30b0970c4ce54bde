import { OUTCOME } from '../spans/codes.ts';
import { type Call, type Callee, STAGE } from './Call.ts';
import type { Environment } from './Environment.ts';
import { Station, type StationOwner } from './Station.ts';
import { TimeoutLine } from './TimeoutLine.ts';

/** What differs between the nodes that are slots with a line before them. */
export interface Service {
  slots(): number;
  queue(): number;
  linkUs(call: Call, isBack: boolean): number;
  timeoutUs(): number;
  /** Service time before any slow-down, µs. */
  serviceUs(call: Call): number;
  /** Does the work. False: the answer goes back now. True: the work goes on, and the service answers itself. */
  work(call: Call): boolean;
  /** The node crashed: forget what a crash forgets. */
  crashed(): void;
  /** The node is there again. */
  restarted?(): void;
}

/** A node that serves calls in slots, first come first served, and can be killed, restarted and slowed. */
export class ServiceNode implements Callee, StationOwner<Call> {
  readonly nodeIndex: number;
  readonly station: Station<Call>;
  up = true;
  downSinceUs = 0;
  /** How often it has been killed: a restart planned at an earlier kill is void. */
  kills = 0;
  /** Service times are multiplied by this. */
  slowness = 1;
  /** How often `slowness` has been set: an end planned at an earlier change is void. */
  slowdowns = 0;
  private readonly environment: Environment;
  private readonly service: Service;
  private line: TimeoutLine;

  constructor(environment: Environment, nodeIndex: number, service: Service) {
    this.environment = environment;
    this.nodeIndex = nodeIndex;
    this.service = service;
    this.station = new Station(environment.simulation, this, service.slots(), service.queue());
    this.line = new TimeoutLine(environment.simulation, service.timeoutUs());
  }

  /** Deadlines of calls that begin now. */
  get deadlines(): TimeoutLine {
    return this.line;
  }

  linkUs(call: Call, isBack: boolean): number {
    return this.service.linkUs(call, isBack);
  }

  receive(call: Call): void {
    if (!this.up) {
      call.refuse(OUTCOME.refused);
      return;
    }
    call.stage = STAGE.inLine;
    if (!this.station.offer(call)) call.refuse(OUTCOME.rejected);
  }

  serve(call: Call): void {
    call.serveFor(Math.round(this.service.serviceUs(call) * this.slowness));
  }

  finish(call: Call): void {
    const { outcome, cause } = call;
    const goesOn = this.service.work(call);
    if (call.settled) {
      call.outcome = outcome;
      call.cause = cause;
    }
    if (!goesOn) this.answer(call);
  }

  /** Frees the slot and sends the answer. */
  answer(call: Call): void {
    this.station.release();
    call.respond();
  }

  /** Crashes: everyone waiting or being served is cut off. */
  kill(): void {
    this.kills++;
    if (!this.up) return;
    this.up = false;
    this.downSinceUs = this.environment.simulation.nowUs;
    const cutOff = this.environment.recorder.open.filter(
      (call) => call.node === this.nodeIndex && (call.stage === STAGE.served || call.stage === STAGE.inLine),
    );
    this.station.clear();
    this.service.crashed();
    for (const call of cutOff) {
      if (call.settled) call.respond();
      else call.refuse(OUTCOME.refused);
    }
  }

  /** Comes back, as empty as the crash left it. */
  restart(): void {
    if (this.up) return;
    this.up = true;
    this.service.restarted?.();
  }

  /** A knob was turned. */
  reconfigure(): void {
    this.station.limit = this.service.queue();
    if (this.station.slots !== this.service.slots()) this.station.resize(this.service.slots());
    if (this.line.durationUs !== this.service.timeoutUs())
      this.line = new TimeoutLine(this.environment.simulation, this.service.timeoutUs());
  }
}
