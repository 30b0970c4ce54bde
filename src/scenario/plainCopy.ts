import { describeFound, type Problem, problemAt, problemLimit, type ReadOptions } from './problems.ts';

/** What an untrusted document may hold at most. */
export const documentLimits = {
  /** Maps and lists inside one another. */
  depth: 32,
  /** Maps, lists and single values, names not counted. */
  values: 2000,
  keysPerMap: 500,
  textLength: 10_000,
} as const;

/** Names that reach into the language instead of the document. */
export const forbiddenNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

type Copying = { options: ReadOptions; valuesLeft: number; valueLimit: number; problems: Problem[] };

/**
 * Copies plain data (what JSON can hold) from an untrusted source into fresh objects. Never throws.
 * Refuses the names that pollute prototypes, numbers that are not finite or not exact, class instances, functions, and
 * whatever is too deep or too large; a cycle is too deep. Properties that are `undefined` are left out.
 */
export function plainCopy(
  input: unknown,
  options: ReadOptions = {},
  valueLimit: number = documentLimits.values,
): { copy: unknown; problems: Problem[] } {
  const copying: Copying = { options, valuesLeft: valueLimit, valueLimit, problems: [] };
  try {
    return { copy: copyValue(input, [], copying), problems: copying.problems };
  } catch {
    // A getter or a proxy may throw whatever it likes.
    return {
      copy: undefined,
      problems: [problemAt(options, [], 'value', 'found an object that cannot be read, expected plain data')],
    };
  }
}

function copyValue(value: unknown, keys: PropertyKey[], copying: Copying): unknown {
  if (copying.valuesLeft-- <= 0) {
    if (copying.valuesLeft === -1)
      refuse(copying, [], 'value', `found more than ${copying.valueLimit} values, expected a smaller document`);
    return undefined;
  }
  switch (typeof value) {
    case 'undefined':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) refuse(copying, keys, 'value', `found ${value}, expected a finite number`);
      else if (Number.isInteger(value) && !Number.isSafeInteger(value))
        refuse(
          copying,
          keys,
          'value',
          'found a whole number beyond 9007199254740991, expected one that can be held exactly',
        );
      return value;
    case 'string':
      if (value.length > documentLimits.textLength)
        refuse(copying, keys, 'value', `found ${describeFound(value)}, expected at most ${documentLimits.textLength}`);
      return value;
    case 'object':
      return value === null ? null : copyContainer(value, keys, copying);
    default:
      refuse(copying, keys, 'value', `found ${describeFound(value)}, expected plain data`);
      return undefined;
  }
}

function copyContainer(value: object, keys: PropertyKey[], copying: Copying): unknown {
  if (keys.length >= documentLimits.depth) {
    refuse(copying, keys, 'value', `found more than ${documentLimits.depth} levels, expected fewer`);
    return undefined;
  }
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    // The budget also ends the walk over a sparse list of four thousand million holes.
    for (let i = 0; i < value.length && copying.valuesLeft >= 0; i++)
      list.push(copyValue(value[i], [...keys, i], copying));
    return list;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    refuse(copying, keys, 'value', 'found an object of a class, expected plain data');
    return undefined;
  }
  const names = Object.keys(value);
  if (names.length > documentLimits.keysPerMap) {
    refuse(
      copying,
      keys,
      'value',
      `found ${names.length} names in one map, expected at most ${documentLimits.keysPerMap}`,
    );
    return undefined;
  }
  const map: Record<string, unknown> = {};
  for (const name of names) {
    if (copying.valuesLeft < 0) break;
    const path = [...keys, name];
    if (forbiddenNames.has(name)) {
      refuse(copying, path, 'key', `found the name "${name}", which no document may use`);
      continue;
    }
    const copied = copyValue((value as Record<string, unknown>)[name], path, copying);
    if (copied !== undefined) map[name] = copied;
  }
  return map;
}

function refuse(copying: Copying, keys: PropertyKey[], on: 'key' | 'value', message: string): void {
  if (copying.problems.length < problemLimit) copying.problems.push(problemAt(copying.options, keys, on, message));
}
