/** How a command of Redis uses keys. */
export interface RedisCommand {
  kind: 'read' | 'write';
  /** Whether all arguments are keys (`all`), every other one (`pairs`), or only the first (`first`). */
  keys: 'first' | 'all' | 'pairs';
}

const firstReads = `GET GETEX GETRANGE SUBSTR STRLEN GETBIT BITCOUNT BITPOS
  HGET HMGET HGETALL HEXISTS HKEYS HVALS HLEN HSTRLEN HSCAN HRANDFIELD
  LRANGE LINDEX LLEN LPOS SMEMBERS SISMEMBER SMISMEMBER SCARD SRANDMEMBER SSCAN
  ZRANGE ZREVRANGE ZRANGEBYSCORE ZREVRANGEBYSCORE ZRANGEBYLEX ZREVRANGEBYLEX ZSCORE ZMSCORE ZRANK ZREVRANK ZCARD ZCOUNT
  ZLEXCOUNT ZSCAN ZRANDMEMBER GEOPOS GEODIST GEOHASH GEOSEARCH XRANGE XREVRANGE XLEN JSON.GET`;
const allReads = 'MGET EXISTS TOUCH SINTER SUNION SDIFF PFCOUNT';
const firstWrites = `SET SETEX PSETEX SETNX GETSET GETDEL APPEND SETRANGE INCR DECR INCRBY DECRBY INCRBYFLOAT SETBIT BITFIELD
  HSET HMSET HSETNX HINCRBY HINCRBYFLOAT HDEL LPUSH RPUSH LPUSHX RPUSHX LSET LTRIM LREM LINSERT LPOP RPOP
  SADD SREM SPOP ZADD ZINCRBY ZREM ZPOPMIN ZPOPMAX PFADD GEOADD XADD JSON.SET`;
const pairWrites = 'MSET MSETNX';

function entries(names: string, kind: RedisCommand['kind'], keys: RedisCommand['keys']): [string, RedisCommand][] {
  return names.split(/\s+/).map((name) => [name, { kind, keys }]);
}

/**
 * The commands that read or write values of keys, by name in capitals. All others (DEL, EXPIRE, TTL, PING, scripts …) ask a cache
 * for nothing. Source: redis.io, the key specifications on the page of each command.
 */
export const redisCommands: ReadonlyMap<string, RedisCommand> = new Map([
  ...entries(firstReads, 'read', 'first'),
  ...entries(allReads, 'read', 'all'),
  ...entries(firstWrites, 'write', 'first'),
  ...entries(pairWrites, 'write', 'pairs'),
]);
