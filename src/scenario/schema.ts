import * as z from 'zod/mini';
import { choice, flag, moment, quantity } from './fields.ts';

const text = (max: number) => z.string().check(z.maxLength(max, { error: `expected text of at most ${max} characters` }));
const shapes = ['constant', 'exponential', 'lognormal'] as const;
/** Eviction policies a scenario may name; the registry in `policies/` holds one entry for each. */
export const evictionIds = ['lru', 'lfu', 'fifo', 'random', 'ttl-only'] as const;

const workload = z.strictObject({
  arrivals: choice(['poisson', 'constant', 'bursty', 'closed'], {
    title: 'Arrivals',
    help: 'poisson: independent readers; constant: a metronome; bursty: on and off; closed: users who wait for their answer, then think',
    default: 'poisson',
    live: false,
  }),
  rate: quantity('rate', { title: 'Requests', help: 'Arrivals a second, over all clients', default: '400/s', min: '0/s', max: '200000/s', slider: ['10/s', '4000/s', 'log'] }),
  burstFactor: quantity('number', { title: 'Burst factor', help: 'bursty only: the rate while on, as a multiple of the mean outside bursts', default: 5, min: 1, max: 1000, slider: [1, 20, 'log'] }),
  burstOn: quantity('duration', { title: 'Burst lasts', help: 'bursty only: mean length of a burst', default: '1s', min: '1ms', max: '1h' }),
  burstOff: quantity('duration', { title: 'Between bursts', help: 'bursty only: mean time between bursts', default: '4s', min: '1ms', max: '1h' }),
  users: quantity('count', { title: 'Users', unit: 'users', help: 'closed only: people who each have one request under way at a time', default: 50, min: 1, max: 20000, slider: [1, 500, 'log'], live: false }),
  think: quantity('duration', { title: 'Think time', help: 'closed only: mean time between an answer and the next request of the same user (exponential)', default: '500ms', min: '0s', max: '1h', slider: ['10ms', '5s', 'log'] }),
  keys: choice(['zipf', 'uniform', 'hot', 'scan', 'shifting'], {
    title: 'Key popularity',
    help: 'zipf: few keys take most reads; uniform: all alike; hot: one key takes a share, zipf the rest; scan: one after another; shifting: zipf whose favourites move',
    default: 'zipf',
  }),
  count: quantity('count', { title: 'Keys', unit: 'keys', help: 'How many different keys exist', default: 10000, min: 1, max: 1000000, slider: [10, 100000, 'log'], live: false }),
  exponent: quantity('number', { title: 'Zipf exponent', help: '0 is uniform; around 1 is typical of the web', default: 0.99, min: 0, max: 3, slider: [0, 2] }),
  hotShare: quantity('share', { title: 'Hot key share', help: 'hot only: share of requests for the one hot key', default: '50%', min: '0%', max: '100%', slider: ['0%', '100%'] }),
  shiftEvery: quantity('duration', { title: 'Favourites move every', help: 'shifting only', default: '10s', min: '10ms', max: '1d' }),
  shiftBy: quantity('count', { title: 'Moved by', unit: 'ranks', help: 'shifting only: by how many ranks', default: 100, min: 0, max: 1000000 }),
  missing: quantity('share', { title: 'Keys that do not exist', help: 'Share of reads that ask for an id that no row has', default: '0%', min: '0%', max: '100%', slider: ['0%', '100%'] }),
  writes: quantity('share', { title: 'Writes', help: 'Share of requests that write', default: '0%', min: '0%', max: '100%', slider: ['0%', '50%'] }),
  from: quantity('duration', { title: 'Starts at', help: 'First arrival after this time', default: '0s', min: '0s', max: '30d', live: false }),
  until: quantity('duration', { title: 'Ends at', help: 'No arrivals after this time', default: 'none', min: '0s', max: '30d', orNone: true, live: false }),
});

