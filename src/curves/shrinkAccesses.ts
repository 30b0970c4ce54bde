import type { Sliced } from './Sliced.ts';

/**
 * A shortest list, in the sense that no key and no single access can be left out of it, that still `shows` what the given one shows: first
 * whole keys go, then stretches of halving length. `shows(accesses)` must be true and must not depend on anything else.
 * Source: Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE TSE 28(2), 2002.
 */
export function* shrinkAccesses(
  accesses: readonly number[],
  shows: (accesses: readonly number[]) => boolean,
): Sliced<number[]> {
  let list = [...accesses];
  for (let before = Infinity; list.length < before; ) {
    before = list.length;
    for (const key of new Set(list)) {
      const without = list.filter((access) => access !== key);
      if (shows(without)) list = without;
    }
    yield 0.8;
    for (let length = list.length >> 1; length >= 1; length >>= 1) {
      for (let from = list.length - length; from >= 0; from -= length) {
        const without = [...list.slice(0, from), ...list.slice(from + length)];
        if (shows(without)) list = without;
      }
      yield 0.9;
    }
  }
  return list;
}
