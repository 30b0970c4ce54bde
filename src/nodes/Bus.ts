import { exponential } from '../random/distributions.ts';
import { luck } from '../random/luck.ts';
import { OP } from '../spans/codes.ts';
import type { AppServer } from './AppServer.ts';
import { LUCK, SALT } from './CacheContents.ts';
import type { Call, Callee } from './Call.ts';
import { type Announcement, Delivery } from './Delivery.ts';
import type { Environment } from './Environment.ts';

/** One server, as the bus knows it. */
interface Listener {
  server: AppServer;
  /** Until then it does not hear. */
  deafUntilUs: number;
  /** stream only: what arrived while it did not hear, and what has not been sent to it for that reason. */
  held: Delivery[];
  backlog: Announcement[];
  /** When the last message under way will be there: a stream keeps its order. */
  lastUs: number;
}

/**
 * Tells the servers which keys have changed, each on a way of its own. `pubsub` reaches whoever listens when the message is
 * sent and when it arrives, and forgets; `stream` is read in order by each server, from where it had stopped.
 * Delays are exponential, so that the last of n servers hears after busDelay · (1 + 1/2 + … + 1/n) on average.
 */
export class Bus implements Callee {
  readonly nodeIndex: number;
  private readonly environment: Environment;
  private readonly listeners: Listener[] = [];
  private published = 0;

  constructor(environment: Environment, nodeIndex: number) {
    this.environment = environment;
    this.nodeIndex = nodeIndex;
  }

  /** A server listens from now on. */
  join(server: AppServer): void {
    this.listeners.push({ server, deafUntilUs: 0, held: [], backlog: [], lastUs: 0 });
  }

  linkUs(): number {
    return this.environment.settings.cache.link;
  }

  receive(call: Call): void {
    call.serveFor(0);
  }

  /** Someone has published: every server but that one is to hear of it. */
  finish(call: Call): void {
    const { key, request, id } = call;
    this.environment.metrics.count('bus.published');
    const announcement = { number: ++this.published, key, request, id };
    for (const listener of this.listeners)
      if (listener.server.node.nodeIndex !== call.from) this.tell(listener, announcement);
    call.respond();
  }

  /** A server does not hear the bus for a while; number from 0. */
  deafen(number: number, forUs: number): void {
    const listener = this.listeners[number];
    if (listener === undefined) return;
    const { simulation } = this.environment;
    listener.deafUntilUs = Math.max(listener.deafUntilUs, simulation.nowUs + forUs);
    simulation.after(forUs, { fire: () => this.catchUp(listener) });
  }

  /** A server is up again. */
  returned(server: AppServer): void {
    const listener = this.listeners.find((one) => one.server === server);
    if (listener !== undefined) this.catchUp(listener);
  }

  private get keeps(): boolean {
    return this.environment.settings.invalidation.broadcast === 'stream';
  }

  private hears({ server, deafUntilUs }: Listener): boolean {
    return server.node.up && this.environment.simulation.nowUs >= deafUntilUs;
  }

  private tell(listener: Listener, announcement: Announcement): void {
    const hears = this.hears(listener);
    if (this.keeps && !hears) listener.backlog.push(announcement);
    else this.send(listener, announcement, hears);
  }

  private send(listener: Listener, announcement: Announcement, hears: boolean): void {
    const { settings, simulation } = this.environment;
    const { seed, invalidation } = settings;
    const { nodeIndex } = listener.server.node;
    const u = luck(seed, LUCK.bus, announcement.number, nodeIndex, SALT.link);
    let atUs = simulation.nowUs + Math.round(exponential(invalidation.busDelay, u));
    if (this.keeps) atUs = Math.max(atUs, listener.lastUs);
    listener.lastUs = atUs;
    const lost = !this.keeps && (!hears || this.losesOne(announcement.number, nodeIndex));
    const delivery = new Delivery(this.environment, this.nodeIndex, listener.server, announcement, (arrived) =>
      this.arrived(listener, arrived),
    );
    delivery.setOut(atUs, lost);
  }

  private losesOne(number: number, nodeIndex: number): boolean {
    const { losses, settings } = this.environment;
    if (losses[OP['bus.deliver']] > 0) {
      losses[OP['bus.deliver']]--;
      return true;
    }
    const { busLoss } = settings.invalidation;
    return busLoss > 0 && luck(settings.seed, LUCK.bus, number, nodeIndex, SALT.choice) <= busLoss;
  }

  private arrived(listener: Listener, delivery: Delivery): void {
    if (this.hears(listener)) delivery.deliver();
    else if (this.keeps) listener.held.push(delivery);
    else delivery.lose();
  }

  /** It hears again: first what is already there, then what was kept for it. */
  private catchUp(listener: Listener): void {
    if (!this.hears(listener)) return;
    for (const delivery of listener.held) delivery.deliver();
    listener.held = [];
    for (const announcement of listener.backlog) this.send(listener, announcement, true);
    listener.backlog = [];
  }
}
