import { markKinds } from './markKinds.ts';

/** A small picture as RGBA words (as an ImageData holds them), square. */
export interface Sprite {
  size: number;
  pixels: Uint32Array;
}

/** The colours of the six meanings and of a plain mark, read from the page's tokens. */
export interface MarkColours {
  fill: Record<(typeof markKinds)[number], string>;
  outline: Record<(typeof markKinds)[number], string>;
}

/** Reads the mark colours that hold for an element. */
export function readColours(element: Element): MarkColours {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim() || '#888';
  const fill = Object.fromEntries(markKinds.map((kind) => [kind, token(kind === 'plain' ? '--ink2' : `--${kind}`)]));
  const outline = Object.fromEntries(
    markKinds.map((kind) => [kind, token(kind === 'plain' ? '--ink2' : `--${kind}-text`)]),
  );
  return { fill, outline } as MarkColours;
}

type Path = (context: OffscreenCanvasRenderingContext2D, r: number) => void;

const polygon =
  (...corners: [number, number][]): Path =>
  (context, r) => {
    corners.forEach(([x, y], index) => (index === 0 ? context.moveTo(x * r, y * r) : context.lineTo(x * r, y * r)));
    context.closePath();
  };

const circle: Path = (context, r) => context.arc(0, 0, r, 0, 7);

/** One shape a meaning: the same shapes as the icons in text. */
const shapes: Record<(typeof markKinds)[number], Path> = {
  plain: (context, r) => context.arc(0, 0, 0.72 * r, 0, 7),
  hit: circle,
  miss: polygon([0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]),
  stale: polygon([0, -1.2], [1.2, 1], [-1.2, 1]),
  error: polygon(
    [-1.15, -0.65],
    [-0.65, -1.15],
    [0, -0.5],
    [0.65, -1.15],
    [1.15, -0.65],
    [0.5, 0],
    [1.15, 0.65],
    [0.65, 1.15],
    [0, 0.5],
    [-0.65, 1.15],
    [-1.15, 0.65],
    [-0.5, 0],
  ),
  write: polygon([-0.95, -0.95], [0.95, -0.95], [0.95, 0.95], [-0.95, 0.95]),
  refresh: circle,
};

/** The sprite of each mark kind at a device pixel ratio, in the order of `markKinds`. */
export function makeSprites(colours: MarkColours, ratio: number, radius = 3.6): Sprite[] {
  const size = Math.ceil((radius * 1.4 + 1.2) * 2 * ratio);
  return markKinds.map((kind) => {
    const canvas = new OffscreenCanvas(size, size);
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    context.translate(size / 2, size / 2);
    context.scale(ratio, ratio);
    context.beginPath();
    shapes[kind](context, radius);
    context.lineWidth = kind === 'refresh' ? 1.6 : 1;
    if (kind !== 'refresh') {
      context.fillStyle = colours.fill[kind];
      context.fill();
    }
    if (kind === 'miss' || kind === 'stale' || kind === 'refresh') {
      context.strokeStyle = colours.outline[kind];
      context.stroke();
    }
    const image = context.getImageData(0, 0, size, size);
    return { size, pixels: new Uint32Array(image.data.buffer.slice(0)) };
  });
}
