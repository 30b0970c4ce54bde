import { createRunReader, evaluateExpression, parseExpression } from '../../../src/checking.ts';
import type { RunView } from '../../stage/RunView.ts';
import { Refusal } from '../host/Refusal.ts';

/** A figure of a run up to the playhead. */
export interface MeasuredFigure {
  expr: string;
  /** Virtual time, µs. */
  t: number;
  /** Null where there was nothing to take it from. Times µs, shares 0 to 1. */
  value: number | null;
  unit: string;
  /** Why there is no value. */
  message?: string;
}

/** Reads what gives one figure, in the language of checks: `max(db.qps) over 0s..60s`. @throws Refusal `bad-expression`. */
export function readFigure(run: RunView, expr: string, atUs: number): MeasuredFigure {
  const parsed = parseExpression(expr);
  if ('problem' in parsed) throw new Refusal('bad-expression', `${expr.slice(0, 60)}: ${parsed.problem.message}`);
  const found = evaluateExpression(parsed.expression, { runs: new Map([['run', readerOf(run, atUs)]]) });
  const t = Math.round(atUs);
  if (!('problem' in found)) {
    const value = Number.isFinite(found.value) ? found.value : null;
    return { expr, t, value, unit: found.unit };
  }
  if (!found.nodata) throw new Refusal('bad-expression', `${expr.slice(0, 60)}: ${found.problem.message}`);
  return { expr, t, value: null, unit: '', message: found.problem.message };
}

/** The run as checks see it, up to the playhead. */
function readerOf(run: RunView, atUs: number): ReturnType<typeof createRunReader> {
  const { windows, spans, meta } = run;
  const endUs = Math.min(atUs, run.horizonUs);
  const count = Math.min(windows.count, Math.floor(endUs / windows.widthUs));
  const width = meta.metricColumns.length;
  const values = windows.values.slice(0, count * width);
  // Only whole windows are counted before the horizon: what came after the playhead is not to be known yet.
  const wholeUs = endUs >= run.horizonUs ? endUs : count * windows.widthUs;
  return createRunReader({
    scenario: run.scenario,
    nodes: meta.nodes,
    columns: meta.metricColumns,
    windowUs: windows.widthUs,
    windows: { first: 0, count, values },
    totals: endUs >= run.horizonUs ? run.totals : totalsOf(run, count),
    latency: run.latency,
    rows: spans.closed,
    endUs: wholeUs,
  });
}

function totalsOf(run: RunView, count: number): Float64Array {
  const untilUs = count * run.windows.widthUs;
  return Float64Array.from(run.meta.metricColumns, (_, column) => run.windows.over(column, 0, untilUs));
}
