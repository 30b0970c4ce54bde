import type { InsideColours } from './insides.ts';

/** Below this size an outline would fill what it goes around, CSS pixels. */
const leastOutlined = 9;

/** Something that is free: an outline; where that would fill it, a spot. */
export function drawFree(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  colours: Pick<InsideColours, 'empty' | 'edge'>,
): void {
  const least = Math.min(width, height);
  if (least < (width === height ? leastOutlined : 4)) {
    const size = Math.max(2, Math.round(least * 0.43));
    rounded(
      context,
      Math.round(x + (width - size) / 2),
      Math.round(y + (height - size) / 2),
      size,
      size,
      size / 3,
      colours.edge,
    );
    return;
  }
  rounded(context, x, y, width, height, radius, colours.empty);
  outline(context, x, y, width, height, radius, 1, colours.edge);
}

/** A rounded rectangle, filled. */
export function rounded(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  colour: string,
): void {
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fill();
}

/** A line within a rounded rectangle, along its edge. */
export function outline(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  thick: number,
  colour: string,
): void {
  context.strokeStyle = colour;
  context.lineWidth = thick;
  context.beginPath();
  context.roundRect(x + thick / 2, y + thick / 2, width - thick, height - thick, radius);
  context.stroke();
}
