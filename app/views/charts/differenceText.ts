import { formatCount, formatDurationUs, formatNumber, formatRate, formatShare } from '../../ui/format.ts';
import type { ChartUnit } from './definitions.ts';

/** A number in its unit, three significant digits; a dash where there is none. */
export function formatValue(unit: ChartUnit, value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (unit === 'share') return formatShare(value);
  if (unit === 'rate') return formatRate(value);
  return unit === 'duration' ? formatDurationUs(value) : formatCount(value);
}

/**
 * How B differs from A, in words: shares in points, everything else as a ratio where it is large and in percent where it
 * is small. What reads alike is the same. Empty where either is unknown.
 */
export function differenceText(unit: ChartUnit, a: number, b: number): string {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return '';
  if (a === b || formatValue(unit, a) === formatValue(unit, b)) return 'the same';
  const word = b > a ? 'higher' : 'lower';
  if (unit === 'share') return `${formatNumber(Math.abs(b - a) * 100)} points ${word}`;
  if (a === 0) return 'up from none';
  if (b === 0) return 'down to none';
  const ratio = b > a ? b / a : a / b;
  if (ratio >= 2) return `${formatNumber(ratio)} times ${word}`;
  return `${formatNumber((Math.abs(b - a) / a) * 100)} % ${word}`;
}
