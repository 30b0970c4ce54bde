import { luck } from '../random/luck.ts';
import { OP } from '../spans/codes.ts';
import { Activity, startActivity } from './Activity.ts';
import type { AppServer } from './AppServer.ts';
import { LUCK, SALT } from './CacheContents.ts';
import { CacheCall, LocalCall } from './cacheCalls.ts';
import type { Database } from './Database.ts';
import { DatabaseCall } from './Database.ts';
import { EntryCall, LocalEntryCall, YesNoCall } from './entryCalls.ts';
import type { Environment } from './Environment.ts';
import type { CacheHandle, DatabaseHandle, Handles, HereHandle, SharedCacheHandle } from './Handles.ts';
import type { RedisCache } from './RedisCache.ts';
import type { RequestCall } from './RequestCall.ts';
import { Wait } from './Wait.ts';

/** What a server reaches without any protection; `composePatterns` adds those and `load`. */
export type BareHandles = Omit<Handles, 'load'>;

/** The bare handles of one server: made once, they hold nothing of any request. */
export function createHandles(
  environment: Environment,
  server: AppServer,
  redis: RedisCache,
  database: Database,
): BareHandles {
  return {
    local: localHandle(environment, server),
    cache: cacheHandle(environment, server, redis),
    database: databaseHandle(environment, server, database),
    here: hereHandle(environment, server),
    settings: environment.settings,
  };
}

function localHandle(environment: Environment, server: AppServer): CacheHandle {
  const from = server.node.nodeIndex;
  const call = (op: number, key: number, version: number) => {
    const made = new LocalCall(environment, server.local, op, from, key, null, null);
    made.version = version;
    return made as never;
  };
  return {
    get: (key) => call(OP['local.get'], key, -1),
    entry: (key) => new LocalEntryCall(environment, server.local, OP['local.get'], from, key, null, null) as never,
    set: (key, value) => call(OP['local.set'], key, value),
    delete: (key) => call(OP['local.delete'], key, -1),
  };
}

function cacheHandle(environment: Environment, server: AppServer, { node }: RedisCache): SharedCacheHandle {
  const from = server.node.nodeIndex;
  const call = (op: number, key: number, version: number) => {
    const made = new CacheCall(environment, node, op, from, key, node.deadlines, null);
    made.version = version;
    return made as never;
  };
  const yesNo = (op: number, key: number, version: number) => {
    const made = new YesNoCall(environment, node, op, from, key, node.deadlines, null);
    made.version = version;
    return made as never;
  };
  return {
    get: (key) => call(OP['cache.get'], key, -1),
    entry: (key) => new EntryCall(environment, node, OP['cache.get'], from, key, node.deadlines, null) as never,
    set: (key, value) => call(OP['cache.set'], key, value),
    delete: (key) => call(OP['cache.delete'], key, -1),
    update: (key, value) => yesNo(OP['cache.update'], key, value),
    lock: (key) => yesNo(OP['cache.lock'], key, -1),
    unlock: (key) => call(OP['cache.unlock'], key, -1),
    load: (key) => call(OP['cache.load'], key, -1),
    write: (key) => call(OP['cache.write'], key, -1),
  };
}

function databaseHandle(environment: Environment, server: AppServer, { node }: Database): DatabaseHandle {
  const from = server.node.nodeIndex;
  const call = (op: number, key: number) =>
    new DatabaseCall(environment, node, op, from, key, node.deadlines, server.pool) as never;
  return {
    read: (key) => call(OP['database.read'], key),
    readPrimary: (key) => call(OP['database.read'], key),
    write: (key) => call(OP['database.write'], key),
  };
}

function hereHandle(environment: Environment, server: AppServer): HereHandle {
  const here = server.node.nodeIndex;
  const { simulation, recorder, settings } = environment;
  return {
    nowUs: () => simulation.nowUs,
    luck: (request) => {
      const context = request as RequestCall;
      return luck(settings.seed, LUCK.app, context.request, context.calls, SALT.choice);
    },
    pause: (key, us) => new Wait(environment, here, key, us) as never,
    background: (request, work) =>
      startActivity(new Activity(environment, here, OP.refresh, request.key), work),
    note: (request, op, detail = 0) => {
      const { request: number, id } = request as RequestCall;
      recorder.instant(simulation.nowUs, { op, node: here, key: request.key, request: number, parent: id, detail });
    },
  };
}
