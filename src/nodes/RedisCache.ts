import { exponential } from '../random/distributions.ts';
import { luck } from '../random/luck.ts';
import { CAUSE, OP, OUTCOME } from '../spans/codes.ts';
import type { OpenRow } from '../spans/Recorder.ts';
import { CacheContents, LUCK, type LookUp, SALT } from './CacheContents.ts';
import { costOf } from './cacheCalls.ts';
import type { CacheServices } from './CacheServices.ts';
import type { Call } from './Call.ts';
import type { Environment } from './Environment.ts';
import { type Service, ServiceNode } from './ServiceNode.ts';

/** What each key of a command for several takes on the command thread, besides the command itself, µs. */
const perKeyUs = 1;

/** The shared cache: one command thread behind a network, contents under a limit, empty after a crash. */
export class RedisCache implements Service {
  readonly node: ServiceNode;
  readonly contents: CacheContents;
  /** What it does besides looking up, storing and deleting; null where nobody may want that. */
  services: CacheServices | null = null;
  private readonly environment: Environment;

  constructor(environment: Environment, nodeIndex: number) {
    this.environment = environment;
    this.contents = new CacheContents(environment, nodeIndex, 1, 'redis', environment.settings.cache, this.limits());
    this.node = new ServiceNode(environment, nodeIndex, this);
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
    if (call.op === OP['cache.get']) this.lookUp(call);
    else if (call.op === OP['cache.set']) this.set(call);
    else if (call.op === OP['cache.delete']) this.contents.delete(call);
    else return this.services?.work(call) ?? false;
    return false;
  }

  /** Everything is lost, the locks too. */
  flush(cause: number): void {
    this.contents.flush(cause);
    this.services?.locks.clear();
  }

  crashed(): void {
    this.flush(CAUSE['node-lost']);
    this.services?.crashed();
  }

  restarted(): void {
    this.services?.restarted();
  }

  /** A knob was turned. */
  reconfigure(): void {
    this.node.reconfigure();
    this.contents.store.reconfigure(this.limits(), this.environment.simulation.nowUs);
    this.services?.reconfigure();
  }

  /** Looks up the row's key, among the entries and among the writes that wait. */
  lookUp(row: OpenRow & Partial<LookUp>): void {
    const { contents, services } = this;
    contents.get(row);
    if (services !== null && !services.writes.buffer.isEmpty) services.writes.find(row);
  }

  /** What a reader has fetched does not go over what a writer has just written and the database has not got. */
  private set(call: Call): void {
    const { contents, services } = this;
    if (
      services !== null &&
      !services.writes.buffer.isEmpty &&
      services.writes.buffer.version(call.key) > call.version
    ) {
      call.outcome = OUTCOME.absent;
      this.environment.metrics.count('cache.superseded');
    } else contents.set(call, call.attempt, costOf(call));
  }

  private limits() {
    const { cache, database } = this.environment.settings;
    const { capacity, memory, eviction } = cache;
    return { capacityEntries: capacity, capacityBytes: memory, eviction, entryBytes: database.row + cache.overhead };
  }
}
