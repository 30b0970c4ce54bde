import { scaleLinear, scaleLog } from 'd3-scale';
import type { SizeScale } from '../../../../src/lab.ts';
import type { CurveLine } from './CurvesLab.ts';

/** Room around the plot, CSS pixels. */
export const margins = { top: 10, right: 8, bottom: 40, left: 46 };

/** The largest hit ratio of the chart: a round one above all that is drawn. */
export function topOf(lines: readonly CurveLine[]): number {
  const most = Math.max(0, ...lines.flatMap(({ points }) => points.map(({ hitRatio, error }) => hitRatio + error)));
  return [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8].find((top) => top >= most) ?? 1;
}

/** From sizes to pixels and back. */
export interface SizeAxis {
  (size: number): number;
  invert(x: number): number;
  ticks(): number[];
}

/** The axis of sizes. On a linear one the plot begins at 0, on a logarithmic one at 1. */
export function sizeAxis(scale: SizeScale, most: number, from: number, to: number): SizeAxis {
  // The two scales of the library differ in what their ticks take, not in what is used here.
  const axis = scale === 'log' ? scaleLog() : scaleLinear();
  axis.domain([scale === 'log' ? 1 : 0, Math.max(2, most)]).range([from, to]);
  const wanted = Math.max(2, Math.floor((to - from) / 110));
  const ticks = () => {
    const all = axis.ticks(wanted);
    if (scale === 'linear') return all;
    const tens = all.filter((tick) => Number.isInteger(Math.log10(tick)));
    const every = Math.ceil(tens.length / wanted);
    return tens.filter((_, index) => index % every === 0);
  };
  return Object.assign((size: number) => axis(size), { invert: (x: number) => axis.invert(x), ticks });
}

/** The axis of hit ratios. */
export function ratioAxis(top: number, from: number, to: number): { (ratio: number): number; ticks(): number[] } {
  const axis = scaleLinear().domain([0, top]).range([from, to]);
  return Object.assign((ratio: number) => axis(ratio), { ticks: () => axis.ticks(5) });
}

/** One of several sizes that is nearest to a place on the axis. */
export function nearestSize(sizes: readonly number[], x: number, axis: SizeAxis): number {
  let best = sizes[0];
  for (const size of sizes) if (Math.abs(axis(size) - x) < Math.abs(axis(best) - x)) best = size;
  return best;
}
