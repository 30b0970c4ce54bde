import type { RunView } from '../../stage/RunView.ts';
import { formatDurationUs } from '../../ui/format.ts';
import { type ValueAxis, valueAxis } from './axes.ts';
import type { ChartDefinition, ChartLine } from './definitions.ts';
import { differenceText, formatValue } from './differenceText.ts';
import { lastSecond, WindowRange } from './WindowRange.ts';

/** Points drawn at most in one line: about one for each pixel and a half. */
const mostPoints = 240;

/** A value over some windows; `t` is the middle of them. Times in µs; NaN where there is no value. */
export interface ChartPoint {
  fromUs: number;
  t: number;
  untilUs: number;
  v: number;
}

/** One line or layer, ready to draw. */
export interface ChartSeries {
  id: string;
  title: string;
  /** 0 is run A, 1 run B. */
  lane: number;
  quiet: boolean;
  points: ChartPoint[];
}

/** Everything of a chart that does not depend on the playhead. */
export interface ChartSeriesModel {
  definition: ChartDefinition;
  /** In order of drawing, the main line first. */
  series: ChartSeries[];
  /** Layers on top of each other; only where there is one run. */
  stacked: boolean;
  axis: ValueAxis;
}

/** What theory expects of a chart's number, computed elsewhere. */
export interface ChartTheory {
  label: string;
  value: number;
}

/** What is written over a chart. */
export interface ChartHeadline {
  /** `93.8 %`, or a dash before the first second. */
  text: string;
  value: number;
  /** Run B's number, where there is one. */
  other: string | null;
  /** How B differs, in words. */
  difference: string;
  note: string;
  /** The theory's number, and how far ours is from it in words. */
  theory: { text: string; gap: string } | null;
}

/** How many windows make one point, a power of two so that points stay where they are while a run grows. */
export function windowsAPoint(count: number): number {
  let size = 1;
  while (count / size > mostPoints) size *= 2;
  return size;
}

/**
 * The lines of a chart over everything known before `untilUs`.
 * @param runs run A, and run B where two are compared. @param limit a bound to be kept in sight, if it is near.
 */
export function chartSeries(
  definition: ChartDefinition,
  runs: readonly RunView[],
  untilUs: number,
  limit?: number,
): ChartSeriesModel {
  const compared = runs.length > 1;
  const stacked = definition.shape === 'stack' && !compared;
  const series = runs.flatMap((run, lane) => laneSeries(definition, run, lane, untilUs, compared));
  const drawn = stacked ? [stackTops(series)] : series.map(({ points }) => points.map(({ v }) => v));
  const values = drawn.flat();
  const largest = values.reduce((most, value) => (value > most ? value : most), 0);
  if (limit !== undefined && limit <= 2 * largest) values.push(limit);
  const axis = valueAxis(values, definition);
  return { definition, series, stacked, axis };
}

function laneSeries(
  definition: ChartDefinition,
  run: RunView,
  lane: number,
  untilUs: number,
  compared: boolean,
): ChartSeries[] {
  const lines = definition.lines(run);
  const whole: ChartLine = {
    id: 'all',
    title: definition.title,
    value: (range: WindowRange) => definition.headline(range, run),
  };
  const shown = !compared ? lines : definition.shape === 'stack' ? [whole] : lines.filter(({ quiet }) => !quiet);
  return shown.map(({ id, title, quiet = false, value }) => ({
    id,
    title,
    lane,
    quiet,
    points: pointsOf(run, untilUs, value),
  }));
}

function pointsOf(run: RunView, untilUs: number, value: (range: WindowRange) => number): ChartPoint[] {
  const { windows } = run;
  const count = Math.min(windows.count, Math.floor(untilUs / windows.widthUs));
  const size = windowsAPoint(windows.count);
  const points: ChartPoint[] = [];
  for (let first = 0; first < count; first += size) {
    const range = new WindowRange(windows, first, Math.min(count, first + size));
    const fromUs = first * windows.widthUs;
    const end = range.end * windows.widthUs;
    points.push({ fromUs, t: (fromUs + end) / 2, untilUs: end, v: value(range) });
  }
  return points;
}

function stackTops(series: readonly ChartSeries[]): number[] {
  const first = series[0]?.points ?? [];
  return first.map((_, index) => series.reduce((sum, { points }) => sum + (points[index].v || 0), 0));
}

/** What stands over a chart while the playhead is at `atUs`. */
export function chartHeadline(
  definition: ChartDefinition,
  runs: readonly RunView[],
  atUs: number,
  theory?: ChartTheory | null,
): ChartHeadline {
  const { unit } = definition;
  const ranges = runs.map((run) => lastSecond(run.windows, Math.min(atUs, run.horizonUs)));
  const values = runs.map((run, lane) => definition.headline(ranges[lane], run));
  const gap = theory ? differenceText(unit, theory.value, values[0]) : '';
  return {
    value: values[0],
    text: formatValue(unit, values[0]),
    other: runs.length > 1 ? formatValue(unit, values[1]) : null,
    difference: runs.length > 1 ? differenceText(unit, values[0], values[1]) : '',
    note: definition.note(ranges[0], runs[0]),
    theory: theory ? { text: `${theory.label} ${formatValue(unit, theory.value)}`, gap } : null,
  };
}

/** The chart in one or two sentences, from the same numbers. */
export function chartDescription(model: ChartSeriesModel, headline: ChartHeadline, atUs: number): string {
  const { definition, series } = model;
  const { unit, title } = definition;
  const at = formatDurationUs(Math.max(0, atUs));
  if (headline.text === '–' && headline.other === null) return `${title}: nothing to show at ${at}.`;
  const compared =
    headline.other === null ? '' : `; B ${headline.other}${headline.difference && `, ${headline.difference}`}`;
  const note = headline.note && `, ${headline.note}`;
  const theory =
    headline.theory === null ? '' : `, ${headline.theory.text}${headline.theory.gap && ` (${headline.theory.gap})`}`;
  const main = series[0]?.points.filter(({ v }) => Number.isFinite(v)) ?? [];
  if (main.length < 2 || model.stacked) return `${title} at ${at}: ${headline.text}${compared}${note}${theory}.`;
  const low = main.reduce((a, b) => (b.v < a.v ? b : a));
  const high = main.reduce((a, b) => (b.v > a.v ? b : a));
  const span = `From ${formatValue(unit, low.v)} at ${formatDurationUs(low.t)} to ${formatValue(unit, high.v)} at ${formatDurationUs(high.t)}`;
  return `${title} at ${at}: ${headline.text}${compared}${note}${theory}. ${span} so far.`;
}
