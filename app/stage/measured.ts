import { type Metric, metricCatalogue, metricReader } from '../../src/reading.ts';
import type { Measured } from '../lesson/measure.ts';
import type { RunView } from './RunView.ts';
import type { Stage } from './Stage.ts';

/**
 * A stage's numbers for the words around it: any metric of the catalogue over the run so far; with `@10s` behind its name
 * over the last ten seconds; and `p50`, `p90`, `p99` of `read.latency` and `write.latency` as `p99(read.latency)`.
 */
export function measuredOf(stage: Stage): Measured {
  return {
    measure: (metric) => {
      const run = stage.store.getState().runs[0];
      return run === null || run === undefined ? undefined : measure(run, metric, stage.playhead.atUs);
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

/** The value of a metric at a moment of a run; undefined where it is not known or there is none of this name. */
export function measure(run: RunView, name: string, atUs: number): number | undefined {
  const quantile = /^(p50|p90|p95|p99)\((read|write)\.latency\)$/.exec(name);
  if (quantile !== null) {
    const summary = run.latency[quantile[2] as 'read' | 'write'];
    return summary.count === 0 ? undefined : summary[quantile[1] as 'p50' | 'p90' | 'p95' | 'p99'];
  }
  const [id, span] = name.split('@');
  const metric = catalogueOf(run).get(id);
  const { windows } = run;
  const untilUs = Math.min(Math.floor(atUs / windows.widthUs), windows.count) * windows.widthUs;
  const backUs = span === undefined ? untilUs : Number.parseInt(span, 10) * 1e6;
  const fromUs = Math.max(0, untilUs - Math.max(backUs, windows.widthUs));
  if (metric === undefined || untilUs <= fromUs) return undefined;
  const values = new Float64Array(windows.columns.length);
  for (const column of [...metric.over, ...(Array.isArray(metric.under) ? (metric.under as string[]) : [])]) {
    const index = windows.column(column);
    values[index] = windows.over(index, fromUs, untilUs);
  }
  const value = metricReader(metric, windows.columns)(values, 0, untilUs - fromUs);
  return Number.isFinite(value) ? value : undefined;
}
