import type { ScenarioInput } from '../../src/index.ts';

/** For tests: small busy worlds, each with some of what a request can meet; faults included. */
export const featureWorlds: Record<string, Partial<ScenarioInput>> = {
  'single-flight, a lock, early expiration': {
    protect: { singleFlight: true, lock: true, lockPoll: '5ms', lockTtl: '15ms', early: 1 },
    faults: [
      { at: '600ms', do: 'flush' },
      { at: '900ms', do: 'kill', node: 'app1', for: '200ms' },
    ],
  },
  'refresh ahead, entries past their time': {
    pattern: { read: 'refresh-ahead', refreshAfter: '100ms', refreshUses: 2 },
    protect: { stale: '200ms', negative: '100ms' },
    local: { enabled: true, capacity: 20, ttl: '150ms' },
  },
  'read-through with shared loads': {
    pattern: { read: 'read-through' },
    protect: { singleFlight: true },
    faults: [
      { at: '500ms', do: 'lose', message: 'cache.load', count: 3 },
      { at: '800ms', do: 'kill', node: 'redis', for: '200ms' },
    ],
  },
  'write-behind with a log': {
    pattern: { write: 'write-behind' },
    writeBehind: { log: true, logWrite: '2ms', every: '50ms' },
    faults: [{ at: '700ms', do: 'kill', node: 'redis', for: '100ms' }],
  },
  'replicas, retries, hedges, a breaker': {
    database: { read: '12ms', slots: 3, pool: 3, replicas: 2, replicaLag: '100ms', timeout: '60ms', queue: 10 },
    protect: { retries: 2, backoff: '5ms', hedge: '15ms', breaker: 'both', breakerCalls: 10, breakerCooldown: '100ms' },
    clients: { timeout: '150ms', retries: 1, backoff: '20ms' },
    faults: [{ at: '600ms', do: 'lose', message: 'database.read', count: 20 }],
  },
  'a second delete, messages to other servers': {
    app: { servers: 3 },
    local: { enabled: true, capacity: 40, ttl: '900ms' },
    invalidation: { onWrite: 'double-delete', secondDelete: '30ms', broadcast: 'pubsub', busLoss: '20%' },
    faults: [{ at: '500ms', do: 'deafen', node: 'app2', for: '300ms' }],
  },
  'an event queue and a stream': {
    local: { enabled: true, capacity: 40, ttl: '900ms' },
    invalidation: { onWrite: 'none', feed: 'queue', feedWork: '3ms', broadcast: 'stream' },
  },
  'versioned keys, a Bloom filter, shedding': {
    invalidation: { onWrite: 'versioned-keys' },
    bloom: { enabled: true },
    protect: { shed: '4ms' },
    app: { servers: 2, workers: 3 },
  },
  'a buffer pool, admission, a limit of loads': {
    database: { read: '8ms', slots: 4, bufferPages: 3, pageRows: 10, disk: '10ms' },
    protect: { admit: 'second-request', limit: 4 },
  },
  'pages in one round trip': {
    traffic: { readers: { rate: '150/s', count: 80, writes: '10%', pageKeys: 5, batch: true } },
  },
  'orders and a stock': {
    traffic: { buyers: { rate: '300/s', count: 20, writes: '50%', stock: 5 } },
    database: { guard: true },
  },
};

/** For tests: what those worlds have in common. */
export const featureBase: Partial<ScenarioInput> = {
  duration: '1500ms',
  window: '100ms',
  traffic: { readers: { rate: '500/s', count: 80, writes: '10%', missing: '5%' } },
  cache: { capacity: 50, ttl: '200ms', timeout: '3ms' },
  database: { read: '8ms', slots: 4 },
};
