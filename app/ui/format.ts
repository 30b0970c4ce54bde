/** Thin space that does not break, between thousands and before a unit. */
const THIN = '\u202f';
/** Shown where there is no number. */
const NONE = '–';

const durations: readonly (readonly [unit: string, us: number])[] = [
  ['µs', 1],
  ['ms', 1e3],
  ['s', 1e6],
  ['min', 60e6],
  ['h', 3600e6],
  ['d', 86400e6],
];
const bytes: readonly (readonly [unit: string, bytes: number])[] = [
  ['B', 1],
  ['kB', 1024],
  ['MB', 1024 ** 2],
  ['GB', 1024 ** 3],
  ['TB', 1024 ** 4],
];
const magnitudes: readonly (readonly [unit: string, count: number])[] = [
  ['', 1],
  ['M', 1e6],
  ['G', 1e9],
];

/** A time in µs with the unit that suits it, three significant digits: `153 ms`, `80 s`, `2.5 min`. Infinity is `none`. */
export function formatDurationUs(us: number): string {
  if (us === Number.POSITIVE_INFINITY) return 'none';
  if (us === 0) return `0${THIN}s`;
  // Nobody reads 1.33 min as 80 s.
  return us > 60e6 && us < 120e6 ? `${significant(us / 1e6)}${THIN}s` : scaled(us, durations);
}

/** Events a second: `1 200 /s`; from a million on `1.2 M/s`. */
export function formatRate(perSecond: number): string {
  return isShown(perSecond) ? `${magnitude(perSecond)}/s` : NONE;
}

/** A share of 0..1 as percent: `93.8 %`. What is not quite all or nothing never reads as all or nothing. */
export function formatShare(share: number): string {
  if (!isShown(share)) return NONE;
  const percent = share * 100;
  if (percent > 99.95 && percent < 100) return `>${THIN}99.9${THIN}%`;
  if (percent > 0 && percent < 0.01) return `<${THIN}0.01${THIN}%`;
  return `${significant(percent)}${THIN}%`;
}

/** A count of things, in the right number: `1 key`, `2 keys`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A count: exact below a million with thin spaces, then `1.23 M`. */
export function formatCount(count: number): string {
  if (count === Number.POSITIVE_INFINITY) return 'none';
  if (!isShown(count)) return NONE;
  if (Math.abs(count) >= 1e6) return scaled(count, magnitudes);
  return Number.isInteger(count) ? grouped(String(count)) : significant(count);
}

/** A size in bytes, units of 1024: `64 kB`. Infinity is `none`. */
export function formatBytes(size: number): string {
  return size === Number.POSITIVE_INFINITY ? 'none' : scaled(size, bytes);
}

/** A plain number with three significant digits: `0.99`. */
export function formatNumber(value: number): string {
  return isShown(value) ? significant(value) : NONE;
}

/**
 * A moment on the simulation's clock, to the millisecond: `11:00:07.152`.
 * @param us virtual time. @param startClock wall time at virtual zero, `HH:MM:SS`; without it the clock starts at `00:00.000`.
 */
export function formatClock(us: number, startClock?: string): string {
  if (!isShown(us)) return NONE;
  const start = startClock?.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0) ?? 0;
  const ms = Math.floor(us / 1000 + 1e-6) + start * 1000;
  const days = Math.floor(ms / 86_400_000);
  const hours = Math.floor(ms / 3_600_000) % 24;
  const minutes = Math.floor(ms / 60_000) % 60;
  const rest = `${two(minutes)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
  const clock = startClock === undefined && hours === 0 && days === 0 ? rest : `${two(hours)}:${rest}`;
  return days === 0 ? clock : `${days}${THIN}d ${clock}`;
}

function isShown(value: number): boolean {
  return Number.isFinite(value);
}

function magnitude(value: number): string {
  return Math.abs(value) >= 1e6 ? scaled(value, magnitudes) : `${significant(value)}${THIN}`;
}

/** The value in the largest unit that leaves at least 1 of it, after rounding: never `1000 ms`. */
function scaled(value: number, units: readonly (readonly [string, number])[]): string {
  if (!isShown(value)) return NONE;
  for (let index = units.length - 1; index > 0; index--) {
    const [unit, size] = units[index];
    if (Number((Math.abs(value) / size).toPrecision(3)) >= 1) return `${significant(value / size)}${THIN}${unit}`;
  }
  const [unit, size] = units[0];
  return `${significant(value / size)}${unit === '' ? '' : THIN}${unit}`;
}

/** Three significant digits, whole numbers kept whole, no exponent, no trailing zeros, thin spaces between thousands. */
function significant(value: number): string {
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(3));
  if (Math.abs(rounded) >= 100) return grouped(String(Math.round(rounded)));
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(rounded))));
  const text = rounded.toFixed(Math.min(digits, 6));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, THIN);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
