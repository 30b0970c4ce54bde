import type { Task } from '../kernel/Task.ts';
import { OP, OUTCOME } from '../spans/codes.ts';
import { Call } from './Call.ts';
import type { TimeoutLine } from './TimeoutLine.ts';
import type { Callee } from './Call.ts';
import type { Environment } from './Environment.ts';
import type { Channel } from './Handles.ts';

/**
 * A message that says which key changed. A message that cannot be sent is nobody's failure: the write has been made, and its
 * author hears so.
 */
export class PublishCall extends Call {
  protected override whenSettled(): void {
    const gone = this.outcome === OUTCOME.lost || this.outcome === OUTCOME.refused;
    if (gone && this.op === OP['queue.publish']) this.environment.metrics.count('feed.lost');
  }

  protected override resumeCaller(): void {
    (this.task as Task<unknown>).resume(undefined);
  }
}

/** A channel that leads nowhere: nobody has one. */
export const silence: Channel = {
  *publish() {},
};

/** A channel from one node to another; `deadlines` gives the line of deadlines that holds now. */
export function channelTo(
  environment: Environment,
  op: number,
  from: number,
  callee: Callee,
  deadlines: () => TimeoutLine,
): Channel {
  return { publish: (key) => new PublishCall(environment, callee, op, from, key, deadlines(), null) as never };
}
