import { luck } from '../random/luck.ts';
import { FLAG, OP } from '../spans/codes.ts';
import { Activity, startActivity } from './Activity.ts';
import type { AppServer } from './AppServer.ts';
import { Asked } from './Asked.ts';
import { LUCK, SALT } from './CacheContents.ts';
import type { CacheServices } from './CacheServices.ts';
import { CacheCall } from './cacheCalls.ts';
import type { Database } from './Database.ts';
import { EntryCall, LocalEntryCall, LockCall, YesNoCall } from './entryCalls.ts';
import type { Environment } from './Environment.ts';
import { Flights } from './Flights.ts';
import type {
  CacheHandle,
  DatabaseHandle,
  Handles,
  HereHandle,
  SharedCacheHandle,
  VersionedHandle,
} from './Handles.ts';
import { LoadCall } from './LoadCall.ts';
import { ManyCall } from './ManyCall.ts';
import { type PlainHandles, plainHandles } from './plainHandles.ts';
import { channelTo, silence } from './PublishCall.ts';
import { ReadManyCall } from './ReadManyCall.ts';
import type { RedisCache } from './RedisCache.ts';
import { Refreshes } from './Refreshes.ts';
import { type Replica, ReplicaRead } from './Replica.ts';
import type { RequestCall } from './RequestCall.ts';
import type { RowFilter } from './RowFilter.ts';
import { VersionedCall, VersionedEntryCall } from './versionedCalls.ts';
import { ServerGuards } from './ServerGuards.ts';
import { Wait } from './Wait.ts';
import { WriteCall } from './WriteCall.ts';

/** What a server reaches without any protection; `composePatterns` adds those and `load`. */
export type BareHandles = Omit<Handles, 'load'> & { readonly guards: ServerGuards };

/** What servers reach. */
export interface Surroundings {
  redis: RedisCache;
  services: CacheServices;
  database: Database;
  replicas: readonly Replica[];
  rows: RowFilter;
}

/** The bare handles of one server, the plain ones among them: made once, they hold nothing of any request. */
export function createHandles(environment: Environment, server: AppServer, around: Surroundings): BareHandles {
  const { redis, services, database, replicas, rows } = around;
  const plain = plainHandles(environment, server, redis, database);
  return {
    local: localHandle(environment, server, plain),
    cache: cacheHandle(environment, server, redis, services, plain),
    database: databaseHandle(environment, server, database, replicas, plain),
    here: hereHandle(environment, server),
    flights: new Flights(environment, server.node.nodeIndex),
    versions: versionedHandle(environment, server, redis),
    ...channels(environment, server, redis),
    rows,
    guards: new ServerGuards(environment, server.node.nodeIndex, redis.contents, {
      cache: redis.node.nodeIndex,
      database: database.node.nodeIndex,
    }),
    settings: environment.settings,
  };
}

function localHandle(environment: Environment, server: AppServer, plain: PlainHandles): CacheHandle {
  const from = server.node.nodeIndex;
  return {
    ...plain.local,
    entry: (key) => new LocalEntryCall(environment, server.local, OP['local.get'], from, key, null, null) as never,
  };
}

function cacheHandle(
  environment: Environment,
  server: AppServer,
  { node }: RedisCache,
  { loader }: CacheServices,
  plain: PlainHandles,
): SharedCacheHandle {
  const from = server.node.nodeIndex;
  const yesNo = (op: number, key: number, version: number) => {
    const made = new YesNoCall(environment, node, op, from, key, node.deadlines, null);
    made.version = version;
    return made as never;
  };
  return {
    ...plain.cache,
    entry: (key) => new EntryCall(environment, node, OP['cache.get'], from, key, node.deadlines, null) as never,
    update: (key, value) => yesNo(OP['cache.update'], key, value),
    lock: (key) => new LockCall(environment, node, OP['cache.lock'], from, key, node.deadlines, null) as never,
    unlock: (key) => new CacheCall(environment, node, OP['cache.unlock'], from, key, node.deadlines, null) as never,
    getMany: (keys) => new ManyCall(environment, node, from, keys) as never,
    load: (key) => new LoadCall(environment, node, from, key, loader.deadlines) as never,
    write: (key) => new WriteCall(environment, node, from, key) as never,
  };
}

function databaseHandle(
  environment: Environment,
  server: AppServer,
  primary: Database,
  replicas: readonly Replica[],
  plain: PlainHandles,
): DatabaseHandle {
  const from = server.node.nodeIndex;
  return {
    ...plain.database,
    ...(replicas.length > 0 && {
      read: (key) => new ReplicaRead(environment, primary, replicas, from, key, server.pool) as never,
    }),
    readMany: (keys) => new ReadManyCall(environment, primary, replicas, from, keys, server.pool) as never,
    readPrimary: plain.database.read,
  };
}

function versionedHandle(environment: Environment, server: AppServer, { node }: RedisCache): VersionedHandle {
  const from = server.node.nodeIndex;
  const call = (made: VersionedCall | VersionedEntryCall, version: number) => {
    made.under = version;
    return made as never;
  };
  return {
    get: (key, version) =>
      call(new VersionedCall(environment, node, OP['cache.get'], from, key, node.deadlines, null), version),
    entry: (key, version) =>
      call(new VersionedEntryCall(environment, node, OP['cache.get'], from, key, node.deadlines, null), version),
    set: (key, value) => {
      const made = new VersionedCall(environment, node, OP['cache.set'], from, key, node.deadlines, null);
      made.version = value;
      return call(made, value);
    },
  };
}

function channels(environment: Environment, server: AppServer, redis: RedisCache): Pick<Handles, 'bus' | 'queue'> {
  const { bus, feed } = environment;
  const from = server.node.nodeIndex;
  return {
    bus: bus === null ? silence : channelTo(environment, OP['bus.publish'], from, bus, () => redis.node.deadlines),
    queue:
      feed === null ? silence : channelTo(environment, OP['queue.publish'], from, feed.node, () => feed.node.deadlines),
  };
}

function hereHandle(environment: Environment, server: AppServer): HereHandle {
  const here = server.node.nodeIndex;
  const { simulation, recorder, settings, metrics } = environment;
  const refreshes = new Refreshes(environment, here);
  return {
    nowUs: () => simulation.nowUs,
    luck: (request) => {
      const context = request as RequestCall;
      return luck(settings.seed, LUCK.app, context.request, context.calls, SALT.choice);
    },
    pause: (key, us) => new Wait(environment, here, key, us) as never,
    background: (request, work, op = OP.refresh) =>
      startActivity(new Activity(environment, here, op, request.key), work),
    asked: () => new Asked(),
    refresh: (key, entry, load) => refreshes.begin(key, entry, load),
    servesOverdue: (request) => servesOverdue(request as RequestCall, metrics),
    count: (what) => metrics.count(what),
    note: (request, op, detail = 0, key = request.key) => {
      const { request: number, id } = request as RequestCall;
      recorder.instant(simulation.nowUs, { op, node: here, key, request: number, parent: id, detail });
    },
  };
}

/** Only a reader has an answer that may be past its time; what a refresh finds on its way is nobody's. */
function servesOverdue(request: RequestCall, metrics: Environment['metrics']): void {
  if (request.op !== OP['request.read']) return;
  request.flags |= FLAG.overdue;
  metrics.count('cache.overdue');
}
