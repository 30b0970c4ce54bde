import type { Task } from '../kernel/Task.ts';
import { OP, OUTCOME } from '../spans/codes.ts';
import { Call, EVENT, type RequestContext, STAGE } from './Call.ts';
import type { Environment } from './Environment.ts';

/**
 * A process waits, visibly: for time to pass (`pauseUs`), or until somebody calls `wake` (`pauseUs` Infinity). The row's
 * `detail` is the id of the row waited for, 0 where there is none.
 */
export class Wait extends Call {
  private readonly pauseUs: number;

  constructor(environment: Environment, nodeIndex: number, key: number, pauseUs: number, waitsFor = 0, op = OP.wait) {
    const here = { nodeIndex, linkUs: () => 0, receive: () => {}, finish: () => {} };
    super(environment, here, op, nodeIndex, key, null, null);
    this.pauseUs = pauseUs;
    this.detail = waitsFor;
  }

  override start(task: Task<unknown>): void {
    const caller = task as Task<unknown, RequestContext>;
    const now = this.environment.simulation.nowUs;
    this.task = caller;
    this.request = caller.context.request;
    this.parent = caller.context.id;
    this.startUs = now;
    this.sentUs = now;
    this.arriveUs = now;
    this.serviceUs = now;
    this.stage = STAGE.served;
    this.environment.recorder.begin(this);
    if (this.pauseUs < Number.POSITIVE_INFINITY) {
      this.environment.simulation.after(this.pauseUs, this, EVENT.settle);
    }
  }

  /** What was waited for is there: `version`, or a failure with this outcome, which is thrown into the waiter. */
  wake(version: number, outcome: number = OUTCOME.ok): void {
    if (this.settled) return;
    this.version = version;
    this.outcome = outcome;
    this.settle();
  }

  protected override settle(): void {
    this.leaveUs = this.environment.simulation.nowUs;
    super.settle();
  }

  /** A crash ends the wait. */
  override respond(): void {
    if (this.stage === STAGE.closed) return;
    this.settled = true;
    this.leaveUs = this.environment.simulation.nowUs;
    this.endUs = this.leaveUs;
    this.close();
  }

  override refuse(outcome: number): void {
    this.giveUp(outcome);
  }

  override giveUp(outcome: number = OUTCOME.error): void {
    if (this.settled) return;
    this.outcome = outcome;
    this.respond();
  }
}
