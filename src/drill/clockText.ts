import { clockUs } from '../checks/resolveRange.ts';

const dayUs = 86400e6;

/** A moment of a run on its clock, `11:00:01` or `11:00:01.250`; without a clock since the start, `61.25s`. */
export function atText(us: number, clock: string | undefined): string {
  if (clock === undefined) return `${us / 1e6}s`;
  const all = (us + clockUs(clock)) % dayUs;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const part =
    all % 1e6 === 0
      ? ''
      : `.${String(all % 1e6)
          .padStart(6, '0')
          .replace(/0+$/, '')}`;
  return `${two(all / 3600e6)}:${two((all / 60e6) % 60)}:${two((all / 1e6) % 60)}${part}`;
}

/** A time of day in µs after the clock's start; one before the start is the next day's. */
export function sinceClock(time: string, clock: string): number {
  const us = clockUs(time) - clockUs(clock);
  return us < 0 ? us + dayUs : us;
}
