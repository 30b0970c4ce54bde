import { draw } from '../random/distributions.ts';
import { luck } from '../random/luck.ts';
import { OP, OUTCOME } from '../spans/codes.ts';
import { LUCK, SALT } from './CacheContents.ts';
import { Call, type RequestContext } from './Call.ts';
import type { Environment } from './Environment.ts';
import { type Service, ServiceNode } from './ServiceNode.ts';
import type { Task } from '../kernel/Task.ts';

/** A call of the database. It does fail its caller. */
export class DatabaseCall extends Call {
  protected override whenSettled(): void {
    const { metrics } = this.environment;
    if (this.outcome >= OUTCOME.timeout) metrics.databaseFailed(this.outcome);
    else {
      const { context } = this.task as Task<unknown, RequestContext>;
      context.usedDatabase = true;
      context.loadUs = this.endUs - this.startUs;
    }
  }
}

/**
 * The database: parallel slots behind a bounded line, reached through a pool of connections at each server. A read sees
 * the version committed when its service begins (a statement's snapshot); a write commits when its service ends.
 */
export class Database implements Service {
  readonly node: ServiceNode;
  private readonly environment: Environment;

  constructor(environment: Environment, nodeIndex: number) {
    this.environment = environment;
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
    if (isRead) call.version = this.environment.truth.storedVersion(call.key);
    const mean = isRead ? database.read : database.write;
    if (database.shape === 'constant') return mean;
    const u = luck(seed, LUCK.database, call.request, call.attempt, SALT.service);
    return draw({ mean, shape: database.shape, sigma: database.sigma }, u);
  }

  work(call: Call): boolean {
    const { metrics, truth, simulation } = this.environment;
    const isRead = call.op === OP['database.read'];
    if (isRead) call.outcome = call.version === 0 ? OUTCOME.absent : OUTCOME.ok;
    else call.version = truth.commit(call.key, simulation.nowUs);
    metrics.databaseDone(isRead);
    return false;
  }

  crashed(): void {}

  /** A knob was turned. */
  reconfigure(): void {
    this.node.reconfigure();
  }
}
