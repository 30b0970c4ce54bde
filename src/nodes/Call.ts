import { Effect } from '../kernel/Effect.ts';
import type { EventTarget } from '../kernel/EventQueue.ts';
import type { Task } from '../kernel/Task.ts';
import { FLAG, OUTCOME, outcomes } from '../spans/codes.ts';
import type { OpenRow } from '../spans/Recorder.ts';
import type { Environment } from './Environment.ts';
import type { InLine, Station } from './Station.ts';
import type { Deadlined, TimeoutLine } from './TimeoutLine.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** The stages at which a call's events find it. */
export const STAGE = { new: 0, connecting: 1, sent: 2, inLine: 3, served: 4, returning: 5, closed: 6 } as const;

/** Arguments of a call's events. */
export const EVENT = { arrive: 0, done: 1, settle: 2, hop: 3 } as const;

/** A call ended without an answer; `outcome` is its code. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly outcome: number;

  constructor(outcome: number) {
    super(`call failed: ${outcomes[outcome]}`);
    this.outcome = outcome;
  }
}

/** A node that takes calls. */
export interface Callee {
  readonly nodeIndex: number;
  /** Time on the wire, one way, µs; a callee may tell calls, and the way back, apart. */
  linkUs(call: Call, isBack: boolean): number;
  /** The call has reached the node: serve it, let it wait, or `respond` at once. */
  receive(call: Call): void;
  /** The work on the call is done: put its result into the row. */
  finish(call: Call): void;
}

/**
 * One call of a node by a process, and at the same time its row: wish → connection → wire → line → service → wire → outcome.
 * A hand-written state machine, because every request makes several. The caller may give up at its deadline; the
 * callee then goes on for nobody, and the row closes when it is through.
 */
export class Call extends Effect<number | undefined> implements EventTarget, InLine, Deadlined, OpenRow {
  declare request: number;
  declare id: number;
  declare parent: number;
  declare version: number;
  declare detail: number;
  declare outcome: number;
  declare cause: number;
  declare flags: number;
  declare node: number;
  declare startUs: number;
  declare sentUs: number;
  declare arriveUs: number;
  declare serviceUs: number;
  declare leaveUs: number;
  declare endUs: number;
  declare openIndex: number;
  declare behind: InLine | null;
  declare leftLine: boolean;
  declare deadlineUs: number;
  declare settled: boolean;
  declare stage: number;
  /** How many calls of this request came before: part of the key to its luck. */
  declare attempt: number;
  declare task: Task<unknown, RequestContext> | null;
  declare protected readonly environment: Environment;
  declare protected callee: Callee;
  declare readonly op: number;
  declare readonly from: number;
  declare readonly key: number;
  /** Connections of the caller's server, where the callee is reached through a pool. */
  declare private readonly pool: Station<Call> | null;
  declare private readonly deadlines: TimeoutLine | null;

  constructor(
    environment: Environment,
    callee: Callee,
    op: number,
    from: number,
    key: number,
    deadlines: TimeoutLine | null,
    pool: Station<Call> | null,
  ) {
    super();
    // Assigned here, not initialized where they are declared: see Effect.
    this.request = 0;
    this.id = 0;
    this.parent = 0;
    this.version = -1;
    this.detail = 0;
    this.outcome = OUTCOME.ok;
    this.cause = 0;
    this.flags = 0;
    this.startUs = 0;
    this.sentUs = NEVER;
    this.arriveUs = NEVER;
    this.serviceUs = NEVER;
    this.leaveUs = NEVER;
    this.endUs = NEVER;
    this.openIndex = 0;
    this.behind = null;
    this.leftLine = false;
    this.deadlineUs = NEVER;
    this.settled = false;
    this.stage = STAGE.new;
    this.attempt = 0;
    this.task = null;
    this.environment = environment;
    this.callee = callee;
    this.node = callee.nodeIndex;
    this.op = op;
    this.from = from;
    this.key = key;
    this.deadlines = deadlines;
    this.pool = pool;
  }

  start(task: Task<unknown>): void {
    const caller = task as Task<unknown, RequestContext>;
    this.task = caller;
    const context = caller.context;
    this.request = context.request;
    this.parent = context.id;
    this.attempt = context.calls++;
    this.startUs = this.environment.simulation.nowUs;
    this.environment.recorder.begin(this);
    this.deadlines?.add(this);
    if (this.pool === null) {
      this.send();
    } else {
      this.stage = STAGE.connecting;
      this.pool.offer(this);
    }
  }

