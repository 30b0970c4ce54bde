import type { Scenario } from '../scenario/schema.ts';
import { OP } from '../spans/codes.ts';
import type { AppServer } from './AppServer.ts';
import { CacheCall, LocalCall } from './cacheCalls.ts';
import { type Database, DatabaseCall } from './Database.ts';
import type { Environment } from './Environment.ts';
import type { CacheHandle, DatabaseHandle } from './Handles.ts';
import type { RedisCache } from './RedisCache.ts';

/** What a server of the plain engine reaches: caches that look up, store and delete, and one database. */
export interface PlainHandles {
  readonly local: Pick<CacheHandle, 'get' | 'set' | 'delete'>;
  readonly cache: Pick<CacheHandle, 'get' | 'set' | 'delete'>;
  readonly database: Pick<DatabaseHandle, 'read' | 'write'>;
  /** The settings as they are now. */
  readonly settings: Scenario;
}

/** The plain handles of one server: made once, they hold nothing of any request. */
export function plainHandles(
  environment: Environment,
  { node: { nodeIndex: from }, local, pool }: AppServer,
  { node: redis }: RedisCache,
  { node: database }: Database,
): PlainHandles {
  const here = (op: number, key: number, version: number) => {
    const made = new LocalCall(environment, local, op, from, key, null, null);
    made.version = version;
    return made as never;
  };
  const shared = (op: number, key: number, version: number) => {
    const made = new CacheCall(environment, redis, op, from, key, redis.deadlines, null);
    made.version = version;
    return made as never;
  };
  const query = (op: number, key: number) =>
    new DatabaseCall(environment, database, op, from, key, database.deadlines, pool) as never;
  return {
    local: {
      get: (key) => here(OP['local.get'], key, -1),
      set: (key, value) => here(OP['local.set'], key, value),
      delete: (key) => here(OP['local.delete'], key, -1),
    },
    cache: {
      get: (key) => shared(OP['cache.get'], key, -1),
      set: (key, value) => shared(OP['cache.set'], key, value),
      delete: (key) => shared(OP['cache.delete'], key, -1),
    },
    database: {
      read: (key) => query(OP['database.read'], key),
      write: (key) => query(OP['database.write'], key),
    },
    settings: environment.settings,
  };
}
