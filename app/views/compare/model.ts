import type { RunView } from '../../stage/RunView.ts';
import { formatNumber } from '../../ui/format.ts';
import type { ChartUnit } from '../charts/definitions.ts';
import { differenceText, formatValue } from '../charts/differenceText.ts';
import { WindowRange } from '../charts/WindowRange.ts';

/** One number in both runs. */
export interface ComparedMetric {
  id: string;
  title: string;
  unit: ChartUnit;
  a: number;
  b: number;
  /** As text. */
  texts: [string, string];
  /** How B differs from A. */
  difference: string;
  /** B over A; NaN where A is 0 or either is unknown. */
  ratio: number;
  ratioText: string;
}

interface Compared {
  id: string;
  title: string;
  unit: ChartUnit;
  /** Left out where it is nothing in both. */
  rare?: boolean;
  value: (range: WindowRange, run: RunView) => number;
}

const share = (part: number, whole: number) => (whole === 0 ? Number.NaN : part / whole);

const metrics: readonly Compared[] = [
  {
    id: 'hit-ratio',
    title: 'Hit ratio',
    unit: 'share',
    value: (range) => {
      const asked = range.sum('cache.gets{tier=local}') || range.sum('cache.gets{tier=redis}');
      return share(range.sum('cache.hits{tier=local}', 'cache.hits{tier=redis}'), asked);
    },
  },
  {
    id: 'database-rate',
    title: 'Database queries',
    unit: 'rate',
    value: (range) => range.rate('database.reads', 'database.writes'),
  },
  {
    id: 'read-mean',
    title: 'Read time, mean',
    unit: 'duration',
    value: (range) => share(range.sum('read.latency'), range.sum('reads.completed')),
  },
  { id: 'read-p50', title: 'Read time, p50', unit: 'duration', value: (_, run) => quantile(run, 'p50') },
  { id: 'read-p99', title: 'Read time, p99', unit: 'duration', value: (_, run) => quantile(run, 'p99') },
  {
    id: 'stale-share',
    title: 'Stale answers',
    unit: 'share',
    value: (range) => share(range.sum('reads.stale'), range.sum('reads.stale', 'reads.fresh')),
  },
  {
    id: 'errors',
    title: 'Requests that failed',
    unit: 'share',
    value: (range) => {
      const failed = range.sum('requests.timed-out', 'requests.rejected', 'requests.failed');
      return share(failed, failed + range.sum('requests.completed'));
    },
  },
  { id: 'throughput', title: 'Answers', unit: 'rate', value: (range) => range.rate('requests.completed') },
  {
    id: 'database-queue',
    title: 'Waiting at the database',
    unit: 'count',
    value: (range) => range.mean('node.queue{node=database}'),
  },
  {
    id: 'evictions',
    title: 'Evictions',
    unit: 'rate',
    value: (range) => range.rate('cache.evictions{tier=redis}', 'cache.evictions{tier=local}'),
  },
  rare('waited', 'Reads that waited for another’s load', 'rate', 'loads.waited'),
  rare('refreshed', 'Refreshes in the background', 'rate', 'loads.refreshed'),
  rare('overdue', 'Answers past their time', 'rate', 'cache.overdue'),
  rare('negative', 'Answers “no such row” from the cache', 'rate', 'cache.negative'),
  rare('turned-away', 'Turned away', 'rate', 'bloom.refused', 'loads.refused', 'requests.shed', 'breaker.refused'),
  rare('retries', 'Second tries', 'rate', 'database.retries', 'clients.retries', 'database.hedges'),
  {
    id: 'stale-age',
    title: 'Age of stale answers, mean',
    unit: 'duration',
    rare: true,
    value: (range) => (range.sum('reads.stale') === 0 ? 0 : range.sum('stale.age') / range.sum('reads.stale')),
  },
  rare('own-stale', 'Reads without their author’s own write', 'count', 'reads.own-stale'),
  rare('lost-writes', 'Acknowledged writes lost', 'count', 'writes.lost'),
  rare('oversold', 'Orders beyond the stock', 'count', 'orders.oversold'),
];

/** A number that is told only where there is something to tell. */
function rare(id: string, title: string, unit: 'rate' | 'count', ...columns: string[]): Compared {
  const value = (range: WindowRange) => (unit === 'rate' ? range.rate(...columns) : range.sum(...columns));
  return { id, title, unit, rare: true, value };
}

function quantile(run: RunView, which: 'p50' | 'p99'): number {
  const { read } = run.latency;
  return read.count === 0 ? Number.NaN : read[which];
}

/** Up to where both runs are known. */
export function sharedUs(a: RunView, b: RunView): number {
  return Math.min(a.horizonUs, b.horizonUs);
}

/** Every metric of two runs from the start to where both are known; quantiles are those of each whole run so far. */
export function comparedMetrics(a: RunView, b: RunView): ComparedMetric[] {
  const untilUs = sharedUs(a, b);
  const whole = (run: RunView) => new WindowRange(run.windows, 0, Math.floor(untilUs / run.windows.widthUs));
  const ranges = [whole(a), whole(b)];
  return metrics.flatMap(({ id, title, unit, rare: isRare = false, value }) => {
    const values: [number, number] = [value(ranges[0], a), value(ranges[1], b)];
    if (isRare && !values.some((one) => one > 0)) return [];
    const ratio = values[0] === 0 ? Number.NaN : values[1] / values[0];
    return {
      id,
      title,
      unit,
      a: values[0],
      b: values[1],
      texts: [formatValue(unit, values[0]), formatValue(unit, values[1])],
      difference: differenceText(unit, ...values),
      ratio,
      ratioText: Number.isFinite(ratio) ? `×\u202f${formatNumber(ratio)}` : '–',
    };
  });
}
