import type { EventTarget } from '../kernel/EventQueue.ts';
import { draw } from '../random/distributions.ts';
import { luck } from '../random/luck.ts';
import { Stream } from '../random/Stream.ts';
import { CAUSE, FLAG, OP, OUTCOME } from '../spans/codes.ts';
import type { OpenRow } from '../spans/Recorder.ts';
import { CacheStore, type CacheStoreLimits, type CacheStoreOwner } from './CacheStore.ts';
import type { Environment } from './Environment.ts';
import { isByRefresh } from './cacheCalls.ts';
import type { Entry } from './Handles.ts';
import { Unread } from './Unread.ts';
import type { VersionedKeys } from './VersionedKeys.ts';

/** Salts that keep the draws of one attempt apart. */
export const SALT = { service: 1, jitter: 2, size: 3, choice: 4, link: 5, backoff: 6, linkBack: 7 } as const;

/**
 * Kinds of node, as keys to luck. Kinds and not indexes: a run with another number of servers, or one in which another
 * server gets the request, meets the same luck.
 */
export const LUCK = { keys: 0, app: 1, local: 2, redis: 3, database: 4, bus: 40, clients: 41 } as const;

/** Bytes of a pointer to the current version of a key, besides what every entry takes. */
const pointerBytes = 8;

/** A look-up that may want more than the value. */
export interface LookUp {
  /** Whether an entry past its time to live counts as found. */
  readonly takesOverdue: boolean;
  /** The cache has the entry. */
  found(entry: Entry): void;
}

/** The settings of one cache tier. */
export interface CacheSettings {
  ttl: number;
  jitter: number;
  jitterMode: 'plus' | 'around';
  eviction: string;
}

/**
 * The contents of one cache node and everything that is recorded of them: used by the shared cache and by each server's
 * own. Instants of eviction and expiry become rows of their own.
 */
export class CacheContents implements CacheStoreOwner, EventTarget {
  readonly store: CacheStore;
  /** Where keys at versions lie; null while nobody has asked for such. */
  versions: VersionedKeys | null = null;
  private readonly environment: Environment;
  private readonly nodeIndex: number;
  private readonly tier: number;
  private readonly settings: CacheSettings;
  private readonly unread: Unread;
  private request = 0;

  constructor(
    environment: Environment,
    nodeIndex: number,
    tier: number,
    name: string,
    settings: CacheSettings,
    limits: CacheStoreLimits,
  ) {
    this.environment = environment;
    this.nodeIndex = nodeIndex;
    this.tier = tier;
    this.settings = settings;
    this.unread = new Unread((count) => environment.metrics.count('loads.wasted', count));
    const stream = new Stream(environment.settings.seed, `${name}.eviction`);
    this.store = new CacheStore(limits, this, {
      createPolicy: (id, context) => environment.createPolicy(id, context),
      below: (n) => stream.below(n),
    });
  }

  /** A look-up for a row: puts version, outcome and cause into it. */
  get(row: OpenRow & Partial<LookUp>): void {
    const now = this.environment.simulation.nowUs;
    const version = this.store.get(row.key, now);
    row.version = version;
    row.outcome = version < 0 ? OUTCOME.miss : OUTCOME.hit;
    row.cause = version < 0 ? this.store.causeOf(row.key) : 0;
    if (version < 0) return;
    if (this.store.isOverdue(row.key, now)) {
      row.flags |= FLAG.overdue;
      if (!row.takesOverdue) {
        row.outcome = OUTCOME.miss;
        row.cause = CAUSE.overdue;
        return;
      }
    }
    if (this.unread.size > 0) this.unread.read(row.key);
    if (row.takesOverdue) row.found?.(this.store.entry(row.key));
  }

