import { CAUSE, OP } from '../spans/codes.ts';
import { CacheContents } from './CacheContents.ts';
import { type CacheCall, costOf } from './cacheCalls.ts';
import type { Call } from './Call.ts';
import type { Environment } from './Environment.ts';
import { type Service, ServiceNode } from './ServiceNode.ts';

/** The shared cache: one command thread behind a network, contents under a limit, empty after a crash. */
export class RedisCache implements Service {
  readonly node: ServiceNode;
  readonly contents: CacheContents;
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

  linkUs(): number {
    return this.environment.settings.cache.link;
  }

  timeoutUs(): number {
    return this.environment.settings.cache.timeout;
  }

  serviceUs(): number {
    return this.environment.settings.cache.command;
  }

  work(call: Call): boolean {
    if (call.op === OP['cache.get']) this.contents.get(call as CacheCall);
    else if (call.op === OP['cache.set']) this.contents.set(call, call.attempt, costOf(call));
    else this.contents.delete(call);
    return false;
  }

  crashed(): void {
    this.contents.flush(CAUSE['node-lost']);
  }

  /** A knob was turned. */
  reconfigure(): void {
    this.node.reconfigure();
    this.contents.store.reconfigure(this.limits());
  }

  private limits() {
    const { capacity, memory, eviction } = this.environment.settings.cache;
    return { capacityEntries: capacity, capacityBytes: memory, eviction };
  }
}
