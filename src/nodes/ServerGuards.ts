import { luck } from '../random/luck.ts';
import { CAUSE, OP } from '../spans/codes.ts';
import { backoffUs } from './backoffUs.ts';
import { BREAKER, Breaker } from './Breaker.ts';
import { type CacheContents, LUCK, SALT } from './CacheContents.ts';
import type { RequestContext } from './Call.ts';
import { Doorkeeper } from './Doorkeeper.ts';
import type { Environment } from './Environment.ts';
import type { Request } from './Handles.ts';

/** What one server remembers from request to request to guard cache and database. A crash forgets it. */
export class ServerGuards {
  readonly doorkeeper = new Doorkeeper();
  readonly cacheBreaker: Breaker;
  readonly databaseBreaker: Breaker;
  /** Loads under way. */
  loads = 0;
  private readonly environment: Environment;
  private readonly nodeIndex: number;
  private readonly shared: CacheContents;

  constructor(environment: Environment, nodeIndex: number, shared: CacheContents, targets: BreakerTargets) {
    this.environment = environment;
    this.nodeIndex = nodeIndex;
    this.shared = shared;
    this.cacheBreaker = this.breaker(targets.cache);
    this.databaseBreaker = this.breaker(targets.database);
  }

  /** A value of this key was not admitted into the shared cache. */
  skipped(key: number, loader: Request): void {
    const { request, id } = contextOf(loader);
    const { recorder, metrics, simulation } = this.environment;
    this.shared.store.notAdmitted(key);
    metrics.count('cache.skipped');
    recorder.instant(simulation.nowUs, { op: OP.skip, node: this.nodeIndex, key, request, parent: id });
  }

  /** What the last load of this request or refresh took, µs. */
  costUs(loader: Request): number {
    return contextOf(loader).loadUs;
  }

  /** A breaker was open; who misses now, misses because the cache is out of reach. */
  notCalled(asker: Request): void {
    this.environment.metrics.count('breaker.refused');
    contextOf(asker).missCause = CAUSE['cache-down'];
  }

  /** How long to wait before retry number `attempt` (from 0) of a query, µs. */
  backoffUs(attempt: number, asker: Request): number {
    const { request, calls } = contextOf(asker);
    const { protect, seed } = this.environment.settings;
    const u = protect.backoffJitter ? luck(seed, LUCK.app, request, calls, SALT.backoff) : 1;
    return backoffUs(protect.backoff, attempt, u);
  }

  /** The server's process is gone. */
  forget(): void {
    this.loads = 0;
    this.doorkeeper.forget();
    this.cacheBreaker.forget();
    this.databaseBreaker.forget();
  }

  private breaker(target: number): Breaker {
    const { recorder, metrics, simulation, settings } = this.environment;
    return new Breaker(settings.protect, (state) => {
      if (state === BREAKER.open) metrics.count('breaker.opened');
      recorder.instant(simulation.nowUs, {
        op: OP.breaker,
        node: target,
        from: this.nodeIndex,
        key: -1,
        detail: state,
      });
    });
  }
}

/** Indexes of the nodes that a server's breakers stand before. */
export interface BreakerTargets {
  cache: number;
  database: number;
}

/** Whoever asks is a request or work in the background, and knows more of itself than a pattern need know. */
function contextOf(request: Request): RequestContext {
  return request as unknown as RequestContext;
}
