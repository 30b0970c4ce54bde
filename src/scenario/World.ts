import type { EventTarget } from '../kernel/EventQueue.ts';
import { PRIORITY } from '../kernel/EventQueue.ts';
import { Simulation } from '../kernel/Simulation.ts';
import { Metrics } from '../metrics/Metrics.ts';
import { AppServer } from '../nodes/AppServer.ts';
import type { Call } from '../nodes/Call.ts';
import { ClientRetries } from '../nodes/ClientRetries.ts';
import { Database } from '../nodes/Database.ts';
import type { Environment } from '../nodes/Environment.ts';
import { LoadBalancer } from '../nodes/LoadBalancer.ts';
import { LocalCache } from '../nodes/LocalCache.ts';
import { plainHandles } from '../nodes/plainHandles.ts';
import { RedisCache } from '../nodes/RedisCache.ts';
import type { Replica } from '../nodes/Replica.ts';
import { RequestCall, type Sender } from '../nodes/RequestCall.ts';
import { Truth } from '../nodes/Truth.ts';
import { plainProgram } from '../patterns/plainProgram.ts';
import { createPolicy } from '../policies/index.ts';
import { operations, OP } from '../spans/codes.ts';
import { Recorder } from '../spans/Recorder.ts';
import { Arrivals } from '../workload/Arrivals.ts';
import { ClosedUsers } from '../workload/ClosedUsers.ts';
import { KeySource } from '../workload/KeySource.ts';
import { type Author, ReadBack } from '../workload/ReadBack.ts';
import { deepCopy } from './deepCopy.ts';
import type { Features } from './features.ts';
import { type NodeMeta, nodesOf } from './nodes.ts';
import { performAction } from './performAction.ts';
import type { Action, Scenario, Workload } from './schema.ts';

/** A workload under way. */
export interface Traffic {
  name: string;
  workload: Workload;
  arrivals: Arrivals | null;
  readBack: ReadBack;
}

/** Everything that a scenario describes, built and wired: the simulation, its nodes and its traffic. */
export class World implements EventTarget {
  readonly simulation = new Simulation();
  readonly metrics: Metrics;
  readonly recorder = new Recorder<Call>();
  readonly truth: Truth;
  readonly settings: Scenario;
  readonly nodes: NodeMeta[];
  readonly balancer: LoadBalancer;
  readonly servers: AppServer[] = [];
  readonly redis: RedisCache;
  readonly database: Database;
  readonly replicas: Replica[] = [];
  readonly traffic: Traffic[] = [];
  readonly environment: Environment;
  /** What it can do beyond the plain engine; null while nobody has given it that. */
  features: Features | null = null;
  private readonly actions: Action[] = [];
  private readonly clientRetries: ClientRetries;
  private requests = 0;

  /** The scenario is copied: a run changes its settings as it goes. Without `features` it has to be a plain one. */
  constructor(scenario: Scenario, features: Features | null) {
    const settings = deepCopy(scenario);
    this.settings = settings;
    this.metrics = new Metrics(settings);
    this.nodes = nodesOf(settings);
    const existing = Object.values(settings.traffic).reduce((most, workload) => Math.max(most, workload.count), 0);
    this.truth = new Truth(existing);
    this.environment = {
      simulation: this.simulation,
      recorder: this.recorder,
      metrics: this.metrics,
      truth: this.truth,
      settings,
      createPolicy: features?.createPolicy ?? createPolicy,
      rows: null,
      losses: new Int32Array(operations.length),
      bus: null,
      feed: null,
    };
    this.clientRetries = new ClientRetries(this.environment, (request) => this.launch(request));
    this.balancer = new LoadBalancer(this.environment, this.nodeIndex('balancer'));
    this.redis = new RedisCache(this.environment, this.nodeIndex('redis'));
    this.database = new Database(this.environment, this.nodeIndex('database'));
    this.buildServers();
    if (features === null) this.compose();
    else this.learn(features);
    this.buildTraffic(existing);
    this.watch();
  }

  /** It can do everything from now on, as if it could have from the start. */
  learn(features: Features): void {
    if (this.features !== null) return;
    this.features = features;
    this.environment.createPolicy = features.createPolicy;
    features.build(this);
    this.compose();
  }

  /** Index of a node by its id; −1 when there is none. */
  nodeIndex(id: string): number {
    return this.nodes.findIndex((node) => node.id === id);
  }

