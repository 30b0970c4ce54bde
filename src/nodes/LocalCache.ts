import { OP } from '../spans/codes.ts';
import { CacheContents } from './CacheContents.ts';
import { costOf } from './cacheCalls.ts';
import type { Call, Callee } from './Call.ts';
import type { Environment } from './Environment.ts';

/** The cache inside one server's process: private to it, gone when it crashes. */
export class LocalCache implements Callee {
  readonly nodeIndex: number;
  readonly contents: CacheContents;
  private readonly environment: Environment;

  constructor(environment: Environment, nodeIndex: number, name: string) {
    this.environment = environment;
    this.nodeIndex = nodeIndex;
    this.contents = new CacheContents(environment, nodeIndex, 0, name, environment.settings.local, this.limits());
  }

  linkUs(): number {
    return 0;
  }

  receive(call: Call): void {
    call.serveFor(this.environment.settings.local.lookup);
  }

  finish(call: Call): void {
    if (call.op === OP['local.get']) this.contents.get(call);
    else if (call.op === OP['local.set']) this.contents.set(call, call.attempt, costOf(call));
    else this.contents.delete(call);
    call.respond();
  }

  /** A knob was turned. */
  reconfigure(): void {
    this.contents.store.reconfigure(this.limits(), this.environment.simulation.nowUs);
  }

  private limits() {
    const { capacity, eviction } = this.environment.settings.local;
    return { capacityEntries: capacity, capacityBytes: Number.POSITIVE_INFINITY, eviction };
  }
}
