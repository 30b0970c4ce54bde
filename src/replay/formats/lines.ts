const lineFeed = 10;
const carriageReturn = 13;
/** So far a loop is faster than a call of the engine. */
const looked = 64;

/** Index of the first line feed in [from, to), −1 where there is none. */
export function lineEnd(bytes: Uint8Array, from: number, to: number): number {
  const near = Math.min(to, from + looked);
  for (let i = from; i < near; i++) if (bytes[i] === lineFeed) return i;
  if (near === to) return -1;
  const found = bytes.indexOf(lineFeed, near);
  return found < to ? found : -1;
}

/** Where the text of a line ends that ends at `to`: before the carriage return, if it has one. */
export function textEnd(bytes: Uint8Array, from: number, to: number): number {
  return to > from && bytes[to - 1] === carriageReturn ? to - 1 : to;
}

/** The whole lines at the start of a file, as ranges [from, to) without their ends; the last one only where nothing follows. */
export function firstLines(head: Uint8Array, isWhole: boolean, most: number): { from: number; to: number }[] {
  const lines: { from: number; to: number }[] = [];
  let from = 0;
  while (from < head.length && lines.length < most) {
    const found = lineEnd(head, from, head.length);
    if (found < 0 && !isWhole) break;
    const end = found < 0 ? head.length : found;
    lines.push({ from, to: textEnd(head, from, end) });
    from = end + 1;
  }
  return lines;
}

/** Whether only blanks are left in [from, to). */
export function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] !== 32 && bytes[i] !== 9) return false;
  return true;
}
