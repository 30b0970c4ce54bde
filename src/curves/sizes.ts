import { log, pow } from '../random/math.ts';

/** How sizes lie on an axis. */
export type SizeScale = 'linear' | 'log';

/** Which sizes to look at. */
export interface SizeChoice {
  /** How many, at least 1; fewer come out where there are not so many whole numbers. */
  points: number;
  scale: SizeScale;
  /** The largest, in entries: as a rule the number of distinct keys, beyond which nothing changes. */
  most: number;
  /** The smallest; 1 unless told. On a linear scale the first point is one step from 0 if that is larger. */
  least?: number;
}

/**
 * Different whole cache sizes in rising order, the largest among them, evenly spread on the scale. On a logarithmic one, where
 * the small end has too few whole numbers for an even spread, the points that are left spread over the rest.
 * Throws a RangeError unless points ≥ 1 and 1 ≤ least ≤ most are whole numbers.
 */
export function sizesOf({ points, scale, most, least = 1 }: SizeChoice): number[] {
  for (const [what, value] of [
    ['points', points],
    ['the smallest size', least],
    ['the largest size', most],
  ] as const) {
    if (!(Number.isSafeInteger(value) && value >= 1)) throw new RangeError(`${what} must be a whole number from 1`);
  }
  if (least > most) throw new RangeError(`no sizes lie between ${least} and ${most}`);
  if (points >= most - least + 1) return Array.from({ length: most - least + 1 }, (_, i) => least + i);
  if (points === 1) return [most];
  return scale === 'linear' ? linear(points, least, most) : logarithmic(points, least, most);
}

function linear(points: number, least: number, most: number): number[] {
  const first = Math.max(least, Math.min(Math.round(most / points), most - points + 1));
  return Array.from({ length: points }, (_, i) => Math.round(first + ((most - first) * i) / (points - 1)));
}

function logarithmic(points: number, least: number, most: number): number[] {
  const sizes = [least];
  let last = least;
  while (sizes.length < points - 1) {
    const left = points - sizes.length;
    const next = Math.round(last * pow(most / last, 1 / left));
    last = Math.max(last + 1, Math.min(next, most - left + 1));
    sizes.push(last);
  }
  return [...sizes, most];
}

/**
 * The same places in an order in which a few of them already show the whole shape: the ends, then the middle, then the middles of what is
 * between. Returns indices 0 … count − 1, each once.
 */
export function coarseFirst(count: number): number[] {
  if (count <= 0) return [];
  const order = count === 1 ? [0] : [count - 1, 0];
  let gaps = [[0, count - 1]];
  while (gaps.length > 0) {
    const next: number[][] = [];
    for (const [from, to] of gaps) {
      if (to - from < 2) continue;
      const middle = (from + to) >> 1;
      order.push(middle);
      next.push([from, middle], [middle, to]);
    }
    gaps = next;
  }
  return order;
}

/** Place of a size on an axis from `least` to `most`, 0..1. */
export function placeOf(size: number, { scale, most, least = 1 }: Omit<SizeChoice, 'points'>): number {
  if (most === least) return 0;
  return scale === 'linear' ? (size - least) / (most - least) : log(size / least) / log(most / least);
}
