import { luck } from '../random/luck.ts';
import { OP } from '../spans/codes.ts';
import { LUCK, SALT } from './CacheContents.ts';
import type { Call } from './Call.ts';
import { Database, DatabaseCall } from './Database.ts';
import type { Environment } from './Environment.ts';
import type { Station } from './Station.ts';

/**
 * A copy of the database that serves reads only, with slots, line and memory of its own. It is behind the primary by the
 * lag, and never goes back: when the lag grows, it stands still until time has caught up. What it missed while it was
 * down is there when it starts again.
 * @source MySQL Reference Manual, "Replication" and "Delayed Replication".
 */
export class Replica extends Database {
  /** Everything that the primary committed up to then is here. */
  private appliedUs = -1;

  override work(call: Call): boolean {
    this.environment.metrics.count('replica.reads');
    return super.work(call);
  }

  protected override snapshot(key: number): number {
    const { simulation, settings, truth } = this.environment;
    this.appliedUs = Math.max(this.appliedUs, simulation.nowUs - settings.database.replicaLag);
    return truth.storedVersionAt(key, this.appliedUs);
  }
}

/**
 * A query that any replica may answer. When its connection is there it goes to one of those that are up, by the luck of
 * its request, as a driver that balances at random does; to the primary when none is.
 * @source PostgreSQL documentation, libpq, load_balance_hosts.
 */
export class ReplicaRead extends DatabaseCall {
  private readonly replicas: readonly Replica[];

  constructor(
    environment: Environment,
    primary: Database,
    replicas: readonly Replica[],
    from: number,
    key: number,
    pool: Station<Call>,
  ) {
    super(environment, primary.node, OP['database.read'], from, key, primary.node.deadlines, pool);
    this.replicas = replicas;
  }

  override send(): void {
    const living = this.replicas.filter(({ node }) => node.up);
    if (living.length > 0) {
      const u = luck(this.environment.settings.seed, LUCK.database, this.request, this.attempt, SALT.choice);
      this.callee = living[Math.ceil(u * living.length) - 1].node;
      this.node = this.callee.nodeIndex;
    }
    super.send();
  }
}
