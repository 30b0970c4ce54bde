import * as z from 'zod/mini';
import { type EvictionId, policyTitles } from '../policies/policyGroups.ts';
import { choice, flag, quantity } from './fields.ts';

const shapes = ['constant', 'exponential', 'lognormal'] as const;
/** Eviction policies a scenario may name: those of the registry in `policies/` that need not know the future. */
export const evictionIds = Object.keys(policyTitles) as [EvictionId, ...EvictionId[]];

/** The people who ask. */
export const clientsSchema = z.strictObject({
  link: quantity('duration', {
    title: 'Way to the balancer',
    help: 'One way, from a client to the load balancer',
    default: '5ms',
    min: '0s',
    max: '10s',
    slider: ['0.1ms', '100ms', 'log'],
  }),
  timeout: quantity('duration', {
    title: 'Client gives up after',
    help: 'The request then counts as timed out; the servers go on working for nobody',
    default: '10s',
    min: '1ms',
    max: '1h',
    slider: ['50ms', '30s', 'log'],
    orNone: true,
  }),
  retries: quantity('count', {
    title: 'Clients retry',
    unit: 'times',
    help: 'How often a client asks again after a failure',
    default: 0,
    min: 0,
    max: 10,
    slider: [0, 5],
  }),
  backoff: quantity('duration', {
    title: 'Clients wait',
    help: 'Before the first retry; doubles each time, with full jitter',
    default: '200ms',
    min: '0s',
    max: '1m',
    slider: ['0s', '5s'],
  }),
});

/** What spreads requests over servers. */
export const balancerSchema = z.strictObject({
  policy: choice(['round-robin', 'least-connections', 'random'], {
    title: 'Balancing',
    help: 'Which server gets the next request',
    default: 'round-robin',
  }),
  link: quantity('duration', {
    title: 'Way to the servers',
    help: 'One way, from the balancer to a server',
    default: '200us',
    min: '0s',
    max: '1s',
  }),
  detect: quantity('duration', {
    title: 'Notices a dead server after',
    help: 'Until then requests to it are refused',
    default: '1s',
    min: '0s',
    max: '10m',
  }),
});

/** The servers. */
export const appSchema = z.strictObject({
  servers: quantity('count', {
    title: 'App servers',
    unit: 'servers',
    help: 'How many servers share the load',
    default: 3,
    min: 1,
    max: 32,
    slider: [1, 8],
    live: false,
  }),
  workers: quantity('count', {
    title: 'Workers a server',
    unit: 'workers',
    help: 'Requests that one server handles at the same time',
    default: 32,
    min: 1,
    max: 5000,
    slider: [1, 200, 'log'],
  }),
  queue: quantity('count', {
    title: 'Line before a server',
    unit: 'requests',
    help: 'Requests that may wait for a worker; more are refused',
    default: 2000,
    min: 0,
    max: 1000000,
  }),
  cpu: quantity('duration', {
    title: 'Own work',
    help: 'Time a server spends on each request itself',
    default: '300us',
    min: '0s',
    max: '10s',
    slider: ['0s', '20ms'],
  }),
  shape: choice(shapes, {
    title: 'Spread of own work',
    help: 'Distribution of the server’s own time',
    default: 'constant',
  }),
});

const cacheFields = {
  ttl: quantity('duration', {
    title: 'Time to live',
    help: 'An entry is gone this long after it was stored',
    default: '60s',
    min: '1ms',
    max: '30d',
    slider: ['500ms', '10m', 'log'],
    orNone: true,
  }),
  jitter: quantity('duration', {
    title: 'Jitter',
    help: 'Width of the random part of each TTL, uniform',
    default: '0s',
    min: '0s',
    max: '1d',
    slider: ['0s', '60s'],
  }),
  jitterMode: choice(['plus', 'around'], {
    title: 'Jitter goes',
    help: 'plus: from the time to live upwards; around: half below, half above',
    default: 'plus',
  }),
  eviction: choice(evictionIds, {
    title: 'Eviction',
    help: 'Which entry leaves when the cache is full',
    default: 'lru',
  }),
};

/** The cache inside each server. */
export const localSchema = z.strictObject({
  enabled: flag({
    title: 'In-process cache',
    help: 'A small cache inside each server, before the shared one',
    default: false,
  }),
  capacity: quantity('count', {
    title: 'Capacity',
    unit: 'entries',
    help: 'Entries a server',
    default: 200,
    min: 1,
    max: 1000000,
    slider: [1, 5000, 'log'],
  }),
  ...cacheFields,
  ttl: quantity('duration', {
    title: 'Time to live',
    help: 'An entry is gone this long after it was stored',
    default: '5s',
    min: '1ms',
    max: '30d',
    slider: ['100ms', '5m', 'log'],
    orNone: true,
  }),
  lookup: quantity('duration', {
    title: 'Look-up',
    help: 'Time of one operation in memory',
    default: '1us',
    min: '0s',
    max: '1s',
  }),
});

