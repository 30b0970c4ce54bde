/**
 * A memory for one value, for data that grows in place: computed anew when a key differs from the last time. Keep one in a
 * component with `useState(() => rememberLast<T>())`; the keys say what `compute` depends on, revisions included.
 */
export function rememberLast<T>(): (keys: readonly unknown[], compute: () => T) => T {
  let last: { keys: readonly unknown[]; value: T } | null = null;
  return (keys, compute) => {
    const known = last;
    if (
      known === null ||
      keys.length !== known.keys.length ||
      keys.some((key, index) => !Object.is(key, known.keys[index]))
    ) {
      last = { keys, value: compute() };
      return last.value;
    }
    return known.value;
  };
}