const clients = z.strictObject({
  link: quantity('duration', { title: 'Way to the balancer', help: 'One way, from a client to the load balancer', default: '5ms', min: '0s', max: '10s', slider: ['0.1ms', '100ms', 'log'] }),
  timeout: quantity('duration', { title: 'Client gives up after', help: 'The request then counts as timed out; the servers go on working for nobody', default: '10s', min: '1ms', max: '1h', slider: ['50ms', '30s', 'log'], orNone: true }),
});

const balancer = z.strictObject({
  policy: choice(['round-robin', 'least-connections', 'random'], { title: 'Balancing', help: 'Which server gets the next request', default: 'round-robin' }),
  link: quantity('duration', { title: 'Way to the servers', help: 'One way, from the balancer to a server', default: '200us', min: '0s', max: '1s' }),
  detect: quantity('duration', { title: 'Notices a dead server after', help: 'Until then requests to it are refused', default: '1s', min: '0s', max: '10m' }),
});

const app = z.strictObject({
  servers: quantity('count', { title: 'App servers', unit: 'servers', help: 'How many servers share the load', default: 3, min: 1, max: 32, slider: [1, 8], live: false }),
  workers: quantity('count', { title: 'Workers a server', unit: 'workers', help: 'Requests that one server handles at the same time', default: 32, min: 1, max: 5000, slider: [1, 200, 'log'] }),
  queue: quantity('count', { title: 'Line before a server', unit: 'requests', help: 'Requests that may wait for a worker; more are refused', default: 2000, min: 0, max: 1000000 }),
  cpu: quantity('duration', { title: 'Own work', help: 'Time a server spends on each request itself', default: '300us', min: '0s', max: '10s', slider: ['0s', '20ms'] }),
  shape: choice(shapes, { title: 'Spread of own work', help: 'Distribution of the server’s own time', default: 'constant' }),
});

const cacheFields = {
  ttl: quantity('duration', { title: 'Time to live', help: 'An entry is gone this long after it was stored', default: '60s', min: '1ms', max: '30d', slider: ['500ms', '10m', 'log'], orNone: true }),
  jitter: quantity('duration', { title: 'Jitter', help: 'Random time added to each TTL, uniform from 0 to this', default: '0s', min: '0s', max: '1d', slider: ['0s', '60s'] }),
  eviction: choice(evictionIds, { title: 'Eviction', help: 'Which entry leaves when the cache is full', default: 'lru' }),
};

const local = z.strictObject({
  enabled: flag({ title: 'In-process cache', help: 'A small cache inside each server, before the shared one', default: false }),
  capacity: quantity('count', { title: 'Capacity', unit: 'entries', help: 'Entries a server', default: 200, min: 1, max: 1000000, slider: [1, 5000, 'log'] }),
  ...cacheFields,
  ttl: quantity('duration', { title: 'Time to live', help: 'An entry is gone this long after it was stored', default: '5s', min: '1ms', max: '30d', slider: ['100ms', '5m', 'log'], orNone: true }),
  lookup: quantity('duration', { title: 'Look-up', help: 'Time of one operation in memory', default: '1us', min: '0s', max: '1s' }),
});

const cache = z.strictObject({
  capacity: quantity('count', { title: 'Capacity', unit: 'entries', help: 'Entries that fit', default: 2000, min: 1, max: 5000000, slider: [10, 20000, 'log'] }),
  memory: quantity('size', { title: 'Memory', help: 'Bytes that fit, beside the limit in entries', default: 'none', min: '1kb', max: '1024gb', orNone: true }),
  overhead: quantity('size', { title: 'Overhead an entry', help: 'Bytes beside the value; Redis 7 takes about 100 for a short key with a TTL', default: '100b', min: '0b', max: '1mb' }),
  ...cacheFields,
  link: quantity('duration', { title: 'Way to Redis', help: 'One way over the network', default: '250us', min: '0s', max: '10s', slider: ['10us', '5ms', 'log'] }),
  command: quantity('duration', { title: 'Command', help: 'Time of one command on the one command thread', default: '10us', min: '0s', max: '10s', slider: ['1us', '2ms', 'log'] }),
  queue: quantity('count', { title: 'Line before Redis', unit: 'commands', help: 'Commands that may wait; more are refused', default: 100000, min: 0, max: 1000000 }),
  timeout: quantity('duration', { title: 'Gives up on Redis after', help: 'A look-up that takes longer counts as a miss', default: '200ms', min: '1ms', max: '1h', orNone: true }),
});

