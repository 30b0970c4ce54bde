import { exponential } from '../random/distributions.ts';
import { luck } from '../random/luck.ts';
import { CAUSE, OP, OUTCOME } from '../spans/codes.ts';
import type { OpenRow } from '../spans/Recorder.ts';
import { CacheContents, LUCK, type LookUp, SALT } from './CacheContents.ts';
import { type CacheCall, costOf } from './cacheCalls.ts';
import { CacheLoader } from './CacheLoader.ts';
import type { Call } from './Call.ts';
import type { Database } from './Database.ts';
import type { Environment } from './Environment.ts';
import type { LoadCall } from './LoadCall.ts';
import { LockTable } from './LockTable.ts';
import { type ManyCall, perKeyUs } from './ManyCall.ts';
import type { Replica } from './Replica.ts';
import { type Service, ServiceNode } from './ServiceNode.ts';
import { VersionedKeys } from './VersionedKeys.ts';
import { type FlushWork, WriteBehind } from './WriteBehind.ts';
import type { WriteCall } from './WriteCall.ts';
import { missingIds } from '../workload/KeySource.ts';

/** The shared cache: one command thread behind a network, contents under a limit, empty after a crash. */
export class RedisCache implements Service {
  readonly node: ServiceNode;
  readonly contents: CacheContents;
  readonly locks: LockTable;
  /** Loads on behalf of those who read through. */
  readonly loader: CacheLoader;
  /** Writes that the database does not have yet. */
  writes!: WriteBehind;
  private readonly environment: Environment;

  constructor(environment: Environment, nodeIndex: number) {
    this.environment = environment;
    this.contents = new CacheContents(environment, nodeIndex, 1, 'redis', environment.settings.cache, this.limits());
    this.locks = new LockTable(environment);
    this.node = new ServiceNode(environment, nodeIndex, this);
    this.loader = new CacheLoader(environment, this.node);
    this.keepVersions();
  }

  /** The database is there, and what the cache itself does with it. */
  connect(primary: Database, replicas: readonly Replica[], flush: FlushWork): void {
    const { environment, node, contents, loader } = this;
    loader.connect(primary, replicas);
    this.writes = new WriteBehind(environment, node.nodeIndex, contents, flush, primary, loader.pool);
  }

  slots(): number {
    return 1;
  }

  queue(): number {
    return this.environment.settings.cache.queue;
  }

  linkUs(call: Call, isBack: boolean): number {
    const { cache, seed } = this.environment.settings;
    if (cache.spread === 0) return cache.link;
    const u = luck(seed, LUCK.redis, call.request, call.attempt, isBack ? SALT.linkBack : SALT.link);
    return cache.link + Math.round(exponential(cache.spread, u));
  }

  timeoutUs(): number {
    return this.environment.settings.cache.timeout;
  }

  serviceUs(call: Call): number {
    const { command } = this.environment.settings.cache;
    return call.op === OP['cache.get-many'] ? command + call.detail * perKeyUs : command;
  }

  work(call: Call): boolean {
    if (this.contents.versions?.takes(call)) return false;
    if (call.op === OP['cache.get']) this.lookUp(call as CacheCall);
    else if (call.op === OP['cache.set']) this.set(call);
    else if (call.op === OP['cache.update']) this.contents.update(call, call.attempt, costOf(call));
    else if (call.op === OP['cache.load']) return this.load(call as LoadCall);
    else if (call.op === OP['cache.write'])
      return this.writes.take(call as WriteCall, () => this.node.station.release());
    else if (call.op === OP['cache.get-many']) (call as ManyCall).lookUpAll((row) => this.lookUp(row));
    else if (call.op === OP['cache.lock']) this.locks.take(call);
    else if (call.op === OP['cache.unlock']) this.locks.free(call);
    else this.contents.delete(call);
    return false;
  }

  /** Everything is lost, the locks too. */
  flush(cause: number): void {
    this.contents.flush(cause);
    this.locks.clear();
  }

  crashed(): void {
    this.flush(CAUSE['node-lost']);
    this.writes.crashed();
    this.loader.crashed();
  }

  restarted(): void {
    this.writes.restarted();
  }

  /** A knob was turned. */
  reconfigure(): void {
    this.node.reconfigure();
    this.keepVersions();
    this.contents.store.reconfigure(this.limits());
    this.loader.reconfigure();
    this.writes.reconfigure();
  }

  private lookUp(row: OpenRow & Partial<LookUp>): void {
    this.contents.get(row);
    if (!this.writes.buffer.isEmpty) this.writes.find(row);
  }

  /** What a reader has fetched does not go over what a writer has just written and the database has not got. */
  private set(call: Call): void {
    if (!this.writes.buffer.isEmpty && this.writes.buffer.version(call.key) > call.version) {
      call.outcome = OUTCOME.absent;
      this.environment.metrics.count('cache.superseded');
    } else this.contents.set(call, call.attempt, costOf(call));
  }

  /** Looks; on a miss the slot is free for others, and the answer comes when the value does. */
  private load(call: LoadCall): boolean {
    this.lookUp(call);
    if (call.outcome === OUTCOME.hit) return false;
    this.node.station.release();
    this.loader.begin(call);
    return true;
  }

  /** Versioned keys need their place from the moment when they are wanted. */
  private keepVersions(): void {
    const { invalidation, traffic } = this.environment.settings;
    if (invalidation.onWrite !== 'versioned-keys' || this.contents.versions !== null) return;
    const rows = Object.values(traffic).reduce((most, { count }) => Math.max(most, count), 0);
    this.contents.versions = new VersionedKeys(this.contents, rows + missingIds);
  }

  private limits() {
    const { capacity, memory, eviction } = this.environment.settings.cache;
    return { capacityEntries: capacity, capacityBytes: memory, eviction };
  }
}
