import type { Effect, Process } from '../kernel/Effect.ts';
import { OP } from '../spans/codes.ts';
import type { AppServer } from './AppServer.ts';
import { CacheCall, LocalCall } from './cacheCalls.ts';
import { DatabaseCall } from './Database.ts';
import type { Database } from './Database.ts';
import type { Environment } from './Environment.ts';
import type { RedisCache } from './RedisCache.ts';

/** A value is known by its version; {@link absent} where there is no such row. */
export type Value = number;

/** The database has no such row. */
export const absent: Value = 0;

/** What a pattern knows of the request it serves. */
export interface Request {
  readonly key: number;
}

/** A cache as a pattern sees it. `get` gives undefined on a miss; a cache that is down misses and never throws. */
export interface CacheHandle {
  get(key: number): Effect<Value | undefined>;
  set(key: number, value: Value): Effect<void>;
  delete(key: number): Effect<void>;
}

/** The database as a pattern sees it. Throws CallFailed when it refuses or takes too long. */
export interface DatabaseHandle {
  read(key: number): Effect<Value>;
  /** Writes the next version and returns it. */
  write(key: number): Effect<Value>;
}

/** Everything that a pattern can reach from one server. */
export interface Handles {
  local: CacheHandle;
  cache: CacheHandle;
  database: DatabaseHandle;
}

/** A pattern: a process that serves one request. */
export type Pattern = (request: Request, handles: Handles) => Process<Value>;

/** The handles of one server: made once, they hold nothing of any request. */
export function createHandles(
  environment: Environment,
  server: AppServer,
  redis: RedisCache,
  database: Database,
): Handles {
  const from = server.node.nodeIndex;
  const cacheCall = (op: number, key: number, version: number) => {
    const call = new CacheCall(environment, redis.node, op, from, key, redis.node.deadlines, null);
    call.version = version;
    return call as never;
  };
  const localCall = (op: number, key: number, version: number) => {
    const call = new LocalCall(environment, server.local, op, from, key, null, null);
    call.version = version;
    return call as never;
  };
  const databaseCall = (op: number, key: number) =>
    new DatabaseCall(environment, database.node, op, from, key, database.node.deadlines, server.pool) as never;
  return {
    local: {
      get: (key) => localCall(OP['local.get'], key, -1),
      set: (key, value) => localCall(OP['local.set'], key, value),
      delete: (key) => localCall(OP['local.delete'], key, -1),
    },
    cache: {
      get: (key) => cacheCall(OP['cache.get'], key, -1),
      set: (key, value) => cacheCall(OP['cache.set'], key, value),
      delete: (key) => cacheCall(OP['cache.delete'], key, -1),
    },
    database: {
      read: (key) => databaseCall(OP['database.read'], key),
      write: (key) => databaseCall(OP['database.write'], key),
    },
  };
}
