/** What `readDecimal` returns for what is no whole number that fits. */
export const NOT_DECIMAL = -1;

/** The whole number that the decimal digits [from, to) write, up to 2^53 − 1; `NOT_DECIMAL` for anything else. */
export function readDecimal(bytes: Uint8Array, from: number, to: number): number {
  if (from >= to) return NOT_DECIMAL;
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = bytes[i] - 48;
    if (digit < 0 || digit > 9) return NOT_DECIMAL;
    value = value * 10 + digit;
    if (value > 9007199254740991) return NOT_DECIMAL;
  }
  return value;
}

/** The number below 2^32 that [from, to) writes as people do, without a leading zero; `NOT_DECIMAL` for anything else. */
export function readKeyNumber(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if (length === 0 || length > 10 || (bytes[from] === 48 && length > 1)) return NOT_DECIMAL;
  // Nine digits fit in the small integers that an engine computes fastest with.
  const small = length === 10 ? to - 1 : to;
  let value = 0;
  for (let i = from; i < small; i++) {
    const digit = bytes[i] - 48;
    if (digit < 0 || digit > 9) return NOT_DECIMAL;
    value = value * 10 + digit;
  }
  if (length < 10) return value;
  const digit = bytes[small] - 48;
  if (digit < 0 || digit > 9) return NOT_DECIMAL;
  value = value * 10 + digit;
  return value <= 4294967295 ? value : NOT_DECIMAL;
}
