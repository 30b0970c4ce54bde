import type { Task } from '../kernel/Task.ts';
import { OP } from '../spans/codes.ts';
import { Call, type RequestContext } from './Call.ts';
import type { Environment } from './Environment.ts';
import type { ServiceNode } from './ServiceNode.ts';

/** Write-behind: a write that the cache takes and answers itself. A cache that does not answer fails the writer. */
export class WriteCall extends Call implements RequestContext {
  calls = 0;
  usedDatabase = false;
  missCause = 0;
  loadUs = 0;
  traffic = -1;
  process: Task<unknown> | null = null;

  constructor(environment: Environment, node: ServiceNode, from: number, key: number) {
    super(environment, node, OP['cache.write'], from, key, node.deadlines, null);
  }

  override start(task: Task<unknown>): void {
    super.start(task);
    this.traffic = (task as Task<unknown, RequestContext>).context.traffic;
  }
}
