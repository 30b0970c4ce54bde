import { Stream } from '../random/Stream.ts';
import type { AppServer } from './AppServer.ts';
import type { Call, Callee } from './Call.ts';
import type { Environment } from './Environment.ts';
import { TimeoutLine } from './TimeoutLine.ts';

/** Sends each request to one of the servers it believes to be up. */
export class LoadBalancer implements Callee {
  readonly nodeIndex: number;
  readonly servers: AppServer[] = [];
  private next = 0;
  private line: TimeoutLine;
  private readonly environment: Environment;
  private readonly stream: Stream;

  constructor(environment: Environment, nodeIndex: number) {
    this.environment = environment;
    this.nodeIndex = nodeIndex;
    this.stream = new Stream(environment.settings.seed, 'balancer');
    this.line = new TimeoutLine(environment.simulation, environment.settings.clients.timeout);
  }

  /** Deadlines of requests that begin now. */
  get deadlines(): TimeoutLine {
    return this.line;
  }

  linkUs(): number {
    return this.environment.settings.clients.link;
  }

  receive(_call: Call): void {}

  finish(_call: Call): void {}

  /** The server for the next request; null when none is believed to be up. */
  pick(): AppServer | null {
    const { policy } = this.environment.settings.balancer;
    const candidates = this.servers.every((server) => server.node.up)
      ? this.servers
      : this.servers.filter((server) => this.believesUp(server));
    if (candidates.length === 0) return null;
    if (policy === 'random') return candidates[this.stream.below(candidates.length)];
    if (policy === 'round-robin') return candidates[this.next++ % candidates.length];
    let best = candidates[this.next++ % candidates.length];
    for (const server of candidates) if (server.connections < best.connections) best = server;
    return best;
  }

  /** A knob was turned. */
  reconfigure(): void {
    const { timeout } = this.environment.settings.clients;
    if (this.line.durationUs !== timeout) this.line = new TimeoutLine(this.environment.simulation, timeout);
  }

  private believesUp(server: AppServer): boolean {
    return (
      server.node.up ||
      this.environment.simulation.nowUs - server.node.downSinceUs < this.environment.settings.balancer.detect
    );
  }
}
