/** A stored text that this version could not read whole. */
export interface SetAside {
  text: string;
  /** In words. */
  problem: string;
}

/** Reads a list of what was set aside, oldest first; null stands for none. What is itself no such list is one entry of it. */
export function readAside(list: string | null): SetAside[] {
  if (list === null) return [];
  try {
    const value: unknown = JSON.parse(list);
    if (Array.isArray(value) && value.every(isSetAside)) return value;
  } catch {
    // Told below, as is a list with something else in it.
  }
  return [{ text: list, problem: 'it is no list of what was set aside' }];
}

function isSetAside(value: unknown): value is SetAside {
  if (typeof value !== 'object' || value === null) return false;
  const { text, problem } = value as Record<string, unknown>;
  return typeof text === 'string' && typeof problem === 'string';
}
