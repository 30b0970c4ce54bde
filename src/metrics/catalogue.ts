import type { Scenario } from '../scenario/schema.ts';
import { type MetricColumn, metricColumns, replicasOf, tiers } from './columns.ts';
import { meaningOf } from './meanings.ts';

/**
 * What a metric is, and what a report says of it over a whole run:
 * counter: a total · rate: mean and peak a second · share: a part of something, 0..1 · level: what held over time, with mean
 * (or last value) and peak · maximum: the largest · duration: mean and, where known, longest · latency: mean and quantiles.
 */
export type MetricKind = 'counter' | 'rate' | 'share' | 'level' | 'maximum' | 'duration' | 'latency';

/** Unit of a metric's value; times are microseconds. */
export type MetricUnit = 'count' | 'per second' | 'us' | 'share' | 'entries' | 'bytes';

/** One metric of a run: its name with labels, and how it comes out of the columns of a window or of the totals. */
export interface Metric {
  /** Name with labels, like `hit.ratio{tier=redis}`. */
  id: string;
  name: string;
  labels: Record<string, string>;
  kind: MetricKind;
  unit: MetricUnit;
  meaning: string;
  /** Ids of the columns that are added up. */
  over: readonly string[];
  /** What their sum is divided by: columns added up, the seconds that passed, or a number. */
  under?: readonly string[] | 'seconds' | number;
  /** The quotient is multiplied by the time that passed, µs (a mean line by arrivals gives the mean wait). */
  timesSpan?: boolean;
  /** Columns with further figures of one window. */
  parts?: { p50?: string; p99?: string; max?: string };
  /** Which latency histogram of the run holds its quantiles. */
  histogram?: 'read' | 'write';
  /** A level that is known at the end of each window, not as a mean over it. */
  atEnd?: boolean;
}

/** A metric of all its labels, for a list of what there is. */
export interface MetricFamily {
  name: string;
  kind: MetricKind;
  unit: MetricUnit;
  meaning: string;
  /** Values of each label; `app1…` stands for every server. */
  labels: Record<string, string[]>;
}

/** Columns that only serve a metric of several figures. */
const partColumns = new Set([
  'stale.age',
  'stale.age.max',
  'read.latency',
  'read.latency.p50',
  'read.latency.p99',
  'read.latency.max',
  'write.latency',
  'write.latency.p99',
]);

const errorColumns = ['requests.timed-out', 'requests.rejected', 'requests.failed'];

type Draft = Omit<Metric, 'name' | 'labels'>;

const derivedOfRequests: Draft[] = [
  {
    id: 'requests.rate',
    kind: 'rate',
    unit: 'per second',
    meaning: 'Requests that clients sent, a second',
    over: ['requests.arrived'],
    under: 'seconds',
  },
  {
    id: 'requests.throughput',
    kind: 'rate',
    unit: 'per second',
    meaning: 'Requests that were answered, a second',
    over: ['requests.completed'],
    under: 'seconds',
  },
  {
    id: 'errors',
    kind: 'counter',
    unit: 'count',
    meaning: 'Requests that got no answer: timed out, rejected or failed',
    over: errorColumns,
  },
  {
    id: 'errors.rate',
    kind: 'rate',
    unit: 'per second',
    meaning: 'Requests that got no answer, a second',
    over: errorColumns,
    under: 'seconds',
  },
  {
    id: 'errors.share',
    kind: 'share',
    unit: 'share',
    meaning: 'Requests that got no answer, of all that ended',
    over: errorColumns,
    under: ['requests.completed', ...errorColumns],
  },
  {
    id: 'reads.rate',
    kind: 'rate',
    unit: 'per second',
    meaning: 'Reads that were answered, a second',
    over: ['reads.completed'],
    under: 'seconds',
  },
  {
    id: 'writes.rate',
    kind: 'rate',
    unit: 'per second',
    meaning: 'Writes that were answered, a second',
    over: ['writes.completed'],
    under: 'seconds',
  },
  {
    id: 'stale.share',
    kind: 'share',
    unit: 'share',
    meaning: 'Stale answers, of all reads that were answered',
    over: ['reads.stale'],
    under: ['reads.completed'],
  },
  {
    id: 'stale.age',
    kind: 'duration',
    unit: 'us',
    meaning: 'Age of stale answers: how long before the answer its value had been superseded',
    over: ['stale.age'],
    under: ['reads.stale'],
    parts: { max: 'stale.age.max' },
  },
  {
    id: 'read.latency',
    kind: 'latency',
    unit: 'us',
    meaning: 'From sending a read to its answer at the client',
    over: ['read.latency'],
    under: ['reads.completed'],
    parts: { p50: 'read.latency.p50', p99: 'read.latency.p99', max: 'read.latency.max' },
    histogram: 'read',
  },
  {
    id: 'write.latency',
    kind: 'latency',
    unit: 'us',
    meaning: 'From sending a write to its answer at the client',
    over: ['write.latency'],
    under: ['writes.completed'],
    parts: { p99: 'write.latency.p99' },
    histogram: 'write',
  },
  {
    id: 'database.qps',
    kind: 'rate',
    unit: 'per second',
    meaning: 'Queries that the database finished, reads and writes, a second',
    over: ['database.reads', 'database.writes'],
    under: 'seconds',
  },
];

