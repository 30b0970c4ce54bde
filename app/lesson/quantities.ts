import { formatClock, formatCount, formatDurationUs, formatNumber, formatRate, formatShare } from '../ui/format.ts';

/** How the numbers of a lesson are written, by kind: µs for durations, 0..1 for shares. */
export const quantityFormats = {
  count: formatCount,
  rate: formatRate,
  share: formatShare,
  duration: formatDurationUs,
  number: formatNumber,
};

/** A kind of number. */
export type QuantityKind = keyof typeof quantityFormats;

/** A number with its unit in words: `948 reads`, `1 read`. @param unit in the plural. */
export function writeQuantity(kind: QuantityKind, value: number, unit?: string): string {
  const number = quantityFormats[kind](value);
  if (!unit) return number;
  return `${number} ${
    number === '1'
      ? unit
          .replace(/ies$/, 'y')
          .replace(/sses$/, 'ss')
          .replace(/([^s])s$/, '$1')
      : unit
  }`;
}

/** A span of seconds, as lessons write it, in µs. */
export function spanUs(
  between: readonly [from: number, to: number] | undefined,
): { fromUs: number; toUs: number } | undefined {
  return between && { fromUs: between[0] * 1e6, toUs: between[1] * 1e6 };
}

/** A moment on the clock of a run, without the milliseconds of a whole second: `11:00:02`, `11:00:02.500`. */
export function writeMoment(us: number, clock: string | undefined): string {
  return formatClock(us, clock).replace(/\.000$/, '');
}
