/** Points of a cubic Bézier curve, x and y in turn. */
export function curve(
  x1: number,
  y1: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  x2: number,
  y2: number,
): number[] {
  const points: number[] = [];
  for (let step = 0; step <= 16; step++) {
    const t = step / 16;
    const u = 1 - t;
    const [w1, wa, wb, w2] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
    points.push(w1 * x1 + wa * ax + wb * bx + w2 * x2, w1 * y1 + wa * ay + wb * by + w2 * y2);
  }
  return points;
}
