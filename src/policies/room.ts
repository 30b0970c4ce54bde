/** Ids an array has room for before it first grows. */
const IDS_FIRST = 1024;

/** A length of at least twice `length` that has a place for `index`. */
function larger(length: number, index: number): number {
  let wanted = Math.max(IDS_FIRST, length);
  while (wanted <= index) wanted *= 2;
  return wanted;
}

/** A copy of `bytes` of at least twice its length in which `index` has its place, filled up with zeros. */
export function grownBytes(bytes: Uint8Array, index: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(larger(bytes.length, index));
  copy.set(bytes);
  return copy;
}

/** A copy of `array` of at least twice its length in which `index` has its place, filled up with `filler`. */
export function grown(array: Int32Array, index: number, filler: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(larger(array.length, index));
  copy.set(array);
  // Untouched memory is zero for nothing.
  if (filler !== 0) copy.fill(filler, array.length);
  return copy;
}

/**
 * A number that none of `ids[from … to)` exceeds and that is below twice the largest of them (all their bits together), −1 where
 * there is none: what a replay makes room for before its loop, so that the loop need not look.
 */
export function largestId(ids: Uint32Array, from: number, to: number): number {
  if (from >= to) return -1;
  let bits = 0;
  for (let at = from; at < to; at++) bits |= ids[at];
  return bits >>> 0;
}
