import { index, key, script } from 'virtual:drills';

/** What lists know of a drill without fetching it. */
export interface DrillEntry {
  id: string;
  title: string;
  skills: readonly string[];
  level: 'junior' | 'mid' | 'senior';
  minutes: number;
  /** How many steps it has. */
  steps: number;
}

/** Every drill of `content/drills/`, in the order of its file's name. */
export const drillIndex: readonly DrillEntry[] = index;

/** Fetches what everybody may see of a drill, for `readDrillValue`; undefined when there is none of that name. */
export async function loadDrillScript(id: string): Promise<unknown> {
  return Object.hasOwn(script, id) ? script[id]() : undefined;
}

/** Fetches the key of a drill, for `joinDrill`. Never call this in a candidate's window. */
export async function loadDrillKey(id: string): Promise<unknown> {
  return Object.hasOwn(key, id) ? key[id]() : undefined;
}
