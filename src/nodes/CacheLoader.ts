import { Task, type TaskObserver } from '../kernel/Task.ts';
import { OP, OUTCOME } from '../spans/codes.ts';
import { CacheCall } from './cacheCalls.ts';
import { type Call, type Callee, CallFailed, STAGE } from './Call.ts';
import { type Database, DatabaseCall } from './Database.ts';
import type { Environment } from './Environment.ts';
import { Flights } from './Flights.ts';
import type { DatabaseHandle, Handles, Pattern } from './Handles.ts';
import { LoadCall } from './LoadCall.ts';
import { type Replica, ReplicaRead } from './Replica.ts';
import type { ServiceNode } from './ServiceNode.ts';
import { Station } from './Station.ts';
import { TimeoutLine } from './TimeoutLine.ts';
import { WriteCall } from './WriteCall.ts';

/**
 * Read-through's side of the shared cache: processes that load what was asked for and not there, over connections of the
 * cache's own, while its command thread goes on.
 */
export class CacheLoader implements TaskObserver {
  /** The cache's connections to the database. */
  readonly pool: Station<Call>;
  /** What it does on a miss. */
  load!: Pattern;
  private readonly environment: Environment;
  private readonly node: ServiceNode;
  private readonly flights: Flights;
  private handles!: Handles;
  private line: TimeoutLine;

  constructor(environment: Environment, node: ServiceNode) {
    this.environment = environment;
    this.node = node;
    this.flights = new Flights(environment, node.nodeIndex);
    this.line = new TimeoutLine(environment.simulation, this.patienceUs());
    this.pool = new Station<Call>(
      environment.simulation,
      { serve: (call) => call.send() },
      environment.settings.database.pool,
      Number.POSITIVE_INFINITY,
    );
  }

  /** Deadlines of loads that begin now: a load may take as long as a look-up and a query together. */
  get deadlines(): TimeoutLine {
    return this.line;
  }

  /** The database and its replicas are there. */
  connect(primary: Database, replicas: readonly Replica[]): void {
    const { environment, flights } = this;
    // Of all handles a load in the cache has these; what else a server has, a cache has not.
    const own: Pick<Handles, 'cache' | 'database' | 'flights' | 'settings'> = {
      cache: this.ownCache() as Handles['cache'],
      database: this.databaseOf(primary, replicas) as DatabaseHandle,
      flights,
      settings: environment.settings,
    };
    this.handles = own as Handles;
  }

  /** The look-up has missed, and its slot is free again: loads, then answers. */
  begin(call: LoadCall): void {
    const task = new Task<unknown, LoadCall>(this.environment.simulation, this.load(call, this.handles), call);
    call.process = task;
    task.observe(this);
    task.begin();
  }

  taskEnded(task: Task<unknown>): void {
    const call = task.context as LoadCall;
    if (task.state === 'cancelled') return;
    if (task.state === 'failed') {
      if (!(task.error instanceof CallFailed)) throw task.error;
      call.refuse(task.error.outcome === OUTCOME.rejected ? OUTCOME.rejected : OUTCOME.error);
      return;
    }
    call.version = task.result as number;
    call.respond();
  }

  /** The cache crashed: what it was doing for others ends, and its connections break. */
  crashed(): void {
    const here = this.node.nodeIndex;
    const open = this.environment.recorder.open.slice();
    this.flights.clear();
    for (const call of open)
      if (call.node === here && (call instanceof LoadCall || call instanceof WriteCall)) call.process?.cancel();
    const calls = open.filter((call) => call.from === here && call.node !== here);
    for (const call of calls) if (call.stage === STAGE.connecting) call.giveUp(OUTCOME.error);
    for (const call of calls) if (!call.settled) call.giveUp(OUTCOME.error);
  }

  /** A knob was turned. */
  reconfigure(): void {
    const { pool } = this.environment.settings.database;
    if (this.pool.slots !== pool) this.pool.resize(pool);
    if (this.line.durationUs !== this.patienceUs())
      this.line = new TimeoutLine(this.environment.simulation, this.patienceUs());
  }

  private patienceUs(): number {
    const { cache, database } = this.environment.settings;
    return cache.timeout + database.timeout;
  }

  /** The cache's own commands stand in the line like all others, but have no way to go. */
  private ownCache(): Pick<Handles['cache'], 'set'> {
    const { environment, node } = this;
    const home: Callee = {
      nodeIndex: node.nodeIndex,
      linkUs: () => 0,
      receive: (call) => node.receive(call),
      finish: (call) => node.finish(call),
    };
    return {
      set: (key, value) => {
        const made = new CacheCall(environment, home, OP['cache.set'], node.nodeIndex, key, node.deadlines, null);
        made.version = value;
        return made as never;
      },
    };
  }

  private databaseOf(primary: Database, replicas: readonly Replica[]): Pick<DatabaseHandle, 'read'> {
    const { environment, pool, node } = this;
    const from = node.nodeIndex;
    const { node: main } = primary;
    return {
      read: (key) =>
        replicas.length === 0
          ? (new DatabaseCall(environment, main, OP['database.read'], from, key, main.deadlines, pool) as never)
          : (new ReplicaRead(environment, primary, replicas, from, key, pool) as never),
    };
  }
}
