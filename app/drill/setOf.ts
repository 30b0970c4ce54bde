import type { AttemptLog, SettingsPatch } from '../../src/drills.ts';

/** The settings of an attempt, all of its commands taken together. */
export function setOf({ commands }: Pick<AttemptLog, 'commands'>): SettingsPatch {
  const set: Record<string, string | number | boolean> = {};
  for (const command of commands) if ('set' in command) Object.assign(set, command.set);
  return set;
}