  /** The connection is there: off it goes. */
  send(): void {
    const { simulation, losses } = this.environment;
    this.stage = STAGE.sent;
    this.sentUs = simulation.nowUs;
    if (losses[this.op] > 0) {
      losses[this.op]--;
      this.outcome = OUTCOME.lost;
      if (this.deadlineUs === NEVER) simulation.after(1_000_000, this, EVENT.settle);
      return;
    }
    simulation.after(this.callee.linkUs(this, false), this, EVENT.arrive);
  }

  fire(event: number): void {
    if (event === EVENT.arrive) {
      this.arriveUs = this.environment.simulation.nowUs;
      this.environment.metrics.arrivedAt(this.node);
      this.callee.receive(this);
    } else if (event === EVENT.done) {
      if (this.stage === STAGE.served) this.callee.finish(this);
    } else if (event === EVENT.settle) {
      if (!this.settled) this.settle();
    }
  }

  /** A slot is free: `serviceTimeUs` from now the callee finishes it. */
  serveFor(serviceTimeUs: number): void {
    this.beginService();
    this.environment.simulation.after(serviceTimeUs, this, EVENT.done);
  }

  /** A slot is free; the callee says itself when it is done. */
  beginService(): void {
    this.stage = STAGE.served;
    this.serviceUs = this.environment.simulation.nowUs;
  }

  /** The callee is through with it (also when it refuses): the answer goes back, or the row closes if nobody waits. */
  respond(): void {
    const { simulation, metrics } = this.environment;
    this.leaveUs = simulation.nowUs;
    metrics.doneAt(this.node);
    if (this.settled) {
      this.close();
      return;
    }
    this.stage = STAGE.returning;
    simulation.after(this.callee.linkUs(this, true), this, EVENT.settle);
  }

  /** Ends the call badly before or instead of its service; a caller who gave up before keeps the outcome it had. */
  refuse(outcome: number): void {
    if (!this.settled) this.outcome = outcome;
    this.respond();
  }

  /** The caller stops waiting, with this outcome unless the message was lost on the way. */
  giveUp(outcome: number = OUTCOME.timeout): void {
    const stage = this.stage;
    if (this.outcome !== OUTCOME.lost) this.outcome = outcome;
    const goesOn =
      stage === STAGE.inLine || stage === STAGE.served || (stage === STAGE.sent && this.outcome !== OUTCOME.lost);
    if (goesOn) this.flags |= FLAG.abandoned;
    if (stage === STAGE.connecting) this.pool?.leave(this);
    this.settle(goesOn);
  }

  /** The caller has its outcome. */
  protected settle(goesOn = false): void {
    this.settled = true;
    this.endUs = this.environment.simulation.nowUs;
    if (this.pool !== null && this.stage !== STAGE.connecting) this.pool.release();
    this.whenSettled();
    if (!goesOn) this.close();
    this.resumeCaller();
  }

  /** Counts the outcome; subclasses know their metrics. */
  protected whenSettled(): void {}

  /** Hands the outcome to the process; subclasses that guard their caller return instead of throwing. */
  protected resumeCaller(): void {
    const task = this.task as Task<unknown, RequestContext>;
    if (this.outcome >= OUTCOME.timeout) task.fail(new CallFailed(this.outcome));
    else task.resume(this.version);
  }

  protected close(): void {
    this.stage = STAGE.closed;
    this.environment.recorder.close(this);
  }
}

/** What a call needs to know of the request it belongs to; a request is its own context. */
export interface RequestContext {
  readonly request: number;
  readonly id: number;
  /** Calls made so far. */
  calls: number;
  /** A value came from the database. */
  usedDatabase: boolean;
  /** Why the last look-up missed, code of `missCauses`. */
  missCause: number;
  /** How long the last query of the database took, µs: what loading this value costs. */
  loadUs: number;
  /** Number of the traffic that it belongs to, in order of name; −1 where it belongs to none. */
  readonly traffic: number;
  /** Units that there were of its key; Infinity or nothing where its writes are no orders. */
  readonly stock?: number;
}
