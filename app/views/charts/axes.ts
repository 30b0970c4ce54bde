import type { ChartUnit } from './definitions.ts';

/** A vertical axis: its ends in the chart's unit, and whether equal distances are equal ratios. */
export interface ValueAxis {
  kind: 'linear' | 'log';
  from: number;
  to: number;
}

const logRatio = 50;
const timeSteps = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 21_600, 43_200,
  86_400,
];
const firstEndUs = 10_000_000;

/** The smallest round number that is at least `value`: 1, 1.5, 2, 3, 4, 6, 8, 10, 15 … For a positive value. */
export function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 3, 4, 6, 8, 10].find((candidate) => candidate * power >= value * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(12));
}

/** The largest of 1, 2, 5, 10, 20 … that is at most `value`. For a positive value. */
export function niceBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [5, 2, 1].find((candidate) => candidate * power <= value * (1 + 1e-9)) ?? 1;
  return Number((step * power).toPrecision(12));
}

/**
 * The axis for some values: from 0 (or, on a logarithmic axis, from a round number below the smallest) to a round number.
 * It moves only in round steps, so a chart that grows jumps seldom and a playhead that moves never makes it jump.
 */
export function valueAxis(
  values: Iterable<number>,
  options: { top?: number; leastTop: number; mayBeLog?: boolean },
): ValueAxis {
  let largest = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    largest = Math.max(largest, value);
    if (value > 0) smallest = Math.min(smallest, value);
  }
  if (options.mayBeLog && largest > smallest * logRatio) {
    return { kind: 'log', from: niceBelow(smallest), to: niceAbove(largest) };
  }
  return { kind: 'linear', from: 0, to: options.top ?? niceAbove(Math.max(options.leastTop, largest)) };
}

/** Values on the axis that get a hairline and a label. */
export function axisTicks(axis: ValueAxis, unit: ChartUnit): number[] {
  if (axis.kind === 'linear') return unit === 'share' && axis.to === 1 ? [0, 0.5, 1] : [0, axis.to];
  const ticks: number[] = [];
  for (let tick = 10 ** Math.ceil(Math.log10(axis.from) - 1e-9); tick <= axis.to * (1 + 1e-9); tick *= 10)
    ticks.push(tick);
  return ticks.length > 4 ? ticks.filter((_, index) => index % 2 === 0) : ticks;
}

/**
 * Where the shared time axis ends: round steps that hold all that is known, so that it grows seldom; never longer than
 * the run is meant to be, unless it has gone on beyond.
 */
export function timeEndUs(knownUs: number, durationUs: number): number {
  const longest = Math.max(durationUs, knownUs);
  const needed = Math.max(knownUs, Math.min(firstEndUs, durationUs));
  const step = timeSteps.find((seconds) => seconds * 1e6 >= needed);
  if (step === undefined) return Math.ceil(needed / 86_400e6) * 86_400e6;
  return Math.min(step * 1e6, Math.max(longest, 10_000));
}
