import type { Scenario } from '../scenario/schema.ts';
import { missCauses } from '../spans/codes.ts';
import { counters } from './counters.ts';

/** One number a window: its name with labels, its unit, how windows add up, and what it means. */
export interface MetricColumn {
  /** Name with labels, like `cache.misses{tier=redis,cause=expired}`. */
  id: string;
  unit: 'count' | 'us' | 'share' | 'entries' | 'bytes';
  /** sum: totals add windows; mean: time average (integral over the window, unit × µs); last: value at the end; max: largest. */
  fold: 'sum' | 'mean' | 'last' | 'max';
  meaning: string;
}

/** Windows as rows of one flat table, `metricColumns.length` numbers each. */
export interface WindowBatch {
  /** Index of the first window in this batch; window k covers [k·windowUs, (k+1)·windowUs). */
  first: number;
  count: number;
  values: Float64Array<ArrayBuffer>;
}

/** Latencies in µs; `count` 0 means that the rest is not to be read. */
export interface LatencySummary {
  count: number;
  mean: number;
  p50: number;
  p90: number;
  p95: number;
  p99: number;
  p999: number;
  max: number;
}

const sum = (id: string, meaning: string, unit: MetricColumn['unit'] = 'count'): MetricColumn => ({
  id,
  unit,
  fold: 'sum',
  meaning,
});

const requestColumns: MetricColumn[] = [
  sum('requests.arrived', 'Requests that clients sent'),
  sum('requests.completed', 'Requests that were answered'),
  sum('requests.timed-out', 'Requests whose client gave up'),
  sum('requests.rejected', 'Requests refused by a full line'),
  sum('requests.failed', 'Requests that ended in any other error'),
  sum('reads.completed', 'Reads that were answered'),
  sum('writes.completed', 'Writes that were answered'),
  sum('reads.stale', 'Answers older than the database was when their request began'),
  sum('reads.fresh', 'Answers that were not stale'),
  sum('reads.lost', 'Reads that got no answer'),
  sum('stale.age', 'Sum of the ages of stale answers (since the value was superseded)', 'us'),
  { id: 'stale.age.max', unit: 'us', fold: 'max', meaning: 'Age of the oldest stale answer' },
  sum('read.latency', 'Sum of read latencies', 'us'),
  { id: 'read.latency.p50', unit: 'us', fold: 'max', meaning: 'Median read latency in the window' },
  { id: 'read.latency.p99', unit: 'us', fold: 'max', meaning: 'Read latency that 99 % stay under in the window' },
  { id: 'read.latency.max', unit: 'us', fold: 'max', meaning: 'Slowest read in the window' },
  sum('write.latency', 'Sum of write latencies', 'us'),
  { id: 'write.latency.p99', unit: 'us', fold: 'max', meaning: 'Write latency that 99 % stay under in the window' },
  { id: 'requests.in-flight', unit: 'count', fold: 'last', meaning: 'Requests under way at the end of the window' },
];

/** Tiers in the order in which a read meets them. */
export const tiers = ['local', 'redis'] as const;

function tierColumns(tier: string): MetricColumn[] {
  return [
    sum(`cache.gets{tier=${tier}}`, 'Look-ups'),
    sum(`cache.hits{tier=${tier}}`, 'Look-ups that found a live entry'),
    ...missCauses
      .slice(1)
      .map((cause) => sum(`cache.misses{tier=${tier},cause=${cause}}`, `Look-ups that found nothing: ${cause}`)),
    sum(`cache.fills{tier=${tier}}`, 'Entries stored'),
    sum(`cache.overwrites{tier=${tier}}`, 'Stores over an entry that was still there'),
    sum(`cache.evictions{tier=${tier}}`, 'Entries pushed out for room'),
    sum(`cache.expirations{tier=${tier}}`, 'Entries whose time to live ended'),
    sum(`cache.invalidations{tier=${tier}}`, 'Entries deleted because their row changed'),
    sum(`cache.flushed{tier=${tier}}`, 'Entries lost to a flush or a crash'),
    {
      id: `cache.entries{tier=${tier}}`,
      unit: 'entries',
      fold: 'last',
      meaning: 'Entries held at the end of the window',
    },
    { id: `cache.bytes{tier=${tier}}`, unit: 'bytes', fold: 'last', meaning: 'Bytes held at the end of the window' },
  ];
}

const databaseColumns: MetricColumn[] = [
  sum('database.reads', 'Queries that the database finished for reads'),
  sum('database.writes', 'Writes that the database finished'),
  sum('database.timeouts', 'Calls to the database that were given up'),
  sum('database.rejected', 'Calls refused by the full line before the database'),
];

/** What is waiting somewhere at the end of a window. */
const levelColumns: MetricColumn[] = [
  { id: 'writes.waiting', unit: 'count', fold: 'last', meaning: 'Keys in the write-behind buffer at the end of the window' },
  { id: 'feed.waiting', unit: 'count', fold: 'last', meaning: 'Changes that the worker has not taken yet' },
  { id: 'bloom.fill', unit: 'share', fold: 'last', meaning: 'Share of the Bloom filter’s bits that are set' },
];

/** Ids of the replicas of a scenario's database. */
export function replicasOf(scenario: Scenario): string[] {
  return Array.from({ length: scenario.database.replicas }, (_, index) => `replica${index + 1}`);
}

function nodeColumns(node: string): MetricColumn[] {
  return [
    sum(`node.arrivals{node=${node}}`, 'Calls that reached the node'),
    sum(`node.done{node=${node}}`, 'Calls that the node finished'),
    { id: `node.busy{node=${node}}`, unit: 'count', fold: 'mean', meaning: 'Slots at work, mean over the window' },
    {
      id: `node.queue{node=${node}}`,
      unit: 'count',
      fold: 'mean',
      meaning: 'Calls waiting in line, mean over the window',
    },
    { id: `node.queue.max{node=${node}}`, unit: 'count', fold: 'max', meaning: 'Longest line in the window' },
  ];
}

/** Every metric column of a run of this scenario, in the order of the window tables. */
export function metricColumns(scenario: Scenario): MetricColumn[] {
  const apps = Array.from({ length: scenario.app.servers }, (_, index) => `app${index + 1}`);
  return [
    ...requestColumns,
    ...tiers.flatMap(tierColumns),
    ...databaseColumns,
    ...Object.entries(counters).map(([id, meaning]) => sum(id, meaning)),
    ...levelColumns,
    ...apps.map((node) => sum(`stale.reads{node=${node}}`, 'Stale answers of this server')),
    ...Object.keys(scenario.traffic)
      .sort((a, b) => (a < b ? -1 : 1))
      .map((name) => sum(`stale.reads{writer=${name}}`, 'Stale answers because of a write of this traffic')),
    ...apps.flatMap(nodeColumns),
    ...apps.flatMap((node) => [
      {
        id: `pool.busy{node=${node}}`,
        unit: 'count',
        fold: 'mean',
        meaning: 'Database connections in use, mean over the window',
      } satisfies MetricColumn,
      {
        id: `pool.queue{node=${node}}`,
        unit: 'count',
        fold: 'mean',
        meaning: 'Queries waiting for a connection, mean over the window',
      } satisfies MetricColumn,
    ]),
    ...nodeColumns('redis'),
    ...nodeColumns('database'),
    ...replicasOf(scenario).flatMap(nodeColumns),
  ];
}
