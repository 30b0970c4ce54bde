import type { Marks } from './marks.ts';
import type { Sprite } from './sprites.ts';

const opaque = 0xff000000;

/**
 * Draws thousands of marks a frame: sprites written as whole pixels into one ImageData, which without a graphics card is
 * many times faster than drawing paths.
 */
export class MarkCanvas {
  private readonly context: CanvasRenderingContext2D;
  private image: ImageData;
  private pixels: Uint32Array;
  private width = 1;
  private height = 1;
  private ratio = 1;
  private wasEmpty = true;
  sprites: Sprite[] = [];

  constructor(canvas: HTMLCanvasElement) {
    this.context = canvas.getContext('2d') as CanvasRenderingContext2D;
    this.image = new ImageData(1, 1);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  /** Sets the size in CSS pixels. */
  resize(width: number, height: number, ratio: number): void {
    this.ratio = ratio;
    this.width = Math.max(1, Math.round(width * ratio));
    this.height = Math.max(1, Math.round(height * ratio));
    this.context.canvas.width = this.width;
    this.context.canvas.height = this.height;
    this.image = new ImageData(this.width, this.height);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  /** Draws all marks; `highlighted` is the request drawn with a ring around it (0 for none). */
  draw(marks: Marks, highlighted: number, ringColour: string): void {
    if (marks.length === 0 && this.wasEmpty) return;
    this.pixels.fill(0);
    for (let index = 0; index < marks.length; index++) {
      this.stamp(this.sprites[marks.kind[index]], marks.x[index] * this.ratio, marks.y[index] * this.ratio);
    }
    this.context.putImageData(this.image, 0, 0);
    this.wasEmpty = marks.length === 0;
    if (highlighted > 0) this.ring(marks, highlighted, ringColour);
  }

  private stamp(sprite: Sprite | undefined, x: number, y: number): void {
    if (sprite === undefined) return;
    const { size } = sprite;
    const left = Math.round(x - size / 2);
    const top = Math.round(y - size / 2);
    if (left < 0 || top < 0 || left + size > this.width || top + size > this.height) return;
    const { pixels, width } = this;
    for (let row = 0; row < size; row++) {
      let target = (top + row) * width + left;
      let source = row * size;
      for (let column = 0; column < size; column++, target++, source++) {
        const pixel = sprite.pixels[source];
        // Soft edges only where nothing is below: a blend would cost more than it shows.
        if (pixel >>> 0 >= opaque) pixels[target] = pixel;
        else if (pixel !== 0 && pixels[target] === 0) pixels[target] = pixel;
      }
    }
  }

  private ring(marks: Marks, request: number, colour: string): void {
    for (let index = 0; index < marks.length; index++) {
      if (marks.request[index] !== request) continue;
      this.context.beginPath();
      this.context.arc(marks.x[index] * this.ratio, marks.y[index] * this.ratio, 8.5 * this.ratio, 0, 7);
      this.context.lineWidth = 2 * this.ratio;
      this.context.strokeStyle = colour;
      this.context.stroke();
    }
  }
}