/** The shared cache. */
export const cacheSchema = z.strictObject({
  capacity: quantity('count', {
    title: 'Capacity',
    unit: 'entries',
    help: 'Entries that fit',
    default: 2000,
    min: 1,
    max: 5000000,
    slider: [10, 20000, 'log'],
  }),
  memory: quantity('size', {
    title: 'Memory',
    help: 'Bytes that fit, beside the limit in entries',
    default: 'none',
    min: '1kb',
    max: '1024gb',
    orNone: true,
  }),
  overhead: quantity('size', {
    title: 'Overhead an entry',
    help: 'Bytes beside the value; Redis 7 takes about 100 for a short key with a TTL',
    default: '100b',
    min: '0b',
    max: '1mb',
  }),
  ...cacheFields,
  link: quantity('duration', {
    title: 'Way to Redis',
    help: 'One way over the network',
    default: '250us',
    min: '0s',
    max: '10s',
    slider: ['10us', '5ms', 'log'],
  }),
  spread: quantity('duration', {
    title: 'Spread of the way',
    help: 'Mean of an exponential delay added to each way, so that messages may overtake each other',
    default: '0s',
    min: '0s',
    max: '10s',
  }),
  guarded: flag({
    title: 'Guarded calls',
    help: 'On: a cache that fails counts as a miss. Off: the failure is the reader’s',
    default: true,
  }),
  command: quantity('duration', {
    title: 'Command',
    help: 'Time of one command on the one command thread',
    default: '10us',
    min: '0s',
    max: '10s',
    slider: ['1us', '2ms', 'log'],
  }),
  queue: quantity('count', {
    title: 'Line before Redis',
    unit: 'commands',
    help: 'Commands that may wait; more are refused',
    default: 100000,
    min: 0,
    max: 1000000,
  }),
  timeout: quantity('duration', {
    title: 'Gives up on Redis after',
    help: 'A look-up that takes longer counts as a miss',
    default: '200ms',
    min: '1ms',
    max: '1h',
    orNone: true,
  }),
});

/** The database and its connections. */
export const databaseSchema = z.strictObject({
  link: quantity('duration', {
    title: 'Way to the database',
    help: 'One way over the network',
    default: '250us',
    min: '0s',
    max: '10s',
    slider: ['10us', '100ms', 'log'],
  }),
  pool: quantity('count', {
    title: 'Connections a server',
    unit: 'connections',
    help: 'A query waits at its server until one is free',
    default: 20,
    min: 1,
    max: 5000,
    slider: [1, 200, 'log'],
  }),
  slots: quantity('count', {
    title: 'Parallel queries',
    unit: 'queries',
    help: 'Queries that the database works on at the same time',
    default: 8,
    min: 1,
    max: 5000,
    slider: [1, 64, 'log'],
  }),
  queue: quantity('count', {
    title: 'Line before the database',
    unit: 'queries',
    help: 'Queries that may wait; more are refused',
    default: 1000,
    min: 0,
    max: 1000000,
  }),
  read: quantity('duration', {
    title: 'Query',
    help: 'Mean time of a read',
    default: '8ms',
    min: '0s',
    max: '10m',
    slider: ['0.5ms', '500ms', 'log'],
  }),
  write: quantity('duration', {
    title: 'Write',
    help: 'Mean time of a write',
    default: '12ms',
    min: '0s',
    max: '10m',
    slider: ['0.5ms', '500ms', 'log'],
  }),
  shape: choice(shapes, {
    title: 'Spread of query times',
    help: 'Distribution around the mean',
    default: 'exponential',
  }),
  sigma: quantity('number', {
    title: 'Sigma',
    help: 'lognormal only: standard deviation of the logarithm',
    default: 0.8,
    min: 0,
    max: 3,
  }),
  timeout: quantity('duration', {
    title: 'Query gives up after',
    help: 'Waiting for a connection included',
    default: '5s',
    min: '1ms',
    max: '1h',
    orNone: true,
  }),
  replicas: quantity('count', {
    title: 'Replicas',
    unit: 'replicas',
    help: 'Copies of the database that serve reads, each with as many slots',
    default: 0,
    min: 0,
    max: 8,
    slider: [0, 4],
    live: false,
  }),
  replicaLag: quantity('duration', {
    title: 'Replica lag',
    help: 'How far a replica is behind the primary',
    default: '50ms',
    min: '0s',
    max: '1h',
    slider: ['0s', '5s'],
  }),
  bufferPages: quantity('count', {
    title: 'Buffer pool',
    unit: 'pages',
    help: 'Pages the database keeps in memory, least recently used; none: everything fits',
    default: 'none',
    min: 0,
    max: 5000000,
    orNone: true,
  }),
  pageRows: quantity('count', {
    title: 'Rows a page',
    unit: 'rows',
    help: 'Neighbouring keys that share a page',
    default: 20,
    min: 1,
    max: 10000,
  }),
  disk: quantity('duration', {
    title: 'Page from disk',
    help: 'Added to a query whose page is not in the buffer pool',
    default: '5ms',
    min: '0s',
    max: '10s',
    slider: ['0s', '50ms'],
  }),
  guard: flag({
    title: 'Checks stock on write',
    help: 'An order is refused when nothing is left: update … where units > 0',
    default: false,
  }),
  row: quantity('size', { title: 'Row', help: 'Mean size of a value', default: '1kb', min: '1b', max: '512mb' }),
  rowShape: choice(shapes, {
    title: 'Spread of sizes',
    help: 'Distribution of value sizes over keys',
    default: 'constant',
  }),
});
