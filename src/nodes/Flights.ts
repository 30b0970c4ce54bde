import { OUTCOME } from '../spans/codes.ts';
import { CallFailed, type RequestContext } from './Call.ts';
import type { Environment } from './Environment.ts';
import type { Request, Step, Value } from './Handles.ts';
import { Wait } from './Wait.ts';

/** One load under way, and those who wait for it. */
export class Flight {
  readonly leader: RequestContext;
  readonly waiters: Wait[] = [];
  private readonly flights: Map<number, Flight>;
  private readonly key: number;

  constructor(flights: Map<number, Flight>, key: number, leader: RequestContext) {
    this.flights = flights;
    this.key = key;
    this.leader = leader;
  }

  /** The value is there: all who wait get it. Returns it. */
  land(value: Value): Value {
    this.end((wait) => wait.wake(value));
    return value;
  }

  /** The load failed: all who wait fail as it did, and the next to come begins anew. Returns the failure. */
  fail(failure: unknown): unknown {
    const outcome = failure instanceof CallFailed ? failure.outcome : OUTCOME.error;
    this.end((wait) => wait.wake(-1, outcome));
    return failure;
  }

  /**
   * What one fetched counts as fetched by all: a waiter's answer came from where its leader's came, so its own row says
   * `miss` where the leader asked the database, and what it stores has cost what the leader's load took.
   */
  private end(wake: (wait: Wait) => void): void {
    if (this.flights.get(this.key) === this) this.flights.delete(this.key);
    for (const wait of this.waiters) {
      const context = wait.task?.context;
      if (wait.settled || context === undefined) continue;
      context.usedDatabase ||= this.leader.usedDatabase;
      context.loadUs = this.leader.loadUs;
      wake(wait);
    }
    this.waiters.length = 0;
  }
}

/** The loads under way at one server, at most one a key. */
export class Flights {
  private readonly underWay = new Map<number, Flight>();
  private readonly environment: Environment;
  private readonly nodeIndex: number;

  constructor(environment: Environment, nodeIndex: number) {
    this.environment = environment;
    this.nodeIndex = nodeIndex;
  }

  /** Whether somebody at this server is loading the key. */
  has(key: number): boolean {
    return this.underWay.has(key);
  }

  /** This request loads its key now; whoever comes until it lands or fails may join. */
  begin(request: Request): Flight {
    const flight = new Flight(this.underWay, request.key, request as unknown as RequestContext);
    this.underWay.set(request.key, flight);
    return flight;
  }

  /** Waits for the load of a key that is under way: its value, or CallFailed as it fails. */
  join(key: number): Step<Value> {
    const flight = this.underWay.get(key);
    if (flight === undefined) throw new Error(`nobody loads key ${key}`);
    this.environment.metrics.count('loads.waited');
    const wait = new Wait(this.environment, this.nodeIndex, key, Number.POSITIVE_INFINITY, flight.leader.id);
    flight.waiters.push(wait);
    return wait as never;
  }

  /** The server crashed, and with it everybody who loads or waits. */
  clear(): void {
    this.underWay.clear();
  }
}
