import type { Process } from '../kernel/Effect.ts';
import { OP, OUTCOME } from '../spans/codes.ts';
import { Activity } from './Activity.ts';
import { CacheCall } from './cacheCalls.ts';
import type { Call } from './Call.ts';
import type { Environment } from './Environment.ts';
import { EventLog } from './EventLog.ts';
import type { Channel, HereHandle, Step } from './Handles.ts';
import { channelTo, silence } from './PublishCall.ts';
import type { RedisCache } from './RedisCache.ts';
import { type Service, ServiceNode } from './ServiceNode.ts';
import { Wait } from './Wait.ts';

/** What the worker of a feed can reach. */
export interface FeedHandles {
  readonly here: Pick<HereHandle, 'pause'>;
  readonly cache: {
    /** True when the cache has answered, whether it had the key or not. */
    delete(key: number): Step<boolean>;
  };
  /** Where the servers hear of changes; silent where there is no bus. */
  readonly bus: Channel;
  /** Time of the worker for one change, µs. */
  readonly workUs: () => number;
}

/** What the worker does for one change. */
export type FeedWork = (key: number, handles: FeedHandles) => Process<unknown>;

/** A change on its way to the worker. */
interface Change {
  key: number;
  version: number;
  atUs: number;
  /** The worker does not see it before. */
  visibleUs: number;
}

/** The position in a database's log is saved after so many changes; after a crash the ones since then come again. */
export const savedEvery = 50;

/** Luck of changes: apart from that of everybody else who serves nobody, with room for the calls of each. */
const luckFrom = 1_073_741_824;
const luckApart = 64;

/** A delete whose caller wants to know whether the cache took it. */
class AnsweredCall extends CacheCall {
  protected override resumeCaller(): void {
    this.task?.resume(this.outcome < OUTCOME.timeout);
  }
}

/**
 * A feed of changes and the worker who takes them, one after another, in the order of the commits. `queue`: writers
 * send events to it, and each is kept until it has been worked on. `cdc`: it reads the log of the database, which misses nobody,
 * and goes on from the last position saved when it comes back; some changes then come twice.
 */
export class Feed implements Service {
  readonly node: ServiceNode;
  private readonly environment: Environment;
  private readonly log = new EventLog<Change>();
  /** Number of the change to take next. */
  private next = 0;
  private working: Activity | null = null;
  private wakesUs = Number.POSITIVE_INFINITY;
  private taken = 0;
  private readonly handles: FeedHandles;
  private readonly takeChange: FeedWork;

  constructor(environment: Environment, nodeIndex: number, redis: RedisCache, work: FeedWork) {
    this.environment = environment;
    this.node = new ServiceNode(environment, nodeIndex, this);
    this.handles = this.createHandles(redis);
    this.takeChange = work;
    environment.metrics.watchLevel('feed.waiting', () => this.log.end - this.next);
    if (this.readsLog) environment.truth.onStored = (key, version, atUs) => this.append(key, version, atUs);
  }

  slots(): number {
    return 1_000_000;
  }

  queue(): number {
    return 0;
  }

  linkUs(): number {
    return this.environment.settings.cache.link;
  }

  timeoutUs(): number {
    return this.environment.settings.cache.timeout;
  }

  serviceUs(): number {
    return 0;
  }

  /** An event has come in. */
  work(call: Call): boolean {
    this.append(call.key, -1, call.startUs);
    return false;
  }

  /** The worker is gone, and with it what it did not save. */
  crashed(): void {
    const { working } = this;
    this.working = null;
    working?.process?.cancel();
    for (const call of this.environment.recorder.open.slice())
      if (call.from === this.node.nodeIndex && !call.settled) call.giveUp(OUTCOME.error);
    this.next = this.log.acknowledged;
  }

  restarted(): void {
    this.takeNext();
  }

  /** A knob was turned. */
  reconfigure(): void {
    this.node.reconfigure();
  }

  private get readsLog(): boolean {
    return this.environment.settings.invalidation.feed === 'cdc';
  }

  private append(key: number, version: number, atUs: number): void {
    const { simulation, settings } = this.environment;
    this.log.append({ key, version, atUs, visibleUs: simulation.nowUs + settings.invalidation.feedDelay });
    this.takeNext();
  }

  /** The worker takes the next change, if it is free and there is one. */
  private takeNext(): void {
    const change = this.log.at(this.next);
    if (change === undefined || this.working !== null || !this.node.up) return;
    const { simulation, metrics } = this.environment;
    if (change.visibleUs > simulation.nowUs) {
      this.wakeAt(change.visibleUs);
      return;
    }
    this.next++;
    metrics.count('feed.events');
    const op = this.readsLog ? OP['log.read'] : OP['queue.work'];
    const activity = new Activity(this.environment, this.node.nodeIndex, op, change.key);
    activity.version = change.version;
    activity.detail = Math.round((simulation.nowUs - change.atUs) / 1000);
    activity.whenOver = () => this.over(activity);
    this.working = activity;
    activity.run(this.takeChange(change.key, this.handles), null, luckFrom + luckApart * this.taken++);
  }

  private over(activity: Activity): void {
    if (this.working !== activity) return;
    this.working = null;
    const save = this.readsLog ? savedEvery : 1;
    if (this.next - this.log.acknowledged >= save) this.log.acknowledge(this.next);
    this.takeNext();
  }

  private wakeAt(atUs: number): void {
    if (atUs >= this.wakesUs) return;
    this.wakesUs = atUs;
    this.environment.simulation.at(atUs, {
      fire: () => {
        this.wakesUs = Number.POSITIVE_INFINITY;
        this.takeNext();
      },
    });
  }

  private createHandles(redis: RedisCache): FeedHandles {
    const { environment } = this;
    const { nodeIndex } = this.node;
    const { bus, settings } = environment;
    const deadlines = () => redis.node.deadlines;
    return {
      here: { pause: (key, us) => new Wait(environment, nodeIndex, key, us) as never },
      cache: {
        delete: (key) =>
          new AnsweredCall(environment, redis.node, OP['cache.delete'], nodeIndex, key, deadlines(), null) as never,
      },
      bus: bus === null ? silence : channelTo(environment, OP['bus.publish'], nodeIndex, bus, deadlines),
      workUs: () => Math.round(settings.invalidation.feedWork * this.node.slowness),
    };
  }
}
