import { groupSpace, unitSpace } from '../scenario/displayQuantity.ts';
import type { CheckUnit } from './Check.ts';
import { clockUs } from './resolveRange.ts';

const timeUnits: readonly (readonly [string, number])[] = [
  ['µs', 1],
  ['ms', 1e3],
  ['s', 1e6],
  ['h', 3600e6],
  ['d', 86400e6],
];
const sizeUnits: readonly (readonly [string, number])[] = [
  ['B', 1],
  ['kB', 1024],
  ['MB', 1048576],
  ['GB', 1073741824],
  ['TB', 1099511627776],
];

/**
 * A figure in words: `948 a second`, `12.3 ms`, `95 %`. Whole counts below a million in full, all else to `digits`
 * significant digits.
 */
export function sayQuantity(value: number, unit: CheckUnit, digits = 3): string {
  switch (unit) {
    case 'us':
      return inUnits(value, timeUnits, digits);
    case 'bytes':
      return inUnits(value, sizeUnits, digits);
    case 'share':
      return `${grouped(value * 100, digits)}${unitSpace}%`;
    case 'per second':
      return `${grouped(value, digits)} a second`;
    default: {
      const isExact = Number.isInteger(value) && Math.abs(value) < 1e6;
      const number = grouped(value, isExact ? 7 : digits);
      return unit === 'entries' ? `${number} ${value === 1 ? 'entry' : 'entries'}` : number;
    }
  }
}

/** Significant digits it takes for figures that differ to read differently; at least three. */
export function digitsApart(values: readonly number[], unit: CheckUnit): number {
  const different = new Set(values).size;
  const enough = [3, 5, 8, 12].find(
    (digits) => new Set(values.map((value) => sayQuantity(value, unit, digits))).size === different,
  );
  return enough ?? 17;
}

/** A moment of a run: on its clock where it has one, else since its start: `at 11:00:01`, `at 1.25 s`. */
export function sayMoment(us: number, clock: string | undefined): string {
  return `at ${clock === undefined ? sayQuantity(us, 'us', 6) : onClock(us, clock)}`;
}

/** A stretch of a run: `from 11:00:01 to 11:00:05`. */
export function sayStretch([fromUs, toUs]: readonly [number, number], clock: string | undefined): string {
  return `from ${sayMoment(fromUs, clock).slice(3)} to ${sayMoment(toUs, clock).slice(3)}`;
}

function onClock(us: number, clock: string): string {
  const all = Math.floor((us + clockUs(clock)) / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.floor(all / 1000);
  const ms = all % 1000 === 0 ? '' : `.${String(all % 1000).padStart(3, '0')}`;
  return `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${ms}`;
}

function inUnits(value: number, units: readonly (readonly [string, number])[], digits: number): string {
  if (!Number.isFinite(value)) return 'without end';
  if (value === 0) return `0${unitSpace}${units === timeUnits ? 's' : 'B'}`;
  let chosen = units[0];
  for (const unit of units) if (Math.abs(rounded(value / unit[1], digits)) >= 1) chosen = unit;
  return `${grouped(value / chosen[1], digits)}${unitSpace}${chosen[0]}`;
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/** Thousands apart; an exponent is left as it is. */
function grouped(value: number, digits: number): string {
  const [whole, fraction] = String(rounded(value, digits)).split('.');
  const groups = whole.replace(/\B(?=(?:\d{3})+$)/g, groupSpace);
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}
