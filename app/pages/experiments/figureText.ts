import type { FigureMedian } from '../../../src/index.ts';
import { formatBytes, formatCount, formatDurationUs, formatNumber, formatRate, formatShare } from '../../ui/format.ts';

const formats: Record<NonNullable<FigureMedian['unit']>, (value: number) => string> = {
  count: formatCount,
  entries: formatCount,
  'per second': formatRate,
  us: formatDurationUs,
  share: formatShare,
  bytes: formatBytes,
  number: formatNumber,
};

/** A figure in words: value with unit, a dash where there is none. */
export function figureText({ value, unit }: Pick<FigureMedian, 'value' | 'unit'>): string {
  return value === null || unit === null ? '–' : formats[unit](value);
}