  /** Schedules an act, at the next whole microsecond; returns its index (the `detail` of its row). */
  schedule(action: Action): number {
    const index = this.actions.push(action) - 1;
    this.simulation.at(Math.ceil(action.at), this, index, PRIORITY.act);
    return index;
  }

  /** The time of an act has come. */
  fire(index: number): void {
    performAction(this, this.actions[index], index);
  }

  /** A knob was turned: every node reads its settings anew. */
  reconfigure(): void {
    this.balancer.reconfigure();
    this.redis.reconfigure();
    this.database.reconfigure();
    this.environment.rows?.reconfigure();
    this.environment.feed?.reconfigure();
    for (const replica of this.replicas) replica.reconfigure();
    this.compose();
    for (const server of this.servers) server.reconfigure();
    for (const { arrivals } of this.traffic) arrivals?.retime();
  }

  /** A client of traffic number `number` sends one request. */
  send(number: number, writes: boolean, key: number, sender: Sender | null = null, user = 0, author?: Author): void {
    const op = writes ? OP['request.write'] : OP['request.read'];
    const request = new RequestCall(this.environment, this.balancer, op, key, sender, user);
    request.traffic = number;
    request.page = this.traffic[number].workload;
    if (writes) {
      request.stock = this.traffic[number].workload.stock;
      request.author = this.traffic[number].readBack;
    } else if (author !== undefined) Object.assign(request, author);
    request.retries = this.clientRetries;
    this.launch(request);
  }

  private launch(request: RequestCall): void {
    request.launch(++this.requests);
  }

  /** Gives every server the program of the settings as they are now. */
  private compose(): void {
    for (const server of this.servers)
      server.program = this.features?.compose(this.settings, server.bare) ?? plainProgram(this.settings, server.bare);
  }

  private buildServers(): void {
    for (let number = 1; number <= this.settings.app.servers; number++) {
      const local = new LocalCache(this.environment, this.nodeIndex(`local${number}`), `local${number}`);
      const server = new AppServer(this.environment, this.nodeIndex(`app${number}`), local);
      server.id = `app${number}`;
      server.bare = plainHandles(this.environment, server, this.redis, this.database);
      this.servers.push(server);
      this.balancer.servers.push(server);
    }
  }

  private buildTraffic(existing: number): void {
    const { seed, traffic } = this.settings;
    for (const name of Object.keys(traffic).sort((a, b) => (a < b ? -1 : 1))) {
      const workload = traffic[name];
      const keys = new KeySource(seed, name, workload, existing);
      const number = this.traffic.length;
      const readBack = new ReadBack(this.simulation, workload, (key, author) =>
        this.send(number, false, key, null, 0, author),
      );
      const send = (sender: Sender | null, user: number) => {
        const writes = keys.nextWrites();
        this.send(number, writes, keys.nextKey(this.simulation.nowUs, writes), sender, user);
      };
      if (workload.arrivals === 'closed') {
        const users: ClosedUsers = new ClosedUsers(this.simulation, seed, name, workload, (user) => send(users, user));
        users.begin();
        this.traffic.push({ name, workload, arrivals: null, readBack });
      } else {
        const arrivals = new Arrivals(this.simulation, seed, name, workload, () => send(null, 0));
        arrivals.begin();
        this.traffic.push({ name, workload, arrivals, readBack });
      }
    }
  }

  private watch(): void {
    this.servers.forEach((server, index) => {
      this.metrics.watch(
        { node: `app${index + 1}`, station: server.node.station, kind: 'node' },
        server.node.nodeIndex,
      );
      this.metrics.watch({ node: `app${index + 1}`, station: server.pool, kind: 'pool' }, server.node.nodeIndex);
    });
    this.metrics.watch({ node: 'redis', station: this.redis.node.station, kind: 'node' }, this.redis.node.nodeIndex);
    this.metrics.watch(
      { node: 'database', station: this.database.node.station, kind: 'node' },
      this.database.node.nodeIndex,
    );
    this.metrics.watchHoldings('redis', () => this.redis.contents.store);
    this.metrics.watchHoldings('local', () => {
      const held = { entries: 0, bytes: 0 };
      for (const server of this.servers) {
        held.entries += server.local.contents.store.entries;
        held.bytes += server.local.contents.store.bytes;
      }
      return held;
    });
  }
}
