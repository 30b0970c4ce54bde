import type { QuantityKind } from './units.ts';

/** Between groups of three digits: narrow no-break space. */
export const groupSpace = '\u202f';
/** Between a number and its unit: no-break space. */
export const unitSpace = '\u00a0';

/**
 * A quantity for people: one unit, three significant digits (counts in full), thousands apart: `300 s`, `1 200 /s`, `2 %`.
 * Infinity, which is how `none` is kept, reads `off`.
 * @param value canonical: µs, events per second, a share in 0..1, bytes, or a plain number
 * @param unit what a count counts, in the plural
 */
export function displayQuantity(kind: QuantityKind, value: number, unit?: string): string {
  if (value === Number.POSITIVE_INFINITY) return 'off';
  switch (kind) {
    case 'duration':
      return inUnits(value, [
        ['µs', 1],
        ['ms', 1000],
        ['s', 1e6],
        ['h', 3600e6],
        ['d', 86400e6],
      ]);
    case 'rate':
      return `${grouped(rounded(value))}${unitSpace}/s`;
    case 'share':
      return `${grouped(rounded(value * 100))}${unitSpace}%`;
    case 'size':
      return inUnits(value, [
        ['B', 1],
        ['kB', 1024],
        ['MB', 1048576],
        ['GB', 1073741824],
        ['TB', 1099511627776],
      ]);
    case 'count':
      return unit === undefined
        ? grouped(value)
        : `${grouped(value)}${unitSpace}${value === 1 ? singular(unit) : unit}`;
    default:
      return grouped(rounded(value));
  }
}

/** In the largest unit that keeps the rounded number at 1 or more; zero is written in the unit a file uses. */
function inUnits(value: number, units: readonly (readonly [name: string, size: number])[]): string {
  if (value === 0) return `0${unitSpace}${units[0][0] === 'µs' ? 's' : units[0][0]}`;
  let chosen = units[0];
  for (const unit of units) if (rounded(value / unit[1]) >= 1) chosen = unit;
  return `${grouped(rounded(value / chosen[1]))}${unitSpace}${chosen[0]}`;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** Digits in groups of three before the point. */
function grouped(value: number): string {
  const plain = String(value).includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : String(value);
  const [whole, fraction] = plain.split('.');
  const groups = whole.replace(/\B(?=(?:\d{3})+$)/g, groupSpace);
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

function singular(unit: string): string {
  return unit.endsWith('ies') ? `${unit.slice(0, -3)}y` : unit.replace(/s$/, '');
}
