import { NOT_DECIMAL, readDecimal } from '../decimal.ts';

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/**
 * Seconds since 1970 of `10/Oct/2000:13:55:36 -0700` in [from, to); −1 for anything else.
 * Days are counted as in Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
 */
export function readLogTime(bytes: Uint8Array, from: number, to: number): number {
  if (to - from !== 26 || bytes[from + 2] !== 47 || bytes[from + 11] !== 58) return -1;
  const part = (start: number, length: number): number => readDecimal(bytes, from + start, from + start + length);
  const name = String.fromCharCode(bytes[from + 3], bytes[from + 4], bytes[from + 5]);
  const month = months.indexOf(name) / 3 + 1;
  const sign = bytes[from + 21] === 45 ? -1 : 1;
  const numbers = [part(0, 2), part(7, 4), part(12, 2), part(15, 2), part(18, 2), part(22, 2), part(24, 2)];
  if (!Number.isInteger(month) || month < 1 || numbers.includes(NOT_DECIMAL)) return -1;
  const [day, year, hour, minute, second, zoneHours, zoneMinutes] = numbers;
  const clock = hour * 3600 + minute * 60 + second - sign * (zoneHours * 3600 + zoneMinutes * 60);
  return Math.max(0, daysSince1970(year, month, day) * 86_400 + clock);
}

/** Days from 1970-01-01 to a date of the Gregorian calendar; the year is counted from March, so that leap days come last. */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}
