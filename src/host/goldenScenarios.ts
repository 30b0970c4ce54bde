import { canonicalActions } from '../scenario/canonicalActions.ts';
import {
  actionSchema,
  type ActionInput,
  type Scenario,
  type ScenarioInput,
  scenarioSchema,
} from '../scenario/schema.ts';

/** What differs from the plain scenario; sections are merged field by field. */
type Changes = Partial<Omit<ScenarioInput, 'faults'>> & { faults?: ActionInput[] };

const plain: ScenarioInput = {
  scenario: 1,
  id: 'golden',
  title: 'Golden',
  seed: 7,
  duration: '10s',
  traffic: { readers: { rate: '200/s', count: 500, writes: '5%' } },
  cache: { capacity: 100, ttl: '3s' },
};

const changes: Record<string, Changes> = {
  plain: {},
  'other-seed': { seed: 8 },
  'no-cache': { pattern: { read: 'none', write: 'write-around' } },
  'write-tells-nobody': { pattern: { write: 'write-around' } },
  'near-cache': { local: { enabled: true, capacity: 20, ttl: '1s' } },
  'near-cache-only': { local: { enabled: true }, pattern: { read: 'none' } },
  fifo: { cache: { capacity: 100, ttl: '3s', eviction: 'fifo' } },
  lfu: { cache: { capacity: 100, ttl: '3s', eviction: 'lfu' } },
  random: { cache: { capacity: 100, ttl: '3s', eviction: 'random' } },
  'ttl-only': { cache: { capacity: 100, ttl: '500ms', eviction: 'ttl-only' } },
  'jitter-and-bytes': {
    cache: { capacity: 1000, memory: '64kb', ttl: '2s', jitter: '1s' },
    database: { row: '2kb', rowShape: 'lognormal' },
  },
  'lognormal-queries': { database: { shape: 'lognormal', sigma: 1.5 }, app: { shape: 'exponential' } },
  'scan-and-missing': { traffic: { crawler: { rate: '150/s', keys: 'scan', count: 300, missing: '10%' } } },
  'hot-key': { traffic: { readers: { rate: '400/s', keys: 'hot', count: 50, hotShare: '80%' } } },
  shifting: { traffic: { readers: { rate: '200/s', keys: 'shifting', shiftEvery: '2s', shiftBy: 50, exponent: 1.2 } } },
  'bursty-and-closed': {
    traffic: {
      bursts: { arrivals: 'bursty', rate: '50/s', burstOn: '500ms', burstOff: '1s', count: 200 },
      users: { arrivals: 'closed', users: 20, think: '300ms', count: 200, writes: '20%' },
    },
  },
  'least-connections': { balancer: { policy: 'least-connections' }, app: { servers: 2, workers: 4, cpu: '20ms' } },
  'random-balancing': { balancer: { policy: 'random' }, app: { servers: 5 } },
  overload: {
    clients: { timeout: '1s' },
    database: { slots: 2, queue: 20, pool: 5, timeout: '300ms', read: '30ms' },
    cache: { capacity: 20, ttl: '3s' },
  },
  'redis-dies': { faults: [{ at: '3s', do: 'kill', node: 'redis', for: '2s' }] },
  'server-dies': {
    local: { enabled: true },
    faults: [
      { at: '3s', do: 'kill', node: 'app1', for: '4s' },
      { at: '5s', do: 'kill', node: 'app2', for: '1s' },
    ],
  },
  'database-slow-and-dead': {
    faults: [
      { at: '2s', do: 'slow', node: 'database', factor: 8, for: '3s' },
      { at: '7s', do: 'kill', node: 'database', for: '500ms' },
    ],
  },
  'lost-messages-and-flush': {
    faults: [
      { at: '1s', do: 'lose', message: 'cache.get', count: 20 },
      { at: '2s', do: 'lose', message: 'database.write', count: 3 },
      { at: '4s', do: 'flush' },
      { at: '6s', do: 'expire', key: 0 },
    ],
  },
  'knobs-turned': {
    faults: [
      { at: '2s', do: 'set', path: 'cache.ttl', value: '200ms' },
      { at: '3s', do: 'set', path: 'cache.capacity', value: 10 },
      { at: '4s', do: 'set', path: 'traffic.readers.rate', value: '500/s' },
      { at: '5s', do: 'set', path: 'local.enabled', value: true },
      { at: '6s', do: 'set', path: 'cache.eviction', value: 'fifo' },
      { at: '7s', do: 'burst', factor: 3, for: '1s' },
    ],
  },
};

const hot = { readers: { rate: '300/s', keys: 'hot', count: 100, hotShare: '60%', writes: '5%' } } as const;