  /** Stores what the row carries, with the TTL and the jitter of its own luck; `detail` becomes the TTL in ms. */
  set(row: OpenRow, attempt: number, costUs = 0): void {
    const { simulation, settings, metrics } = this.environment;
    const { ttl, jitter } = this.settings;
    const isAbsent = row.version === 0;
    const life = isAbsent ? settings.protect.negative : jitter === 0 ? ttl : this.jittered(row, attempt);
    const grace = isAbsent || this.tier === 0 ? 0 : settings.protect.stale;
    this.request = row.request;
    const size = this.sizeOf(row.key);
    const result = this.store.set(row.key, row.version, size, life, simulation.nowUs, grace, costUs);
    this.request = 0;
    row.detail = life === Number.POSITIVE_INFINITY ? -1 : Math.round(life / 1000);
    if (result === 'refused') {
      row.outcome = OUTCOME.rejected;
      return;
    }
    this.unread.stored(row.key, isByRefresh(row) && !this.isPointer(row.key));
    metrics.contents(this.tier, 'fills');
    if (result === 'overwritten') metrics.contents(this.tier, 'overwrites');
  }

  /** Stores what the row carries, unless a newer version is held. */
  update(row: OpenRow, attempt: number, costUs = 0): void {
    const { simulation, metrics } = this.environment;
    if (this.store.peek(row.key, simulation.nowUs) <= row.version) {
      this.set(row, attempt, costUs);
      return;
    }
    row.outcome = OUTCOME.absent;
    metrics.count('cache.superseded');
  }

  /** The time to live of one store, by its own luck; never below a microsecond. */
  private jittered(row: OpenRow, attempt: number): number {
    const { ttl, jitter, jitterMode } = this.settings;
    const kind = this.tier === 0 ? LUCK.local : LUCK.redis;
    const u = luck(this.environment.settings.seed, kind, row.request, attempt, SALT.jitter);
    return jitterMode === 'plus' ? ttl + Math.round(jitter * u) : Math.max(1, ttl + Math.round(jitter * (u - 0.5)));
  }

  /** Deletes the row's key because its value changed. */
  delete(row: OpenRow): void {
    this.unread.gone(row.key);
    if (this.store.remove(row.key, CAUSE.invalidated)) this.environment.metrics.contents(this.tier, 'invalidations');
    else row.outcome = OUTCOME.absent;
  }

  /** Ends the life of one entry now, as if its TTL had run out. */
  expireNow(key: number): void {
    if (this.store.remove(key, CAUSE.expired)) this.expired(key);
  }

  /** Everything is lost. */
  flush(cause: number): void {
    const count = this.store.clear(cause);
    this.environment.metrics.contents(this.tier, 'flushed', count);
    this.versions?.forgetAll(cause);
    this.unread.clear();
    this.instant(OP.flush, -1, cause);
  }

  evicted(id: number): void {
    const version = this.versions?.versionOf(id) ?? -1;
    const key = this.versions?.forget(id, CAUSE.capacity) ?? id;
    this.unread.gone(id);
    this.environment.metrics.contents(this.tier, 'evictions');
    this.instant(OP.evict, key, CAUSE.capacity, version);
  }

  expired(id: number): void {
    const version = this.versions?.versionOf(id) ?? -1;
    const key = this.versions?.forget(id, CAUSE.expired) ?? id;
    this.unread.gone(id);
    this.environment.metrics.contents(this.tier, 'expirations');
    this.instant(OP.expire, key, CAUSE.expired, version);
  }

  wakeAt(atUs: number): void {
    this.environment.simulation.at(atUs, this);
  }

  fire(): void {
    this.store.expireDue(this.environment.simulation.nowUs);
  }

  /** Whether under this id lies, or would lie, a pointer to the current version of a key. */
  private isPointer(id: number): boolean {
    const { onWrite } = this.environment.settings.invalidation;
    return this.versions !== null && onWrite === 'versioned-keys' && this.versions.keyOf(id) === id;
  }

  private sizeOf(id: number): number {
    const { database, cache, seed } = this.environment.settings;
    if (this.isPointer(id)) return pointerBytes + cache.overhead;
    const key = this.versions === null ? id : this.versions.keyOf(id);
    if (database.rowShape === 'constant') return database.row + cache.overhead;
    const u = luck(seed, LUCK.keys, key, 0, SALT.size);
    return (
      Math.max(1, Math.round(draw({ mean: database.row, shape: database.rowShape, sigma: database.sigma }, u))) +
      cache.overhead
    );
  }

  private instant(op: number, key: number, cause: number, version = -1): void {
    const { recorder, simulation } = this.environment;
    recorder.instant(simulation.nowUs, { op, key, cause, version, node: this.nodeIndex, request: this.request });
  }
}
