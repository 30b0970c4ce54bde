import type { AnswerValue, SettingsPatch } from '../../src/drills.ts';
import { readSetting } from '../../src/reading.ts';

/** The settings being chosen for the next attempt, out of their draft; what cannot be read is left out. */
export function readSettingsDraft(value: AnswerValue | undefined): SettingsPatch {
  if (typeof value !== 'string') return {};
  let found: unknown;
  try {
    found = JSON.parse(value);
  } catch {
    return {};
  }
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return {};
  const set: Record<string, string | number | boolean> = {};
  for (const [path, written] of Object.entries(found)) {
    if (typeof written !== 'string' && typeof written !== 'number' && typeof written !== 'boolean') continue;
    if ('value' in readSetting(path, written)) set[path] = written;
  }
  return set;
}
