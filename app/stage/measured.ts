import { type Metric, metricCatalogue, metricReader } from '../../src/reading.ts';
import type { Measured, Span } from '../lesson/measure.ts';
import type { RunView } from './RunView.ts';
import type { Stage } from './Stage.ts';

/**
 * A stage's numbers for the words around it: any metric of the catalogue, up to the playhead or over a span; and of the
 * whole run so far the quantiles `p50`, `p90`, `p95`, `p99` of both latencies, written `p99(read.latency)`.
 */
export function measuredOf(stage: Stage): Measured {
  return {
    measure: (metric, span) => {
      const run = stage.store.getState().runs[0];
      const { atUs } = stage.playhead;
      if (run === null || run === undefined || (span !== undefined && span.toUs > atUs)) return undefined;
      return measure(run, metric, span ?? { fromUs: 0, toUs: atUs });
    },
    subscribe: (listener) => stage.store.subscribe(listener),
  };
}

const catalogues = new WeakMap<object, Map<string, Metric>>();

function catalogueOf(run: RunView): Map<string, Metric> {
  const known = catalogues.get(run.scenario);
  if (known !== undefined) return known;
  const catalogue = new Map(metricCatalogue(run.scenario).map((metric) => [metric.id, metric]));
  catalogues.set(run.scenario, catalogue);
  return catalogue;
}

/** The value of a metric over the whole windows of a span; undefined where it is not known or there is none of this name. */
export function measure(run: RunView, name: string, span: Span): number | undefined {
  const quantile = /^(p50|p90|p95|p99)\((read|write)\.latency\)$/.exec(name);
  if (quantile !== null) {
    const summary = run.latency[quantile[2] as 'read' | 'write'];
    return summary.count === 0 ? undefined : summary[quantile[1] as 'p50' | 'p90' | 'p95' | 'p99'];
  }
  const metric = catalogueOf(run).get(name);
  const { windows } = run;
  const untilUs = Math.min(Math.floor(span.toUs / windows.widthUs), windows.count) * windows.widthUs;
  const fromUs = Math.floor(Math.max(0, span.fromUs) / windows.widthUs) * windows.widthUs;
  if (metric === undefined || untilUs <= fromUs) return undefined;
  const values = new Float64Array(windows.columns.length);
  for (const column of [...metric.over, ...(Array.isArray(metric.under) ? (metric.under as string[]) : [])]) {
    const index = windows.column(column);
    values[index] = windows.over(index, fromUs, untilUs);
  }
  const value = metricReader(metric, windows.columns)(values, 0, untilUs - fromUs);
  return Number.isFinite(value) ? value : undefined;
}
