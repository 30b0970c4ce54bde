import { Simulation } from '../../kernel/Simulation.ts';
import { Metrics } from '../../metrics/Metrics.ts';
import { CacheContents, LUCK, SALT } from '../../nodes/CacheContents.ts';
import type { Call } from '../../nodes/Call.ts';
import type { Environment } from '../../nodes/Environment.ts';
import { createPolicy } from '../../policies/index.ts';
import { Station, type StationOwner } from '../../nodes/Station.ts';
import { Truth } from '../../nodes/Truth.ts';
import { exponential } from '../../random/distributions.ts';
import { luck } from '../../random/luck.ts';
import { nodesOf } from '../../scenario/nodes.ts';
import type { Scenario } from '../../scenario/schema.ts';
import { operations } from '../../spans/codes.ts';
import { Recorder } from '../../spans/Recorder.ts';
import { Arrivals } from '../../workload/Arrivals.ts';
import { KeySource } from '../../workload/KeySource.ts';
import { Trip } from './Trip.ts';

/** One application server of the model: workers, connections, and where it stands among the nodes. */
export interface HandServer {
  node: number;
  workers: Station<Trip>;
  pool: Station<Trip>;
}

/**
 * Cache-aside as somebody would write it who needed this one model and no other: one state machine for the whole way of
 * a request, no processes, no calls, no faults, no deadlines, no knobs. The same queue, recorder, windows, store and draws
 * as the engine's, so that the two can be held against each other row by row.
 */
export class CacheAsideByHand {
  readonly simulation = new Simulation();
  readonly recorder = new Recorder<Call>();
  readonly metrics: Metrics;
  readonly truth: Truth;
  readonly settings: Scenario;
  readonly contents: CacheContents;
  readonly redis: Station<Trip>;
  readonly database: Station<Trip>;
  readonly servers: HandServer[];
  readonly redisNode: number;
  readonly databaseNode: number;
  private turn = 0;
  private requests = 0;

  /** The scenario must have one open workload of reads, no local cache, no faults, no deadlines, exponential queries. */
  constructor(scenario: Scenario) {
    this.settings = scenario;
    this.metrics = new Metrics(scenario);
    const [name] = Object.keys(scenario.traffic);
    const workload = scenario.traffic[name];
    this.truth = new Truth(workload.count);
    const nodes = nodesOf(scenario).map(({ id }) => id);
    this.redisNode = nodes.indexOf('redis');
    this.databaseNode = nodes.indexOf('database');
    const { cache, database, app } = scenario;
    const { simulation, recorder, metrics, truth, settings } = this;
    const environment: Environment = {
      simulation,
      recorder,
      metrics,
      truth,
      settings,
      createPolicy,
      rows: null,
      losses: new Int32Array(operations.length),
      bus: null,
      feed: null,
    };
    const limits = { capacityEntries: cache.capacity, capacityBytes: cache.memory, eviction: cache.eviction };
    this.contents = new CacheContents(environment, this.redisNode, 1, 'redis', cache, limits);
    const inRedis: StationOwner<Trip> = { serve: (trip) => trip.commandFor(cache.command) };
    const inDatabase: StationOwner<Trip> = { serve: (trip) => trip.queryFor(this.queryUs(trip)) };
    const onServer: StationOwner<Trip> = { serve: (trip) => trip.workFor(app.cpu) };
    const connected: StationOwner<Trip> = { serve: (trip) => trip.connected() };
    this.redis = new Station<Trip>(simulation, inRedis, 1, cache.queue);
    this.database = new Station<Trip>(simulation, inDatabase, database.slots, database.queue);
    this.servers = Array.from({ length: app.servers }, (_, index) => ({
      node: nodes.indexOf(`app${index + 1}`),
      workers: new Station<Trip>(simulation, onServer, app.workers, app.queue),
      pool: new Station<Trip>(simulation, connected, database.pool, Number.POSITIVE_INFINITY),
    }));
    this.watch();
    const keys = new KeySource(scenario.seed, name, workload, workload.count);
    const arrivals = new Arrivals(simulation, scenario.seed, name, workload, () => {
      const writes = keys.nextWrites();
      new Trip(this, ++this.requests, keys.nextKey(simulation.nowUs, writes)).begin();
    });
    arrivals.begin();
  }

  /** Runs to the end of the scenario. */
  run(): void {
    const { simulation, metrics, settings } = this;
    simulation.boundaryUs = settings.window;
    simulation.onBoundary = (boundaryUs) => {
      metrics.closeWindow(boundaryUs, settings.window);
      simulation.boundaryUs = boundaryUs + settings.window;
    };
    simulation.run(settings.duration);
  }

  /** The server whose turn it is. */
  nextServer(): HandServer {
    return this.servers[this.turn++ % this.servers.length];
  }

  private queryUs(trip: Trip): number {
    const { row, attempt } = trip;
    row.version = this.truth.version(row.key);
    const u = luck(this.settings.seed, LUCK.database, row.request, attempt, SALT.service);
    return Math.round(exponential(this.settings.database.read, u));
  }

  private watch(): void {
    this.servers.forEach(({ node, workers, pool }, index) => {
      this.metrics.watch({ node: `app${index + 1}`, station: workers, kind: 'node' }, node);
      this.metrics.watch({ node: `app${index + 1}`, station: pool, kind: 'pool' }, node);
    });
    this.metrics.watch({ node: 'redis', station: this.redis, kind: 'node' }, this.redisNode);
    this.metrics.watch({ node: 'database', station: this.database, kind: 'node' }, this.databaseNode);
    this.metrics.watchHoldings('redis', () => this.contents.store);
  }
}
