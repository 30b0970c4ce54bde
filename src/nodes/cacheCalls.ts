import { CAUSE, OP, OUTCOME } from '../spans/codes.ts';
import { Call, EVENT, type RequestContext } from './Call.ts';
import type { Task } from '../kernel/Task.ts';

/**
 * A call of a cache. A cache that is down, lost or slow never fails its caller: a look-up then counts as a miss, a store
 * or a delete is skipped. The row keeps what really happened.
 */
export class CacheCall extends Call {
  /** Index into `tiers`. */
  tier = 1;

  protected override whenSettled(): void {
    const isGet = this.op === OP['cache.get'] || this.op === OP['local.get'];
    if (!isGet) return;
    if (this.outcome >= OUTCOME.timeout) this.cause = CAUSE['cache-down'];
    this.environment.metrics.lookedUp(this.tier, this.outcome === OUTCOME.hit, this.cause);
    if (this.outcome !== OUTCOME.hit) (this.task as Task<unknown, RequestContext>).context.missCause = this.cause;
  }

  protected override resumeCaller(): void {
    this.task?.resume(this.outcome === OUTCOME.hit ? this.version : undefined);
  }
}

/** A call of the cache inside the server's own process: no wire, no line, only the time of the operation. */
export class LocalCall extends CacheCall {
  override tier = 0;

  override send(): void {
    const now = this.environment.simulation.nowUs;
    this.sentUs = now;
    this.arriveUs = now;
    this.environment.metrics.arrivedAt(this.node);
    this.serveFor(this.environment.settings.local.lookup);
  }

  override respond(): void {
    this.leaveUs = this.environment.simulation.nowUs;
    this.fire(EVENT.settle);
  }
}
