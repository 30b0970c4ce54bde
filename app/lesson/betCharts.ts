import type { ChartId } from '../views/charts/definitions.ts';
import type { Question } from './lessonState.ts';

/** The chart that draws a metric, by the metric's name as bets write it. What is no line of a chart has none. */
const chartOf: Readonly<Record<string, ChartId>> = {
  'hit.ratio': 'hit-ratio',
  'hit.ratio{tier=redis}': 'hit-ratio',
  'database.qps': 'database-rate',
  'p99(read.latency)': 'read-latency',
  'stale.share': 'stale-share',
  'node.queue{node=database}': 'database-queue',
  'requests.rate': 'throughput',
};

/** What some metrics are called under a figure, where their meaning in the catalogue is another number's. */
export const metricTitles: Readonly<Record<string, string>> = {
  'read.latency': 'Mean time of a read',
  'write.latency': 'Mean time of a write',
};

/** The chart in which a bet on this metric can be drawn; undefined where there is none. */
export function chartOfMetric(metric: string): ChartId | undefined {
  return Object.hasOwn(chartOf, metric) ? chartOf[metric] : undefined;
}

/**
 * Whether a number can be drawn second by second beside a bet on it. A count over a stretch cannot, because each second has
 * only its part of it; nor can a quantile of the whole run.
 */
export function hasLine({ metric, kind }: Pick<Question, 'metric' | 'kind'>): boolean {
  return (kind === 'duration' || kind === 'rate' || kind === 'share') && !metric.includes('(');
}
