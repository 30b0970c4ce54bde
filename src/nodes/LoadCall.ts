import type { Task } from '../kernel/Task.ts';
import { CAUSE, OP, OUTCOME } from '../spans/codes.ts';
import { CacheCall } from './cacheCalls.ts';
import { CallFailed, type RequestContext } from './Call.ts';
import type { Environment } from './Environment.ts';
import type { Request } from './Handles.ts';
import type { ServiceNode } from './ServiceNode.ts';
import type { TimeoutLine } from './TimeoutLine.ts';

/**
 * Read-through: a look-up whose miss the cache itself turns into a value. It counts as a look-up like any other, and fails
 * its caller when the cache has no answer, since the caller has nowhere else to go. What the cache does for it are its
 * children, with the luck that they would have had at the server.
 */
export class LoadCall extends CacheCall implements RequestContext, Request {
  calls = 0;
  usedDatabase = false;
  missCause = 0;
  loadUs = 0;
  traffic = -1;
  readonly wroteUs = Number.NEGATIVE_INFINITY;
  readonly stock = Number.POSITIVE_INFINITY;
  replacesUs = Number.NEGATIVE_INFINITY;
  process: Task<unknown> | null = null;

  constructor(environment: Environment, node: ServiceNode, from: number, key: number, deadlines: TimeoutLine) {
    super(environment, node, OP['cache.load'], from, key, deadlines, null);
  }

  override start(task: Task<unknown>): void {
    super.start(task);
    const { context } = task as Task<unknown, RequestContext>;
    this.calls = context.calls;
    this.traffic = context.traffic;
  }

  protected override whenSettled(): void {
    const { context } = this.task as Task<unknown, RequestContext>;
    if (this.outcome >= OUTCOME.timeout && this.cause === 0) this.cause = CAUSE['cache-down'];
    this.environment.metrics.lookedUp(this.tier, this.outcome === OUTCOME.hit, this.cause);
    context.calls = Math.max(context.calls, this.calls);
    if (this.outcome === OUTCOME.hit) return;
    context.missCause = this.cause;
    if (this.outcome !== OUTCOME.miss) return;
    context.usedDatabase = true;
    context.loadUs = this.loadUs;
  }

  protected override resumeCaller(): void {
    if (this.outcome >= OUTCOME.timeout) this.task?.fail(new CallFailed(this.outcome));
    else this.task?.resume(this.version);
  }
}
