import type { Task } from '../kernel/Task.ts';
import { CAUSE, OP, OUTCOME } from '../spans/codes.ts';
import type { OpenRow } from '../spans/Recorder.ts';
import { CacheCall } from './cacheCalls.ts';
import type { RequestContext } from './Call.ts';
import type { Environment } from './Environment.ts';
import type { ServiceNode } from './ServiceNode.ts';

/**
 * Several look-ups in one round trip. Each key counts as a look-up; the row says `hit` where all were found, `detail` is
 * how many keys there were, and version and cause are those of the first key and of the first miss.
 * @source Redis documentation, MGET (a key that is not there is nil, never an error; keyspace_hits counts each).
 */
export class ManyCall extends CacheCall {
  private readonly keys: readonly number[];
  private versions: number[];
  private causes: number[];

  constructor(environment: Environment, node: ServiceNode, from: number, keys: readonly number[]) {
    super(environment, node, OP['cache.get-many'], from, keys[0], node.deadlines, null);
    this.keys = keys;
    this.detail = keys.length;
    this.versions = keys.map(() => -1);
    this.causes = keys.map(() => CAUSE['cache-down']);
  }

  /** Looks up every key by `lookUp`, which puts version, outcome and cause into the row that it is given. */
  lookUpAll(lookUp: (row: OpenRow) => void): void {
    this.outcome = OUTCOME.hit;
    this.keys.forEach((key, index) => {
      const row = { key, version: -1, outcome: OUTCOME.ok, cause: 0, flags: 0 };
      lookUp(row as OpenRow);
      this.versions[index] = row.outcome === OUTCOME.hit ? row.version : -1;
      this.causes[index] = row.cause;
      if (row.outcome === OUTCOME.hit || this.outcome === OUTCOME.miss) return;
      this.outcome = OUTCOME.miss;
      this.cause = row.cause;
    });
    this.version = this.versions[0];
  }

  protected override whenSettled(): void {
    const { metrics } = this.environment;
    if (this.outcome >= OUTCOME.timeout) {
      this.cause = CAUSE['cache-down'];
      this.versions = this.keys.map(() => -1);
      this.causes = this.keys.map(() => this.cause);
    }
    this.keys.forEach((_key, index) => metrics.lookedUp(this.tier, this.versions[index] >= 0, this.causes[index]));
    if (this.outcome !== OUTCOME.hit) (this.task as Task<unknown, RequestContext>).context.missCause = this.cause;
  }

  protected override answer(): (number | undefined)[] {
    return this.versions.map((version) => (version < 0 ? undefined : version));
  }
}
