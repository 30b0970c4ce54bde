import { draw } from '../random/distributions.ts';
import { luck } from '../random/luck.ts';
import { FLAG, OP, OUTCOME } from '../spans/codes.ts';
import type { BatchCall } from './BatchCall.ts';
import { BufferPool } from './BufferPool.ts';
import { LUCK, SALT } from './CacheContents.ts';
import { Call, CallFailed, type RequestContext } from './Call.ts';
import type { Environment } from './Environment.ts';
import { stockOf, tookOrder } from './orders.ts';
import { type Service, ServiceNode } from './ServiceNode.ts';
import type { Task } from '../kernel/Task.ts';

/** Number of the traffic that a call belongs to; −1 where nobody knows. */
export function writerOf(call: Call): number {
  return call.task?.context.traffic ?? -1;
}

/** What a further row of one query costs, as a share of a query: it is on the same pages or near them. */
const furtherRow = 0.05;

/** A call of the database. It does fail its caller. */
export class DatabaseCall extends Call {
  /** The rows that one query asks for besides its own; null for all but those of several rows. */
  get others(): readonly number[] | null {
    return null;
  }

  /** The versions of the others; only a query of several is told. */
  sawOthers(_versions: readonly number[]): void {}

  protected override whenSettled(): void {
    const { metrics } = this.environment;
    if (this.outcome >= OUTCOME.timeout) metrics.databaseFailed(this.outcome);
    else {
      const { context } = this.task as Task<unknown, RequestContext>;
      context.usedDatabase = true;
      context.loadUs = this.endUs - this.startUs;
    }
  }

  /** A write that the database refuses ends the writing: nothing has changed, and nobody is to be told. */
  protected override resumeCaller(): void {
    if (this.outcome === OUTCOME.absent && this.op === OP['database.write'])
      this.task?.fail(new CallFailed(OUTCOME.absent));
    else super.resumeCaller();
  }
}

/**
 * The database: parallel slots behind a bounded line, reached through a pool of connections at each server. A read sees
 * the version committed when its service begins (a statement's snapshot); a write commits when its service ends.
 */
export class Database implements Service {
  readonly node: ServiceNode;
  readonly buffer: BufferPool;
  protected readonly environment: Environment;

  constructor(environment: Environment, nodeIndex: number) {
    this.environment = environment;
    this.buffer = new BufferPool(environment);
    this.node = new ServiceNode(environment, nodeIndex, this);
  }

  slots(): number {
    return this.environment.settings.database.slots;
  }

  queue(): number {
    return this.environment.settings.database.queue;
  }

  linkUs(): number {
    return this.environment.settings.database.link;
  }

  timeoutUs(): number {
    return this.environment.settings.database.timeout;
  }

  serviceUs(call: Call): number {
    const { database, seed } = this.environment.settings;
    const isRead = call.op === OP['database.read'];
    if (isRead) call.version = this.snapshot(call.key);
    const fromDisk = isRead && this.buffer.readsDisk(call.key);
    if (fromDisk) call.flags |= FLAG.disk;
    const diskUs = (fromDisk ? database.disk : 0) + this.furtherRowsUs(call as DatabaseCall);
    const mean = isRead ? database.read : database.write;
    if (database.shape === 'constant') return mean + diskUs;
    const u = luck(seed, LUCK.database, call.request, call.attempt, SALT.service);
    return draw({ mean, shape: database.shape, sigma: database.sigma }, u) + diskUs;
  }

  work(call: Call): boolean {
    const { metrics, truth, simulation, settings } = this.environment;
    const isRead = call.op === OP['database.read'];
    if (isRead) call.outcome = call.version === 0 ? OUTCOME.absent : OUTCOME.ok;
    else if (call.op === OP['database.batch']) (call as BatchCall).commit();
    else if (settings.database.guard && truth.storedVersion(call.key) > stockOf(call)) {
      // The statement found no row to change.
      call.outcome = OUTCOME.absent;
      metrics.count('orders.refused');
      return false;
    } else {
      call.version = truth.commit(call.key, simulation.nowUs, writerOf(call));
      tookOrder(this.environment, call);
    }
    metrics.databaseDone(isRead);
    return false;
  }

  crashed(): void {
    this.buffer.clear();
  }

  /** Time for the rows of a statement besides the first, µs; a query of several sees all of them as they are now. */
  private furtherRowsUs(call: DatabaseCall): number {
    const { database, writeBehind } = this.environment.settings;
    if (call.op === OP['database.batch']) return call.detail * writeBehind.row;
    if (call.others === null) return 0;
    call.sawOthers(call.others.map((key) => this.snapshot(key)));
    const fromDisk = call.others.filter((key) => this.buffer.readsDisk(key)).length;
    if (fromDisk > 0) call.flags |= FLAG.disk;
    return Math.round(furtherRow * database.read * call.others.length) + fromDisk * database.disk;
  }

  /** The version that a query sees which begins now. */
  protected snapshot(key: number): number {
    return this.environment.truth.storedVersion(key);
  }

  /** A knob was turned. */
  reconfigure(): void {
    this.node.reconfigure();
  }
}
