const hex = '0123456789abcdef';

/**
 * Bytes [from, to) as text: UTF-8 where it is valid, and `\xHH` for every byte that is not or that belongs to a control character, so
 * that such keys can be told apart on a screen and none can speak to a terminal. A backslash stays as it is.
 */
export function showBytes(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  let at = from;
  while (at < to) {
    const length = validLength(bytes, at, to);
    const point = length === 0 ? 0 : codePoint(bytes, at, length);
    if (length === 0 || isControl(point)) {
      const end = at + Math.max(1, length);
      for (; at < end; at++) text += `\\x${hex[bytes[at] >> 4]}${hex[bytes[at] & 15]}`;
    } else {
      text += String.fromCodePoint(point);
      at += length;
    }
  }
  return text;
}

/** As `showBytes`, in double quotes and cut after 40 bytes: for a message. */
export function quoteBytes(bytes: Uint8Array, from: number, to: number): string {
  let end = Math.min(to, from + 40);
  // Not in the middle of a character.
  while (end < to && end > from && (bytes[end] & 0xc0) === 0x80) end--;
  return `"${showBytes(bytes, from, end)}${end < to ? '…' : ''}"`;
}

/** C0, DEL, C1 and what changes the direction of writing or breaks lines. */
function isControl(point: number): boolean {
  if (point < 0x20 || (point >= 0x7f && point < 0xa0)) return true;
  return (
    (point >= 0x200b && point <= 0x200f) || (point >= 0x2028 && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069)
  );
}

/** How many bytes the well-formed UTF-8 character at `at` has, 0 where there is none (Unicode 15, table 3-7). */
function validLength(bytes: Uint8Array, at: number, to: number): number {
  const first = bytes[at];
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > to) return 0;
  for (let i = 1; i < length; i++) if ((bytes[at + i] & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1];
  const isBad =
    (first === 0xe0 && second < 0xa0) ||
    (first === 0xed && second > 0x9f) ||
    (first === 0xf0 && second < 0x90) ||
    (first === 0xf4 && second > 0x8f);
  return isBad ? 0 : length;
}

function codePoint(bytes: Uint8Array, at: number, length: number): number {
  if (length === 1) return bytes[at];
  let point = bytes[at] & (0x7f >> length);
  for (let i = 1; i < length; i++) point = (point << 6) | (bytes[at + i] & 0x3f);
  return point;
}