const database = z.strictObject({
  link: quantity('duration', { title: 'Way to the database', help: 'One way over the network', default: '250us', min: '0s', max: '10s', slider: ['10us', '100ms', 'log'] }),
  pool: quantity('count', { title: 'Connections a server', unit: 'connections', help: 'A query waits at its server until one is free', default: 20, min: 1, max: 5000, slider: [1, 200, 'log'] }),
  slots: quantity('count', { title: 'Parallel queries', unit: 'queries', help: 'Queries that the database works on at the same time', default: 8, min: 1, max: 5000, slider: [1, 64, 'log'] }),
  queue: quantity('count', { title: 'Line before the database', unit: 'queries', help: 'Queries that may wait; more are refused', default: 1000, min: 0, max: 1000000 }),
  read: quantity('duration', { title: 'Query', help: 'Mean time of a read', default: '8ms', min: '0s', max: '10m', slider: ['0.5ms', '500ms', 'log'] }),
  write: quantity('duration', { title: 'Write', help: 'Mean time of a write', default: '12ms', min: '0s', max: '10m', slider: ['0.5ms', '500ms', 'log'] }),
  shape: choice(shapes, { title: 'Spread of query times', help: 'Distribution around the mean', default: 'exponential' }),
  sigma: quantity('number', { title: 'Sigma', help: 'lognormal only: standard deviation of the logarithm', default: 0.8, min: 0, max: 3 }),
  timeout: quantity('duration', { title: 'Query gives up after', help: 'Waiting for a connection included', default: '5s', min: '1ms', max: '1h', orNone: true }),
  row: quantity('size', { title: 'Row', help: 'Mean size of a value', default: '1kb', min: '1b', max: '512mb' }),
  rowShape: choice(shapes, { title: 'Spread of sizes', help: 'Distribution of value sizes over keys', default: 'constant' }),
});

const pattern = z.strictObject({
  read: choice(['cache-aside', 'none'], { title: 'Reads', help: 'cache-aside: look in the cache, on a miss read the database and fill; none: always the database', default: 'cache-aside' }),
  write: choice(['cache-aside', 'none'], { title: 'Writes', help: 'cache-aside: write the database, then delete the key; none: write the database and tell nobody', default: 'cache-aside' }),
});

const time = moment({ max: '365d' });
const node = z.string({ error: () => 'expected a node: redis, database, app1 …' }).check(z.maxLength(20));
const key = z.number({ error: () => 'expected a key number, 0 is the most popular' }).check(z.int(), z.gte(0), z.lte(4_000_000));

/** What can be done to a running world; `at` is virtual time (µs once read). Faults of a scenario and acts of a person alike. */
export const actionSchema = z.discriminatedUnion(
  'do',
  [
    z.strictObject({ at: time, do: z.literal('set'), path: text(80), value: z.union([z.string().check(z.maxLength(60)), z.number(), z.boolean()]) }),
    z.strictObject({ at: time, do: z.literal('expire'), key, node: z.optional(node) }),
    z.strictObject({ at: time, do: z.literal('flush'), node: z.optional(node) }),
    z.strictObject({ at: time, do: z.literal('kill'), node, for: z.optional(time) }),
    z.strictObject({ at: time, do: z.literal('restart'), node }),
    z.strictObject({ at: time, do: z.literal('slow'), node, factor: z.number().check(z.gt(0), z.lte(10000)), for: z.optional(time) }),
    z.strictObject({ at: time, do: z.literal('lose'), message: z.enum(['cache.get', 'cache.set', 'cache.delete', 'database.read', 'database.write']), count: z.optional(z.number().check(z.int(), z.gte(1), z.lte(1_000_000))) }),
    z.strictObject({ at: time, do: z.literal('burst'), factor: z.number().check(z.gt(0), z.lte(10000)), for: time, traffic: z.optional(text(40)) }),
  ],
  { error: () => 'expected `do:` to be one of set, expire, flush, kill, restart, slow, lose, burst' },
);

