import { nearestName } from '../scenario/problems.ts';
import type { CheckUnit, Place } from './Check.ts';
import type { RunReader } from './RunReader.ts';
import { Unreadable } from './tokenize.ts';
import type { RunVocabulary } from './vocabulary.ts';

/** The names that a check may use: runs (the first one is meant where none is named), `$values` with units, moments. */
export interface CheckScope {
  runs: ReadonlyMap<string, RunVocabulary>;
  values?: ReadonlyMap<string, { unit: CheckUnit }>;
  moments?: ReadonlyMap<string, unknown>;
}

/**
 * What a check is evaluated against: runs by name, figures that stand as `$name`, and moments in µs since the start. A
 * moment that is known by name but never came is NaN.
 */
export interface CheckContext {
  runs: ReadonlyMap<string, RunReader>;
  values?: ReadonlyMap<string, { value: number; unit: CheckUnit }>;
  moments?: ReadonlyMap<string, number>;
}

/** The run that a figure names, or the first. @throws Unreadable for one that there is not. */
export function runOf<Run>(
  runs: ReadonlyMap<string, Run>,
  { variant, offset, length }: Place & { variant?: string },
): Run {
  if (variant === undefined) {
    for (const run of runs.values()) return run;
    throw new Unreadable('there is no run to look at', offset, length);
  }
  return named('run', variant, runs, { offset, length });
}

/** The entry of this name. @throws Unreadable with the nearest one. */
export function named<T>(what: string, name: string, entries: ReadonlyMap<string, T> | undefined, place: Place): T {
  if (entries?.has(name)) return entries.get(name) as T;
  const nearest = nearestName(name, entries?.keys() ?? []);
  const known = [...(entries?.keys() ?? [])].slice(0, 8).join(', ');
  const hint =
    nearest !== undefined
      ? `, did you mean ${nearest}?`
      : known === ''
        ? ', none has a name here'
        : `; there is ${known}`;
  throw new Unreadable(`unknown ${what} ${name.slice(0, 60)}${hint}`, place.offset, place.length, nearest);
}
