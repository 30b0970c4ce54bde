import { OP, OUTCOME } from '../spans/codes.ts';
import { missingIds } from '../workload/KeySource.ts';
import { CacheLoader } from './CacheLoader.ts';
import { costOf } from './cacheCalls.ts';
import type { Call } from './Call.ts';
import type { Database } from './Database.ts';
import type { Environment } from './Environment.ts';
import type { Pattern } from './Handles.ts';
import type { LoadCall } from './LoadCall.ts';
import { LockTable } from './LockTable.ts';
import type { ManyCall } from './ManyCall.ts';
import type { RedisCache } from './RedisCache.ts';
import type { Replica } from './Replica.ts';
import { VersionedKeys } from './VersionedKeys.ts';
import { type FlushWork, WriteBehind } from './WriteBehind.ts';
import type { WriteCall } from './WriteCall.ts';

/** What the shared cache does of itself. */
export interface CacheWork {
  /** What it does all the time: hands over what it has promised to write. */
  flush: FlushWork;
  /** What it does on a miss under the settings as they are now. */
  load: () => Pattern;
}

/**
 * What the shared cache does besides looking up, storing and deleting: it keeps locks, loads what was asked for, takes
 * writes that the database does not have yet, and keeps keys at versions.
 */
export class CacheServices {
  readonly locks: LockTable;
  /** Loads on behalf of those who read through. */
  readonly loader: CacheLoader;
  /** Writes that the database does not have yet. */
  readonly writes: WriteBehind;
  private readonly environment: Environment;
  private readonly redis: RedisCache;
  private readonly itsWork: CacheWork;

  constructor(
    environment: Environment,
    redis: RedisCache,
    primary: Database,
    replicas: readonly Replica[],
    itsWork: CacheWork,
  ) {
    const { node, contents } = redis;
    this.environment = environment;
    this.redis = redis;
    this.itsWork = itsWork;
    this.locks = new LockTable(environment);
    this.loader = new CacheLoader(environment, node);
    this.loader.connect(primary, replicas);
    this.loader.load = itsWork.load();
    this.writes = new WriteBehind(environment, node.nodeIndex, contents, itsWork.flush, primary, this.loader.pool);
    this.keepVersions();
  }

  /** Does a command that only the services know; true where the answer comes later. */
  work(call: Call): boolean {
    const { contents, node } = this.redis;
    if (call.op === OP['cache.update']) contents.update(call, call.attempt, costOf(call));
    else if (call.op === OP['cache.load']) return this.load(call as LoadCall);
    else if (call.op === OP['cache.write']) return this.writes.take(call as WriteCall, () => node.station.release());
    else if (call.op === OP['cache.get-many']) (call as ManyCall).lookUpAll((row) => this.redis.lookUp(row));
    else if (call.op === OP['cache.lock']) this.locks.take(call);
    else if (call.op === OP['cache.unlock']) this.locks.free(call);
    return false;
  }

  crashed(): void {
    this.writes.crashed();
    this.loader.crashed();
  }

  restarted(): void {
    this.writes.restarted();
  }

  /** A knob was turned. */
  reconfigure(): void {
    this.keepVersions();
    this.loader.load = this.itsWork.load();
    this.loader.reconfigure();
    this.writes.reconfigure();
  }

  /** Looks; on a miss the slot is free for others, and the answer comes when the value does. */
  private load(call: LoadCall): boolean {
    this.redis.lookUp(call);
    if (call.outcome === OUTCOME.hit) return false;
    this.redis.node.station.release();
    this.loader.begin(call);
    return true;
  }

  /** Versioned keys need their place from the moment when they are wanted. */
  private keepVersions(): void {
    const { invalidation, traffic } = this.environment.settings;
    const { contents } = this.redis;
    if (invalidation.onWrite !== 'versioned-keys' || contents.versions !== null) return;
    const rows = Object.values(traffic).reduce((most, { count }) => Math.max(most, count), 0);
    contents.versions = new VersionedKeys(contents, rows + missingIds);
  }
}
