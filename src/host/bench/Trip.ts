import type { EventTarget } from '../../kernel/EventQueue.ts';
import { absent } from '../../nodes/Handles.ts';
import type { InLine } from '../../nodes/Station.ts';
import { OP, OUTCOME } from '../../spans/codes.ts';
import type { OpenRow } from '../../spans/Recorder.ts';
import type { CacheAsideByHand, HandServer } from './CacheAsideByHand.ts';

/** What happens next to a request: the argument of its next event. */
const STEP = {
  balancer: 0,
  server: 1,
  worked: 2,
  redis: 3,
  commanded: 4,
  backFromRedis: 5,
  database: 6,
  queried: 7,
  backFromDatabase: 8,
  client: 9,
} as const;

/** One read on its way through {@link CacheAsideByHand}. */
export class Trip implements EventTarget, InLine {
  behind: InLine | null = null;
  leftLine = false;
  /** Calls made before the one under way. */
  attempt = -1;
  /** The call under way; at the end the request itself. Copied whenever it is recorded. */
  readonly row: OpenRow;
  private server!: HandServer;
  private readonly model: CacheAsideByHand;
  private readonly id: number;
  private readonly begunUs: number;
  private reachedUs = 0;
  private workUs = 0;
  private answeredUs = 0;
  private missCause = 0;

  constructor(model: CacheAsideByHand, request: number, key: number) {
    const now = model.simulation.nowUs;
    this.model = model;
    this.id = model.recorder.nextId();
    this.begunUs = now;
    this.row = {
      request,
      id: 0,
      parent: this.id,
      key,
      version: -1,
      detail: 0,
      op: 0,
      outcome: OUTCOME.ok,
      cause: 0,
      flags: 0,
      node: 0,
      from: 0,
      startUs: now,
      sentUs: now,
      arriveUs: now,
      serviceUs: now,
      leaveUs: now,
      endUs: now,
      openIndex: 0,
    };
  }

  /** The client sends it. */
  begin(): void {
    this.model.metrics.requestArrived();
    this.model.simulation.after(this.model.settings.clients.link, this, STEP.balancer);
  }

  fire(step: number): void {
    const { simulation, settings, metrics } = this.model;
    switch (step) {
      case STEP.balancer:
        this.server = this.model.nextServer();
        simulation.after(settings.balancer.link, this, STEP.server);
        break;
      case STEP.server:
        this.reachedUs = simulation.nowUs;
        metrics.arrivedAt(this.server.node);
        this.server.workers.offer(this);
        break;
      case STEP.worked:
        this.call(OP['cache.get'], this.model.redisNode, -1);
        this.sendToRedis();
        break;
      case STEP.redis:
        this.arrive();
        this.model.redis.offer(this);
        break;
      case STEP.commanded:
        this.command();
        break;
      case STEP.backFromRedis:
        this.backFromRedis();
        break;
      case STEP.database:
        this.arrive();
        this.model.database.offer(this);
        break;
      case STEP.queried:
        this.row.outcome = this.row.version === absent ? OUTCOME.absent : OUTCOME.ok;
        metrics.databaseDone(true);
        this.model.database.release();
        this.leave(settings.database.link, STEP.backFromDatabase);
        break;
      case STEP.backFromDatabase:
        this.backFromDatabase();
        break;
      default:
        this.end();
    }
  }

  /** A worker of the server is free. */
  workFor(serviceUs: number): void {
    this.workUs = this.model.simulation.nowUs;
    this.model.simulation.after(serviceUs, this, STEP.worked);
  }

  /** The command thread is free. */
  commandFor(serviceUs: number): void {
    this.row.serviceUs = this.model.simulation.nowUs;
    this.model.simulation.after(serviceUs, this, STEP.commanded);
  }

  /** A slot of the database is free. */
  queryFor(serviceUs: number): void {
    this.row.serviceUs = this.model.simulation.nowUs;
    this.model.simulation.after(serviceUs, this, STEP.queried);
  }

  /** A connection is free. */
  connected(): void {
    this.row.sentUs = this.model.simulation.nowUs;
    this.model.simulation.after(this.model.settings.database.link, this, STEP.database);
  }

  private call(op: number, node: number, version: number): void {
    const { row } = this;
    this.attempt++;
    row.id = this.model.recorder.nextId();
    row.op = op;
    row.node = node;
    row.from = this.server.node;
    row.version = version;
    row.outcome = OUTCOME.ok;
    row.cause = 0;
    row.detail = 0;
    row.startUs = this.model.simulation.nowUs;
  }

  private sendToRedis(): void {
    this.row.sentUs = this.model.simulation.nowUs;
    this.model.simulation.after(this.model.settings.cache.link, this, STEP.redis);
  }

  private arrive(): void {
    this.row.arriveUs = this.model.simulation.nowUs;
    this.model.metrics.arrivedAt(this.row.node);
  }

  private leave(linkUs: number, step: number): void {
    this.row.leaveUs = this.model.simulation.nowUs;
    this.model.metrics.doneAt(this.row.node);
    this.model.simulation.after(linkUs, this, step);
  }

  private command(): void {
    if (this.row.op === OP['cache.get']) this.model.contents.get(this.row);
    else this.model.contents.set(this.row, this.attempt);
    this.model.redis.release();
    this.leave(this.model.settings.cache.link, STEP.backFromRedis);
  }

  private backFromRedis(): void {
    const { row } = this;
    const isGet = row.op === OP['cache.get'];
    row.endUs = this.model.simulation.nowUs;
    if (isGet) this.model.metrics.lookedUp(1, row.outcome === OUTCOME.hit, row.cause);
    this.model.recorder.record(row);
    if (!isGet) {
      this.answer(OUTCOME.miss);
    } else if (row.outcome === OUTCOME.hit) {
      this.answer(OUTCOME.hit);
    } else {
      this.missCause = row.cause;
      this.call(OP['database.read'], this.model.databaseNode, -1);
      this.server.pool.offer(this);
    }
  }

  private backFromDatabase(): void {
    const { row, server } = this;
    row.endUs = this.model.simulation.nowUs;
    server.pool.release();
    this.model.recorder.record(row);
    if (row.version === absent) {
      this.answer(OUTCOME.absent);
      return;
    }
    this.call(OP['cache.set'], this.model.redisNode, row.version);
    this.sendToRedis();
  }

  private answer(outcome: number): void {
    const { model, server, row } = this;
    row.outcome = outcome;
    row.cause = outcome === OUTCOME.hit ? 0 : this.missCause;
    server.workers.release();
    this.answeredUs = model.simulation.nowUs;
    model.metrics.doneAt(server.node);
    model.simulation.after(model.settings.balancer.link + model.settings.clients.link, this, STEP.client);
  }

  private end(): void {
    const { row, model } = this;
    row.id = this.id;
    row.parent = 0;
    row.op = OP['request.read'];
    row.detail = 0;
    row.node = this.server.node;
    row.from = 0;
    row.startUs = this.begunUs;
    row.sentUs = this.begunUs;
    row.arriveUs = this.reachedUs;
    row.serviceUs = this.workUs;
    row.leaveUs = this.answeredUs;
    row.endUs = model.simulation.nowUs;
    model.metrics.requestSettled(row, 0);
    model.recorder.record(row);
  }
}
