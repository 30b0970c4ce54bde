import type { EventTarget } from '../kernel/EventQueue.ts';
import { OUTCOME } from '../spans/codes.ts';
import type { Call } from './Call.ts';
import type { Environment } from './Environment.ts';

interface Lock {
  owner: number;
  lapsesUs: number;
}

/**
 * The locks kept by the shared cache, one a key: taken only where none is held, freed only by the owner who took it, gone at
 * their time to live to the microsecond. Owner is the id of the row on whose behalf the call is made, the token of the usual
 * recipe.
 * @source Redis, "SET" (NX, PX; "Patterns") and "Distributed Locks with Redis" (correct implementation with a single instance).
 */
export class LockTable implements EventTarget {
  private readonly locks = new Map<number, Lock>();
  private readonly environment: Environment;

  constructor(environment: Environment) {
    this.environment = environment;
  }

  /** SET key owner NX PX: the row's outcome is `ok`, or `miss` where another (or an earlier call of the same owner) holds it. */
  take(call: Call): void {
    const { simulation, metrics, settings } = this.environment;
    this.lapse(call.key);
    if (this.locks.has(call.key)) {
      call.outcome = OUTCOME.miss;
      metrics.count('locks.held');
      return;
    }
    const lapsesUs = simulation.nowUs + settings.protect.lockTtl;
    this.locks.set(call.key, { owner: call.parent, lapsesUs });
    simulation.at(lapsesUs, this, call.key);
    metrics.count('locks.taken');
  }

  /** Compare and delete: `absent` where the lock has lapsed, even if it is another's by now. */
  free(call: Call): void {
    this.lapse(call.key);
    if (this.locks.get(call.key)?.owner === call.parent) this.locks.delete(call.key);
    else call.outcome = OUTCOME.absent;
  }

  /** Locks are data like any other: a crash or a flush takes them all. */
  clear(): void {
    this.locks.clear();
  }

  /** Whether a lock of this key is held. */
  holds(key: number): boolean {
    this.lapse(key);
    return this.locks.has(key);
  }

  fire(key: number): void {
    this.lapse(key);
  }

  private lapse(key: number): void {
    const { simulation, metrics } = this.environment;
    const lock = this.locks.get(key);
    if (lock === undefined || lock.lapsesUs > simulation.nowUs) return;
    this.locks.delete(key);
    metrics.count('locks.lapsed');
  }
}
