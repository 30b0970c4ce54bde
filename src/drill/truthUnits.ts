import type { CheckUnit } from '../checks/Check.ts';

/** What one of each unit of an answer is in the canonical unit of figures. */
const sizes: Partial<Record<CheckUnit, Readonly<Record<string, number>>>> = {
  us: { us: 1, ms: 1e3, s: 1e6, min: 60e6, h: 3600e6 },
  share: { '%': 0.01 },
  bytes: { b: 1, kb: 1024, mb: 1048576, gb: 1073741824 },
};

/** The units in which people can be asked for such a figure; undefined where any word will do (reads, entries). */
export function unitsFor(unit: CheckUnit): readonly string[] | undefined {
  const known = sizes[unit];
  return known && Object.keys(known);
}

/** A figure in the unit that people were asked for. */
export function inAnswerUnit(value: number, unit: CheckUnit, asked: string): number {
  return value / (sizes[unit]?.[asked] ?? 1);
}
