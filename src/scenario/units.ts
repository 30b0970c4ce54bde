/** The kinds of quantity a scenario can hold, and the unit each is kept in once it is read. */
export type QuantityKind = 'duration' | 'rate' | 'share' | 'size' | 'count' | 'number';

const durationUs: Record<string, number> = {
  us: 1,
  µs: 1,
  ms: 1000,
  s: 1e6,
  m: 60e6,
  min: 60e6,
  h: 3600e6,
  d: 86400e6,
};
const rateSeconds: Record<string, number> = { s: 1, m: 60, min: 60, h: 3600 };
const sizeBytes: Record<string, number> = { b: 1, kb: 1024, mb: 1048576, gb: 1073741824, tb: 1099511627776 };

/** What people put between groups of three digits: underscore, space, no-break, narrow no-break or thin space. */
const groupMark = /(?<=\d)[_ \u00a0\u202f\u2009](?=\d{3})/g;
const written = /^([+-]?(?:\d+(?:\.\d+)?|\.\d+))\s*([a-zµ%/]*)$/i;

/** What each kind looks like when a person writes it; used in error messages and in the editor's schema. */
export const quantityExamples: Record<QuantityKind, string> = {
  duration: 'a time with its unit, like 250ms, 30s or 5m',
  rate: 'a rate with its unit, like 400/s or 1000/m',
  share: 'a share, like 2% or 0.02',
  size: 'a size with its unit, like 200b, 4kb or 64mb',
  count: 'a whole number, like 5000',
  number: 'a number, like 0.99',
};

/**
 * Reads a quantity as people write it.
 * @returns microseconds (whole), events per second, a share in 0..1, bytes, or a plain number; undefined when it cannot be read.
 */
export function parseQuantity(kind: QuantityKind, value: string | number): number | undefined {
  if (typeof value === 'string' && value.length > 40) return undefined;
  const match = written.exec(String(value).trim().replace(groupMark, '').replace('μ', 'µ'));
  if (match === null) return undefined;
  const amount = Number(match[1]);
  if (!Number.isFinite(amount)) return undefined;
  const unit = match[2].toLowerCase();
  const scaled = scale(kind, amount, unit);
  // Adding zero turns -0 into 0, which matters to a hash over the bits.
  return scaled !== undefined && Number.isFinite(scaled) ? scaled + 0 : undefined;
}

function scale(kind: QuantityKind, amount: number, unit: string): number | undefined {
  switch (kind) {
    case 'duration': {
      if (unit === '') return amount === 0 ? 0 : undefined;
      const us = durationUs[unit];
      return us === undefined ? undefined : Math.round(amount * us);
    }
    case 'rate': {
      if (unit === '') return amount === 0 ? 0 : undefined;
      const seconds = unit.startsWith('/') ? rateSeconds[unit.slice(1)] : undefined;
      return seconds === undefined ? undefined : amount / seconds;
    }
    case 'share':
      return unit === '%' ? amount / 100 : unit === '' ? amount : undefined;
    case 'size': {
      const bytes = sizeBytes[unit];
      return bytes === undefined ? undefined : Math.round(amount * bytes);
    }
    case 'count':
      return unit === '' && Number.isInteger(amount) ? amount : undefined;
    default:
      return unit === '' ? amount : undefined;
  }
}

/** At least three significant digits without an exponent, trailing zeros dropped. */
function short(amount: number): string {
  if (amount === 0) return '0';
  let digits = amount >= 100 ? 0 : amount >= 10 ? 1 : amount >= 1 ? 2 : 4;
  for (let rest = amount; rest < 0.1 && digits < 20; rest *= 10) digits++;
  const text = amount.toFixed(digits);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/**
 * Writes a quantity the way a scenario file holds it, so that {@link parseQuantity} reads it back to at least three
 * significant digits (durations and counts exactly).
 */
export function formatQuantity(kind: QuantityKind, value: number): string {
  switch (kind) {
    case 'duration':
      if (value === 0) return '0s';
      if (value % 1000 !== 0 && value < 1e6) return value < 1000 ? `${value}us` : `${value / 1000}ms`;
      if (value < 1e6) return `${value / 1000}ms`;
      if (value % 86400e6 === 0) return `${value / 86400e6}d`;
      if (value % 3600e6 === 0) return `${value / 3600e6}h`;
      return value % 60e6 === 0 && value >= 120e6 ? `${value / 60e6}m` : `${value / 1e6}s`;
    case 'rate':
      return `${short(value)}/s`;
    case 'share':
      return `${short(value * 100)}%`;
    case 'size':
      if (value >= 1048576 && value % 1048576 === 0) return `${value / 1048576}mb`;
      return value % 1024 === 0 ? `${value / 1024}kb` : `${value}b`;
    default:
      return String(value).includes('e') ? short(value) : String(value);
  }
}