function derivedOfTier(tier: string, columns: readonly MetricColumn[]): Draft[] {
  const misses = columns.map(({ id }) => id).filter((id) => id.startsWith(`cache.misses{tier=${tier},`));
  const gets = [`cache.gets{tier=${tier}}`];
  return [
    {
      id: `hit.ratio{tier=${tier}}`,
      kind: 'share',
      unit: 'share',
      meaning: 'Look-ups that found a live entry, of all look-ups',
      over: [`cache.hits{tier=${tier}}`],
      under: gets,
    },
    {
      id: `cache.misses.total{tier=${tier}}`,
      kind: 'counter',
      unit: 'count',
      meaning: 'Look-ups that found nothing, whatever the cause',
      over: misses,
    },
    {
      id: `cache.rate{tier=${tier}}`,
      kind: 'rate',
      unit: 'per second',
      meaning: 'Look-ups, a second',
      over: gets,
      under: 'seconds',
    },
  ];
}

function derivedOfNode(node: string, slots: number): Draft[] {
  const queue = [`node.queue{node=${node}}`];
  const arrivals = [`node.arrivals{node=${node}}`];
  return [
    {
      id: `node.rate{node=${node}}`,
      kind: 'rate',
      unit: 'per second',
      meaning: 'Calls that reached the node, a second',
      over: arrivals,
      under: 'seconds',
    },
    {
      id: `node.utilisation{node=${node}}`,
      kind: 'level',
      unit: 'share',
      meaning: 'Slots at work, of the slots that the scenario gives the node',
      over: [`node.busy{node=${node}}`],
      under: slots,
    },
    {
      id: `node.wait{node=${node}}`,
      kind: 'duration',
      unit: 'us',
      meaning: 'Mean time in line, by Little’s law: mean line × time / arrivals',
      over: queue,
      under: arrivals,
      timesSpan: true,
    },
  ];
}

/**
 * Every metric of a run of this scenario: the columns that mean something by themselves, and what is derived from columns;
 * first those of the requests, then tier by tier, then node by node.
 * @source Little, "A proof for the queuing formula L = λW", Operations Research 9(3), 1961, for the waits.
 */
