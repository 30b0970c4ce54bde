import type { Scenario } from '../scenario/schema.ts';
import { missCauses } from '../spans/codes.ts';
import { counters } from './counters.ts';

/** One number a window: its name with labels, its unit, and how windows add up. What it means is in `meanings.ts`. */
export interface MetricColumn {
  /** Name with labels, like `cache.misses{tier=redis,cause=expired}`. */
  id: string;
  unit: 'count' | 'us' | 'share' | 'entries' | 'bytes';
  /** sum: totals add windows; mean: time average (integral over the window, unit × µs); last: value at the end; max: largest. */
  fold: 'sum' | 'mean' | 'last' | 'max';
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

type Unit = MetricColumn['unit'];

const sum = (id: string, unit: Unit = 'count'): MetricColumn => ({ id, unit, fold: 'sum' });
const mean = (id: string, unit: Unit = 'count'): MetricColumn => ({ id, unit, fold: 'mean' });
const last = (id: string, unit: Unit = 'count'): MetricColumn => ({ id, unit, fold: 'last' });
const max = (id: string, unit: Unit = 'count'): MetricColumn => ({ id, unit, fold: 'max' });

const requestColumns: MetricColumn[] = [
  sum('requests.arrived'),
  sum('requests.completed'),
  sum('requests.timed-out'),
  sum('requests.rejected'),
  sum('requests.failed'),
  sum('reads.completed'),
  sum('writes.completed'),
  sum('reads.stale'),
  sum('reads.fresh'),
  sum('reads.lost'),
  sum('stale.age', 'us'),
  max('stale.age.max', 'us'),
  sum('read.latency', 'us'),
  max('read.latency.p50', 'us'),
  max('read.latency.p99', 'us'),
  max('read.latency.max', 'us'),
  sum('write.latency', 'us'),
  max('write.latency.p99', 'us'),
  last('requests.in-flight'),
];

/** Tiers in the order in which a read meets them. */
export const tiers = ['local', 'redis'] as const;

function tierColumns(tier: string): MetricColumn[] {
  const counted = ['fills', 'overwrites', 'evictions', 'expirations', 'invalidations', 'flushed'];
  return [
    sum(`cache.gets{tier=${tier}}`),
    sum(`cache.hits{tier=${tier}}`),
    ...missCauses.slice(1).map((cause) => sum(`cache.misses{tier=${tier},cause=${cause}}`)),
    ...counted.map((what) => sum(`cache.${what}{tier=${tier}}`)),
    last(`cache.entries{tier=${tier}}`, 'entries'),
    last(`cache.bytes{tier=${tier}}`, 'bytes'),
  ];
}

const databaseColumns: MetricColumn[] = [
  sum('database.reads'),
  sum('database.writes'),
  sum('database.timeouts'),
  sum('database.rejected'),
];

/** What is waiting somewhere at the end of a window. */
const levelColumns: MetricColumn[] = [last('writes.waiting'), last('feed.waiting'), last('bloom.fill', 'share')];

/** Ids of the replicas of a scenario's database. */
export function replicasOf(scenario: Scenario): string[] {
  return Array.from({ length: scenario.database.replicas }, (_, index) => `replica${index + 1}`);
}

function nodeColumns(node: string): MetricColumn[] {
  return [
    sum(`node.arrivals{node=${node}}`),
    sum(`node.done{node=${node}}`),
    mean(`node.busy{node=${node}}`),
    mean(`node.queue{node=${node}}`),
    max(`node.queue.max{node=${node}}`),
  ];
}

/** Every metric column of a run of this scenario, in the order of the window tables. */
export function metricColumns(scenario: Scenario): MetricColumn[] {
  const apps = Array.from({ length: scenario.app.servers }, (_, index) => `app${index + 1}`);
  return [
    ...requestColumns,
    ...tiers.flatMap(tierColumns),
    ...databaseColumns,
    ...counters.map((name) => sum(name)),
    ...levelColumns,
    ...apps.map((node) => sum(`stale.reads{node=${node}}`)),
    ...Object.keys(scenario.traffic)
      .sort((a, b) => (a < b ? -1 : 1))
      .map((name) => sum(`stale.reads{writer=${name}}`)),
    ...apps.flatMap(nodeColumns),
    ...apps.flatMap((node) => [mean(`pool.busy{node=${node}}`), mean(`pool.queue{node=${node}}`)]),
    ...nodeColumns('redis'),
    ...nodeColumns('database'),
    ...replicasOf(scenario).flatMap(nodeColumns),
  ];
}