/** Names of the charts that a scenario can put forward. */
export const chartIds = ['hit-ratio', 'database-rate', 'read-latency', 'stale-share', 'database-queue', 'errors', 'throughput', 'misses-by-cause'] as const;

const view = z.strictObject({
  /** Settings shown as controls, in order. */
  knobs: z._default(z.array(text(80)).check(z.maxLength(14)), ['cache.ttl', 'cache.jitter', 'cache.capacity', 'cache.eviction', 'traffic.readers.rate', 'traffic.readers.writes']),
  charts: z._default(z.array(z.enum(chartIds)).check(z.maxLength(6)), ['hit-ratio', 'database-rate', 'read-latency', 'stale-share']),
  /** One sentence that says what to try next. */
  try: z._default(text(300), ''),
  /** Speed on arrival: virtual seconds a real second. */
  speed: z._default(z.number().check(z.gte(0.0001), z.lte(1000)), 1),
  /** Settings of lane B, where the scenario compares. */
  compare: z.optional(z.record(text(80), z.union([z.string(), z.number(), z.boolean()]))),
  compareTitles: z.optional(z.tuple([text(60), text(60)])),
});

/** A scenario: everything that decides a run, and how it is shown. Version 1. */
export const scenarioSchema = z.strictObject({
  scenario: z.literal(1, { error: () => 'expected 1, the version of this format' }),
  id: z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,59}$/, { error: 'expected lower-case words joined by hyphens' })),
  title: text(80),
  summary: z._default(text(400), ''),
  topic: z._default(z.enum(['basics', 'time', 'eviction', 'load', 'failure', 'consistency']), 'basics'),
  seed: z._default(z.number({ error: () => 'expected a whole number' }).check(z.int(), z.gte(0), z.lte(4294967295)), 1),
  duration: quantity('duration', { title: 'Length', help: 'Virtual time a run takes', default: '60s', min: '10ms', max: '30d', live: false }),
  /** Wall time at virtual zero, as HH:MM:SS; absent: the clock starts at zero. */
  clock: z.optional(z.string().check(z.regex(/^\d\d:\d\d:\d\d$/, { error: 'expected HH:MM:SS in quotes' }))),
  window: quantity('duration', { title: 'Window', help: 'Width of one point on the charts', default: '250ms', min: '10ms', max: '1h', live: false }),
  /** What a key is called on screen: `menu` shows menu:17. */
  keyName: z._default(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,19}$/, { error: 'expected one lower-case word' })), 'item'),
  traffic: z.record(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,29}$/, { error: 'expected one lower-case word' })), workload),
  clients: z.prefault(clients, {}),
  balancer: z.prefault(balancer, {}),
  app: z.prefault(app, {}),
  local: z.prefault(local, {}),
  cache: z.prefault(cache, {}),
  database: z.prefault(database, {}),
  pattern: z.prefault(pattern, {}),
  faults: z._default(z.array(actionSchema).check(z.maxLength(500)), []),
  view: z.prefault(view, {}),
});

/** A scenario as read: durations in µs, rates per second, shares in 0..1, sizes in bytes, `none` as Infinity. */
export type Scenario = z.infer<typeof scenarioSchema>;
/** A scenario as written in a file or a link, before validation. */
export type ScenarioInput = z.input<typeof scenarioSchema>;
/** One named workload. */
export type Workload = Scenario['traffic'][string];
/** An act upon a running world. */
export type Action = z.infer<typeof actionSchema>;
/** An act as written: its times carry their unit. */
export type ActionInput = z.input<typeof actionSchema>;
