const quote = 34;
const backslash = 92;
const plain: Record<number, number> = { 110: 10, 114: 13, 116: 9, 98: 8, 97: 7, 118: 11 };

/** Reads text in double quotes with backslash escapes (`\"`, `\\`, `\n`, `\xHH` …), as Redis and web servers write it. */
export class Quoted {
  /** What was read last is here, [0, length). */
  bytes = new Uint8Array(256);
  length = 0;

  /** Reads on from `from`, the first byte after the opening quote. @returns the index after the closing quote, −1 without one. */
  read(bytes: Uint8Array, from: number, to: number): number {
    if (to - from > this.bytes.length) this.bytes = new Uint8Array(to - from);
    let length = 0;
    let at = from;
    while (at < to && bytes[at] !== quote) {
      let byte = bytes[at++];
      if (byte === backslash && at < to) {
        byte = bytes[at++];
        const high = byte === 120 && at + 1 < to ? hexDigit(bytes[at]) : -1;
        const low = high < 0 ? -1 : hexDigit(bytes[at + 1]);
        if (low >= 0) {
          byte = high * 16 + low;
          at += 2;
        } else byte = plain[byte] ?? byte;
      }
      this.bytes[length++] = byte;
    }
    this.length = length;
    return at < to ? at + 1 : -1;
  }

  /** The first bytes of what was read last, at most so many, each as the character of its number. */
  text(most: number): string {
    let text = '';
    for (let i = 0; i < Math.min(most, this.length); i++) text += String.fromCharCode(this.bytes[i]);
    return text;
  }
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
