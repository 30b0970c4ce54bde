/** What `readSeconds` returns for what is no time. */
export const NOT_TIME = -1;

const units: readonly { above: number; perSecond: number }[] = [
  { above: 1e17, perSecond: 1e9 },
  { above: 1e14, perSecond: 1e6 },
  { above: 1e11, perSecond: 1e3 },
];

/** The number in [from, to), digits with perhaps a point and more digits; `NOT_TIME` for anything else. */
export function readSeconds(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  let scale = 0;
  let digits = 0;
  for (let i = from; i < to; i++) {
    const digit = bytes[i] - 48;
    if (bytes[i] === 46 && scale === 0) scale = 1;
    else if (digit < 0 || digit > 9) return NOT_TIME;
    else if (scale === 0) {
      value = value * 10 + digit;
      digits++;
    } else if (scale < 1e9) {
      scale *= 10;
      value += digit / scale;
      digits++;
    }
  }
  return digits === 0 || value > 1e19 ? NOT_TIME : value;
}

/** How many of the unit in which a time since 1970 is written make a second: told from its size, as people do. */
export function unitsPerSecond(time: number): number {
  return units.find(({ above }) => time > above)?.perSecond ?? 1;
}
