/** Height of every picture of a side fact, CSS pixels: the same for all, so that nothing moves when one fills. */
export const pictureHeight = 54;

/** A mark at a place as a piece of an SVG path; `r` is half its width. */
export type Mark = (x: number, y: number, r: number) => string;

/** The shapes of the meanings, as pieces of a path: thousands of them are one element. */
export const marks = {
  diamond: (x, y, r) => `M${n(x)} ${n(y - r)}l${n(r)} ${n(r)} ${n(-r)} ${n(r)} ${n(-r)} ${n(-r)}z`,
  square: (x, y, r) => `M${n(x - r)} ${n(y - r)}h${n(2 * r)}v${n(2 * r)}h${n(-2 * r)}z`,
  ring: (x, y, r) => `M${n(x + r)} ${n(y)}a${n(r)} ${n(r)} 0 1 1 ${n(-2 * r)} 0a${n(r)} ${n(r)} 0 1 1 ${n(2 * r)} 0z`,
} satisfies Record<string, Mark>;

/** How marks stand in rows: so many a row, so far apart. */
export interface Packing {
  pitch: number;
  across: number;
  /** Marks that find room; fewer than asked for only where even the closest rows are full. */
  shown: number;
}

/** The widest distance, of whole pixels from `widest` down to `closest`, at which `count` marks fit into a box. */
export function pack(count: number, width: number, height: number, widest: number, closest: number): Packing {
  for (let pitch = widest; ; pitch--) {
    const across = Math.max(1, Math.floor(width / pitch));
    const room = across * Math.max(1, Math.floor(height / pitch));
    if (room >= count || pitch <= closest) return { pitch, across, shown: Math.min(count, room) };
  }
}

/** The path of marks `from` … `to` of a packing whose first mark's box begins at (x, y). */
export function packedPath(
  mark: Mark,
  { pitch, across }: Packing,
  from: number,
  to: number,
  x: number,
  y: number,
): string {
  const r = Math.max(0.8, pitch * 0.4);
  let path = '';
  for (let place = from; place < to; place++) {
    const column = place % across;
    path += mark(x + (column + 0.5) * pitch, y + ((place - column) / across + 0.5) * pitch, r);
  }
  return path;
}

/** A name cut to so many characters; its number, at the end, is what tells keys apart. */
export function shortened(name: string, most: number): string {
  if (name.length <= most) return name;
  const number = /\d+$/.exec(name)?.[0] ?? '';
  const room = Math.max(1, most - number.length - 2);
  return number === '' ? `${name.slice(0, Math.max(1, most - 1))}…` : `${name.slice(0, room)}…:${number}`;
}

function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
