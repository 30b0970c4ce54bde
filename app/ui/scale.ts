/** The range of a slider. On a log scale `min` must be above 0. */
export interface SliderScale {
  min: number;
  max: number;
  kind: 'linear' | 'log';
  /** Smallest difference between two values; 1 for whole numbers. */
  step?: number;
}

/** Positions of the native range element run from 0 to this. */
export const POSITIONS = 1000;

/** Where a value stands, 0 to {@link POSITIONS}. */
export function positionOf(value: number, { min, max, kind }: SliderScale): number {
  const inside = Math.min(max, Math.max(min, value));
  const share = kind === 'log' ? Math.log(inside / min) / Math.log(max / min) : (inside - min) / (max - min);
  return Math.round(share * POSITIONS);
}

/** The value at a position, as a round number: 300 rather than 298.7. The ends are exact. */
export function valueAt(position: number, scale: SliderScale): number {
  const { min, max, kind } = scale;
  if (position <= 0) return min;
  if (position >= POSITIONS) return max;
  const share = position / POSITIONS;
  const raw = kind === 'log' ? min * (max / min) ** share : min + (max - min) * share;
  return rounded(raw, grain(raw, scale), scale);
}

/** The next value up or down by keyboard: `steps` grains away, negative for down. */
export function valueBeside(value: number, steps: number, scale: SliderScale): number {
  const { min, max } = scale;
  let current = Math.min(max, Math.max(min, value));
  for (let left = Math.abs(steps); left > 0; left--) {
    const unit = grain(current, scale, steps < 0);
    const next = steps > 0 ? Math.floor(current / unit + 1e-6) + 1 : Math.ceil(current / unit - 1e-6) - 1;
    current = rounded(next * unit, unit, scale);
  }
  return current;
}

/** Width of a round step at a value: the second digit on a log scale, about a hundredth of the range on a linear one. */
function grain(value: number, { min, max, kind, step = 0 }: SliderScale, below = false): number {
  if (kind === 'linear') return Math.max(step, tenfold((max - min) / 50));
  // Just below a power of ten the digits are finer by one.
  const at = below ? value * (1 - 1e-9) : value * (1 + 1e-9);
  return Math.max(step, tenfold(at) / 10);
}

/** The largest power of ten that is not above the value; repeated products, since logarithms round. */
function tenfold(value: number): number {
  let power = 1;
  while (power * 10 <= value) power *= 10;
  while (power > value) power /= 10;
  return power;
}

function rounded(value: number, unit: number, { min, max }: SliderScale): number {
  const near = Number((Math.round(value / unit) * unit).toPrecision(12));
  return Math.min(max, Math.max(min, near));
}
