/** From here on an array is no longer doubled but made as long as it can ever get. */
const doubledUpTo = 1_048_576;

/** The typed arrays that grow. */
type Growing = Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

/**
 * A longer copy of a full array, for at least `needed` elements and never for more than `most` (at least `needed`). Doubles while
 * it is small. Then it takes all there will ever be in one step: memory that is asked for and not touched costs nothing, while
 * doubling would hold an old and a new copy of tens of megabytes at once.
 */
export function grow<T extends Growing>(array: T, needed: number, most: number): T {
  const doubled = Math.max(needed, array.length * 2, 1024);
  const longer = new (array.constructor as new (length: number) => T)(
    doubled > doubledUpTo ? most : Math.min(doubled, most),
  );
  longer.set(array);
  return longer;
}

/** What of a grown array is in use: a view where that is most of it, else a copy, so that the rest can go. */
export function trimmed<T extends Growing>(array: T, length: number): T {
  return (length * 2 > array.length ? array.subarray(0, length) : array.slice(0, length)) as T;
}