export function metricCatalogue(scenario: Scenario): Metric[] {
  const columns = metricColumns(scenario);
  const apps = Array.from({ length: scenario.app.servers }, (_, index) => `app${index + 1}`);
  const drafts: Draft[] = [
    ...derivedOfRequests,
    ...tiers.flatMap((tier) => derivedOfTier(tier, columns)),
    ...columns.filter(({ id }) => !partColumns.has(id)).map(ofColumn),
    ...apps.flatMap((node) => [
      ...derivedOfNode(node, scenario.app.workers),
      {
        id: `pool.utilisation{node=${node}}`,
        kind: 'level',
        unit: 'share',
        meaning: 'Database connections in use, of those the server may open',
        over: [`pool.busy{node=${node}}`],
        under: scenario.database.pool,
      } satisfies Draft,
    ]),
    ...derivedOfNode('redis', 1),
    ...derivedOfNode('database', scenario.database.slots),
    ...replicasOf(scenario).flatMap((node) => derivedOfNode(node, scenario.database.slots)),
  ];
  const places = ['', ...tiers, ...apps, 'redis', 'database', ...replicasOf(scenario)];
  const placeOf = ({ labels }: Metric) =>
    labels.tier === undefined ? places.lastIndexOf(labels.node ?? '') : places.indexOf(labels.tier);
  return drafts.map(named).sort((a, b) => placeOf(a) - placeOf(b));
}

function ofColumn({ id, unit, fold }: MetricColumn): Draft {
  const kind = fold === 'sum' ? 'counter' : fold === 'max' ? 'maximum' : 'level';
  return { id, kind, unit, meaning: meaningOf(id), over: [id], ...(fold === 'last' ? { atEnd: true } : {}) };
}

function named(draft: Draft): Metric {
  const [name, rest] = draft.id.split('{');
  const pairs = rest === undefined ? [] : rest.slice(0, -1).split(',');
  return { ...draft, name, labels: Object.fromEntries(pairs.map((pair) => pair.split('='))) };
}

/** The metrics by name, each with the values that its labels take; in order of name. */
export function metricFamilies(metrics: readonly Metric[]): MetricFamily[] {
  const families = new Map<string, MetricFamily>();
  for (const { name, kind, unit, meaning, labels } of metrics) {
    const family: MetricFamily = families.get(name) ?? { name, kind, unit, meaning, labels: {} };
    families.set(name, family);
    // What differs from label to label stands behind a colon.
    if (family.meaning !== meaning) family.meaning = `${meaning.split(':')[0]}, by ${Object.keys(labels).at(-1)}`;
    for (const [label, value] of Object.entries(labels)) {
      const values = (family.labels[label] ??= []);
      const shown = /^app\d+$/.test(value) ? 'app1…' : value;
      if (!values.includes(shown)) values.push(shown);
    }
  }
  return [...families.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Reads a metric out of one row of columns that begins at `offset` and covers `spanUs`: a window, or the totals of a run.
 * NaN where nothing was counted that it could be a part of.
 */
export type MetricReader = (values: ArrayLike<number>, offset: number, spanUs: number) => number;

/** The reader of a metric for tables with these columns; throws for a column that they do not have. */
export function metricReader(metric: Metric, columns: readonly MetricColumn[]): MetricReader {
  const indexes = (ids: readonly string[]) => ids.map((id) => columnIndex(columns, id));
  const over = indexes(metric.over);
  const { under } = metric;
  const unders = typeof under === 'object' ? indexes(under) : [];
  const sum = (list: readonly number[], values: ArrayLike<number>, offset: number) => {
    let total = 0;
    for (const index of list) total += values[offset + index];
    return total;
  };
  return (values, offset, spanUs) => {
    const value = sum(over, values, offset) * (metric.timesSpan ? spanUs : 1);
    if (under === undefined) return value;
    const by = under === 'seconds' ? spanUs / 1e6 : typeof under === 'number' ? under : sum(unders, values, offset);
    return by === 0 ? Number.NaN : value / by;
  };
}

/** Position of a column by its id; throws for one that is not there. */
export function columnIndex(columns: readonly MetricColumn[], id: string): number {
  const index = columns.findIndex((column) => column.id === id);
  if (index < 0) throw new Error(`no metric column ${id}`);
  return index;
}
