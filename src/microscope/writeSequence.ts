import { readSequence } from './readSequence.ts';

/**
 * Text that `readSequence` reads as these keys. Keys that cannot be written (invisible characters, quotes, too long) make all of
 * them `k1`, `k2`, … in order of first appearance: one by one, two keys could become one.
 */
export function writeSequence(keys: readonly string[]): string {
  const written = new Map<string, string | null>();
  for (const key of keys) if (!written.has(key)) written.set(key, writeKey(key));
  if ([...written.values()].includes(null))
    [...written.keys()].forEach((key, place) => written.set(key, `k${place + 1}`));
  return keys.map((key) => written.get(key)).join(' ');
}

function writeKey(key: string): string | null {
  return [key, `"${key}"`].find((text) => readsAs(text, key)) ?? null;
}

function readsAs(text: string, key: string): boolean {
  const { names, ids, problem } = readSequence(text);
  return problem === null && ids.length === 1 && names[0] === key;
}
