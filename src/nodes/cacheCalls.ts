import { CAUSE, OP, OUTCOME } from '../spans/codes.ts';
import type { LookUp } from './CacheContents.ts';
import { Call, CallFailed, EVENT, type RequestContext } from './Call.ts';
import type { Entry } from './Handles.ts';
import type { OpenRow } from '../spans/Recorder.ts';
import type { Task } from '../kernel/Task.ts';

/**
 * A call of a cache. A cache that is down, lost or slow never fails its caller: a look-up then counts as a miss, a store
 * or a delete is skipped. The row keeps what really happened.
 */
export class CacheCall extends Call implements LookUp {
  /** Index into `tiers`. */
  get tier(): number {
    return 1;
  }

  get takesOverdue(): boolean {
    return false;
  }

  /** Only those who want all of it keep it. */
  found(_entry: Entry): void {}

  protected override whenSettled(): void {
    const isGet = this.op === OP['cache.get'] || this.op === OP['local.get'];
    if (!isGet) return;
    if (this.outcome >= OUTCOME.timeout) this.cause = CAUSE['cache-down'];
    this.environment.metrics.lookedUp(this.tier, this.outcome === OUTCOME.hit, this.cause);
    if (this.version === 0 && this.outcome === OUTCOME.hit) this.environment.metrics.count('cache.negative');
    if (this.outcome !== OUTCOME.hit) (this.task as Task<unknown, RequestContext>).context.missCause = this.cause;
  }

  protected override resumeCaller(): void {
    if (this.outcome >= OUTCOME.timeout && this.tier === 1 && !this.environment.settings.cache.guarded) {
      this.task?.fail(new CallFailed(this.outcome));
      return;
    }
    this.task?.resume(this.answer());
  }

  /** What the caller gets; subclasses that ask for something else say so. */
  protected answer(): unknown {
    return this.outcome === OUTCOME.hit ? this.version : undefined;
  }
}

/** A call of the cache inside the server's own process: no wire, no line, only the time of the operation. */
export class LocalCall extends CacheCall {
  override get tier(): number {
    return 0;
  }

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

/** Whether the row is a call of a refresh in the background. */
export function isByRefresh(row: OpenRow): boolean {
  const context = (row as Partial<Call>).task?.context as Partial<Call> | undefined;
  return context?.op === OP.refresh;
}

/** What the value that a call stores took to load, µs. */
export function costOf(call: Call): number {
  return call.task?.context.loadUs ?? 0;
}