/** What is on beside plain caching. */
const features: Record<string, Changes> = {
  'one-load': {
    traffic: hot,
    cache: { ttl: '400ms' },
    database: { read: '60ms' },
    protect: { singleFlight: true, lock: true, lockTtl: '500ms', lockPoll: '20ms' },
  },
  'old-entries': {
    traffic: hot,
    cache: { ttl: '500ms' },
    database: { read: '40ms' },
    protect: { early: 1, stale: '1s' },
    faults: [{ at: '5s', do: 'kill', node: 'database', for: '1500ms' }],
  },
  'refresh-ahead': {
    traffic: hot,
    cache: { ttl: '1s' },
    pattern: { read: 'refresh-ahead', refreshAfter: '600ms', refreshUses: 2 },
  },
  'rows-that-do-not-exist': {
    traffic: { readers: { rate: '200/s', count: 300, missing: '30%', writes: '5%' } },
    protect: { negative: '2s', admit: 'second-request' },
    bloom: { enabled: true, expected: 300, falsePositives: '20%' },
    faults: ['3s', '3100ms', '3200ms', '3300ms'].map((at) => ({ at, do: 'ask' as const, key: 4003 })),
  },
  'guards-of-a-slow-database': {
    app: { servers: 2, workers: 8 },
    clients: { timeout: '1s', retries: 2, backoff: '100ms' },
    database: { slots: 2, queue: 20, timeout: '200ms' },
    protect: { retries: 2, hedge: '30ms', breaker: 'database', breakerCooldown: '500ms', limit: 6, shed: '50ms' },
    faults: [{ at: '3s', do: 'slow', node: 'database', factor: 8, for: '3s' }],
  },
  'cache-in-the-middle': { pattern: { read: 'read-through', write: 'write-through' }, protect: { singleFlight: true } },
  'write-behind-and-a-crash': {
    traffic: { readers: { rate: '200/s', count: 200, writes: '40%' } },
    pattern: { write: 'write-behind' },
    writeBehind: { every: '400ms', count: 20 },
    faults: [{ at: '5s', do: 'kill', node: 'redis', for: '500ms' }],
  },
  'pages-and-an-empty-cache': {
    traffic: { readers: { rate: '60/s', count: 500, writes: '5%', pageKeys: 8, batch: true } },
    faults: [
      { at: '2s', do: 'warm', keys: 100, rate: 200 },
      { at: '5s', do: 'flush' },
      { at: '5s', do: 'ramp', from: 0.1, for: '3s' },
    ],
  },
  'messages-overtake': {
    traffic: { readers: { rate: '300/s', count: 10, writes: '30%' } },
    cache: { ttl: '5s', spread: '4ms' },
    invalidation: { onWrite: 'compare-and-set' },
  },
  'versioned-keys': { cache: { capacity: 150, ttl: '5s' }, invalidation: { onWrite: 'versioned-keys' } },
  'servers-tell-each-other': {
    local: { enabled: true, ttl: '2s' },
    traffic: { readers: { rate: '200/s', count: 100, writes: '10%' } },
    invalidation: { onWrite: 'double-delete', broadcast: 'pubsub', busLoss: '10%' },
  },
  'change-capture': {
    local: { enabled: true, ttl: '2s' },
    traffic: {
      readers: { rate: '200/s', count: 100 },
      admin: { rate: '20/s', count: 100, writes: '100%', writer: 'direct' },
    },
    invalidation: { feed: 'cdc', broadcast: 'stream' },
    faults: [
      { at: '3s', do: 'kill', node: 'feed', for: '1s' },
      { at: '6s', do: 'deafen', node: 'app1', for: '1s' },
    ],
  },
  'replicas-behind': {
    traffic: { readers: { rate: '200/s', count: 100, writes: '20%', readBack: '30ms' } },
    database: { replicas: 2, replicaLag: '300ms', bufferPages: 3, pageRows: 10 },
    invalidation: { pin: '100ms' },
    faults: [
      { at: '5s', do: 'kill', node: 'replica1', for: '2s' },
      { at: '8s', do: 'set', path: 'invalidation.pin', value: '0s' },
    ],
  },
  'flash-sale': {
    traffic: { buyers: { rate: '300/s', count: 20, writes: '60%', stock: 20 } },
    cache: { ttl: '2s' },
    pattern: { write: 'write-around' },
    faults: [{ at: '2s', do: 'set', path: 'database.guard', value: true }],
  },
};

/** The scenarios whose results are pinned, by name. */
export const goldenScenarios: ReadonlyMap<string, Scenario> = new Map(
  Object.entries({ ...changes, ...features }).map(([name, { faults = [], ...rest }]) => {
    const scenario = scenarioSchema.parse({ ...plain, ...rest, id: name });
    return [name, { ...scenario, faults: canonicalActions(faults.map((fault) => actionSchema.parse(fault))) }];
  }),
);
