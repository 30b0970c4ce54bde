import { OUTCOME } from '../spans/codes.ts';
import type { Call } from './Call.ts';
import type { Database } from './Database.ts';
import type { Environment } from './Environment.ts';
import { type Replica, ReplicaRead } from './Replica.ts';
import type { Station } from './Station.ts';

/** One query for several rows, from a replica where there are any; `detail` is how many, the version that of the first. */
export class ReadManyCall extends ReplicaRead {
  private readonly further: readonly number[];
  private furtherVersions: readonly number[] = [];

  constructor(
    environment: Environment,
    primary: Database,
    replicas: readonly Replica[],
    from: number,
    keys: readonly number[],
    pool: Station<Call>,
  ) {
    super(environment, primary, replicas, from, keys[0], pool);
    this.further = keys.slice(1);
    this.detail = keys.length;
  }

  override get others(): readonly number[] {
    return this.further;
  }

  override sawOthers(versions: readonly number[]): void {
    this.furtherVersions = versions;
  }

  protected override resumeCaller(): void {
    if (this.outcome >= OUTCOME.timeout) super.resumeCaller();
    else this.task?.resume([this.version, ...this.furtherVersions]);
  }
}
