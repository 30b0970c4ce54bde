import type { Task } from '../kernel/Task.ts';
import { FLAG, OP, OUTCOME } from '../spans/codes.ts';
import type { AppServer } from './AppServer.ts';
import type { ClientRetries } from './ClientRetries.ts';
import { Call, EVENT, type RequestContext, STAGE } from './Call.ts';
import type { Environment } from './Environment.ts';
import type { Page } from './Handles.ts';
import type { LoadBalancer } from './LoadBalancer.ts';

/** Who sent a request and wants to know when it is over (a closed user). */
export interface Sender {
  answered(sender: number): void;
}

/**
 * A client's request: the root row. Goes to the balancer, from there to a server, and back the same way; its answer is
 * held against the truth at the time it was sent.
 */
export class RequestCall extends Call implements RequestContext {
  calls = 0;
  usedDatabase = false;
  missCause = 0;
  loadUs = 0;
  /** Number of the traffic that it belongs to, in order of name. */
  traffic = 0;
  /** When its author last wrote this key, µs. */
  wroteUs = Number.NEGATIVE_INFINITY;
  /** The version that its author last wrote to this key. */
  ownVersion = -1;
  /** Units that there were of the key; Infinity where a write is no order. */
  stock = Number.POSITIVE_INFINITY;
  /** The settings of its traffic, where it may be for several keys. */
  page: Page | null = null;
  /** Its load wants something newer than the entry stored then, µs. */
  replacesUs = Number.NEGATIVE_INFINITY;
  /** How often its client had asked before, and whether it will ask again after a failure. */
  tries = 0;
  retries: ClientRetries | null = null;
  /** It waited too long for a worker, and is refused without any work. */
  shed = false;
  process: Task<unknown, RequestCall> | null = null;
  /** Told of a write that was answered well; null where its author will not look at it. */
  author: { wrote(write: RequestCall): void } | null = null;
  private server: AppServer | null = null;
  private versionAtStart = 0;
  private readonly balancer: LoadBalancer;
  private readonly sender: Sender | null;
  private readonly senderIndex: number;

  constructor(
    environment: Environment,
    balancer: LoadBalancer,
    op: number,
    key: number,
    sender: Sender | null,
    senderIndex: number,
  ) {
    super(environment, balancer, op, 0, key, balancer.deadlines, null);
    this.balancer = balancer;
    this.sender = sender;
    this.senderIndex = senderIndex;
  }

  /** The client sends it, as request number `request`. */
  launch(request: number): void {
    const { simulation, recorder, metrics, truth, settings } = this.environment;
    this.request = request;
    this.startUs = simulation.nowUs;
    this.sentUs = simulation.nowUs;
    this.versionAtStart = truth.version(this.key);
    if (this.versionAtStart === 0) this.flags |= FLAG.missingKey;
    recorder.begin(this);
    metrics.requestArrived();
    this.balancer.deadlines.add(this);
    this.stage = STAGE.sent;
    simulation.after(settings.clients.link, this, EVENT.hop);
  }

  override fire(event: number): void {
    if (event !== EVENT.hop) {
      super.fire(event);
      return;
    }
    const server = this.balancer.pick();
    if (server === null) {
      this.arriveUs = this.environment.simulation.nowUs;
      this.refuse(OUTCOME.refused);
      return;
    }
    server.connections++;
    this.server = server;
    this.callee = server.node;
    this.node = server.node.nodeIndex;
    this.environment.simulation.after(this.environment.settings.balancer.link, this, EVENT.arrive);
  }

  /** The process has an answer: the version of the value, 0 where there is no such row. */
  answerWith(version: number): void {
    this.version = version;
    if (this.settled) return;
    if (this.op === OP['request.write']) this.outcome = version === 0 ? OUTCOME.absent : OUTCOME.ok;
    else if (version === 0) this.outcome = OUTCOME.absent;
    else this.outcome = this.usedDatabase ? OUTCOME.miss : OUTCOME.hit;
    this.cause = this.usedDatabase ? this.missCause : 0;
  }

  override respond(): void {
    if (this.server !== null) this.server.connections--;
    super.respond();
  }

  protected override whenSettled(): void {
    const { truth, metrics } = this.environment;
    let ageUs = 0;
    if (this.op === OP['request.read'] && this.outcome < OUTCOME.timeout && this.version < this.versionAtStart) {
      ageUs = this.leaveUs - truth.supersededUs(this.key, this.version);
      if (this.server !== null) metrics.staleRead(this.server.id, truth.supersededBy(this.key, this.version));
      this.flags |= FLAG.stale;
      this.detail = Math.round(ageUs / 1000);
    }
    if (this.version < this.ownVersion && this.outcome < OUTCOME.timeout) {
      this.flags |= FLAG.ownStale;
      metrics.count('reads.own-stale');
    }
    metrics.requestSettled(this, ageUs);
    if (this.author !== null && this.outcome === OUTCOME.ok) this.author.wrote(this);
  }

  /** The same request of the same client once more, not sent yet. */
  again(): RequestCall {
    const next = new RequestCall(this.environment, this.balancer, this.op, this.key, this.sender, this.senderIndex);
    next.traffic = this.traffic;
    next.wroteUs = this.wroteUs;
    next.ownVersion = this.ownVersion;
    next.stock = this.stock;
    next.page = this.page;
    next.author = this.author;
    next.tries = this.tries + 1;
    next.retries = this.retries;
    return next;
  }

  protected override resumeCaller(): void {
    if (this.outcome >= OUTCOME.timeout && this.retries?.asksAgain(this)) return;
    this.sender?.answered(this.senderIndex);
  }
}
