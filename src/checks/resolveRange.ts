import { type CheckContext, named } from './CheckScope.ts';
import type { Endpoint, Range } from './Check.ts';
import { printRange } from './printCheck.ts';
import { Unreadable } from './tokenize.ts';
import { Unknowable } from './Unknowable.ts';

const dayUs = 86400e6;

/** A clock time of day in µs since midnight, from HH:MM:SS. */
export function clockUs(clock: string): number {
  const [hours, minutes, seconds] = clock.split(':').map(Number);
  return (hours * 3600 + minutes * 60 + seconds) * 1e6;
}

/**
 * A range of a run in µs since its start; the whole run without one. Times of day before the run's start are the next
 * day's. @throws Unreadable for a range that cannot be meant, Unknowable for one that the run does not reach.
 */
export function resolveRange(
  range: Range | undefined,
  run: { clock?: string; endUs: number },
  moments: CheckContext['moments'],
): [fromUs: number, toUs: number] {
  if (range === undefined) return [0, run.endUs];
  const { from, to } = range;
  const at = (endpoint: Endpoint): number => {
    if (endpoint.kind === 'time') return endpoint.us;
    if (endpoint.kind === 'clock') return sinceStart(endpoint, run.clock, range);
    const momentUs = named('moment', endpoint.name, moments, range);
    if (Number.isNaN(momentUs)) throw new Unknowable(`${endpoint.name} never came`);
    return momentUs + endpoint.us;
  };
  const fromUs = Math.max(0, from === undefined ? 0 : at(from));
  const toUs = to === undefined ? run.endUs : at(to);
  if (to !== undefined && toUs <= fromUs) {
    // The likely mistake: a plain time is always since the run's start.
    const hint =
      from?.kind === 'moment' && to.kind === 'time'
        ? `; write ${from.name}+${to.text} for a time after ${from.name}`
        : '';
    const message = `the range ${printRange(range)} ends before it begins${hint}`;
    throw new Unreadable(message, range.offset, range.length);
  }
  if (toUs > run.endUs || fromUs >= run.endUs)
    throw new Unknowable(`the run ended before ${printRange(range)} was over`);
  return [fromUs, toUs];
}

function sinceStart(endpoint: Endpoint, clock: string | undefined, range: Range): number {
  if (clock === undefined)
    throw new Unreadable(
      `the scenario has no clock, so ${endpoint.text} is no moment of it`,
      range.offset,
      range.length,
    );
  const us = endpoint.us - clockUs(clock);
  return us < 0 ? us + dayUs : us;
}
