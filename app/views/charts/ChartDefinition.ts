import type { chartIds } from '../../../src/index.ts';
import type { RunView } from '../../stage/RunView.ts';
import type { MeaningName } from '../../ui/MeaningMark.tsx';
import type { WindowRange } from './WindowRange.ts';

/** Name of a chart, as scenarios use it. */
export type ChartId = (typeof chartIds)[number];
/** What is measured: a share of 0..1, events a second, µs, or a number of things. */
export type ChartUnit = 'share' | 'rate' | 'duration' | 'count';

/** One line of a chart, or one layer of a stack. */
export interface ChartLine {
  id: string;
  title: string;
  /** Drawn fainter, and left out where two runs are laid over each other. */
  quiet?: boolean;
  /** Value over some windows; NaN where there is none. */
  value: (range: WindowRange) => number;
}

/** What a chart shows and how its numbers are made. */
export interface ChartDefinition {
  id: ChartId;
  title: string;
  unit: ChartUnit;
  /** Its colour and shape; null for what carries none of the six meanings. */
  meaning: MeaningName | null;
  /** Lines from 0; `stack` puts them on top of each other. */
  shape: 'lines' | 'stack';
  lines(run: RunView): ChartLine[];
  /** The number in large type, over the second before the playhead. */
  headline(range: WindowRange, run: RunView): number;
  /** A few words beside the title, over the same second. */
  note(range: WindowRange, run: RunView): string;
  /** A bound drawn as a hairline, in the chart's unit. */
  limit?(run: RunView, atUs: number): { value: number; label: string } | null;
  /** Fixed upper end of the axis. */
  top?: number;
  /** The upper end is never below this. */
  leastTop: number;
  /** A logarithmic axis is used where values differ by more than fifty times. */
  mayBeLog?: boolean;
}
