import type { InsideColours } from './insides.ts';
import { drawFree } from './shapes.ts';
import { extraKinds } from './asideKinds.ts';
import type { Box, Layout } from './layout.ts';
import type { CardFacts } from './model.ts';
import type { BusPicture, ExtraPicture, FeedPicture } from './sideFacts.ts';

type Context = CanvasRenderingContext2D;

/** The part of a card of the band below that is drawn in: between its title and its words. */
function extraInner({ x, y, width, height }: Box): Box {
  return { x: x + 8, y: y + 26, width: width - 16, height: height - 26 - 23 };
}

/** Draws what is inside the cards of the band below. CSS pixels. */
export function drawExtras(
  context: Context,
  layout: Layout,
  cards: readonly CardFacts[],
  colours: InsideColours,
): void {
  cards.forEach((card, index) => {
    const box = layout.boxes[index];
    if (box !== null && !card.down && extraKinds.has(card.node.kind))
      drawExtra(context, extraInner(box), card, colours);
  });
}

/** Draws what is inside a card of the band below: slots and line of a replica, messages of the bus, the line of a feed. */
export function drawExtra(context: Context, box: Box, card: CardFacts, colours: InsideColours): void {
  const { picture } = card;
  if (picture?.kind === 'bus') drawBus(context, box, picture, colours);
  else if (picture?.kind === 'feed') drawFeed(context, box, picture, colours);
  else if (card.slots > 0) drawReplica(context, box, card, picture, colours);
}

/** Slots at work above, queries in line and the writes that are not here yet below. */
function drawReplica(
  context: Context,
  box: Box,
  card: CardFacts,
  picture: ExtraPicture | undefined,
  colours: InsideColours,
): void {
  const gap = 3;
  const high = box.height < 20 ? 5 : 9;
  const shown = Math.min(card.slots, Math.floor((box.width + gap) / (5 + gap)));
  const width = Math.min(10, (box.width + gap) / shown - gap);
  const filled = Math.ceil((card.busy / card.slots) * shown);
  for (let slot = 0; slot < shown; slot++) {
    const x = box.x + slot * (width + gap);
    if (slot < filled) block(context, x, box.y, width, high, colours.query);
    else drawFree(context, x, box.y, width, high, 2, colours);
  }
  const behind = picture?.kind === 'replica' ? picture.behind : 0;
  const half = card.waiting > 0 && behind > 0 ? box.width / 2 - 4 : box.width;
  const y = box.y + high + (box.height < 20 ? 5 : 10);
  row(card.waiting, half, 8, (x, size) => diamond(context, box.x + x, y, size, colours));
  const left = card.waiting > 0 ? box.x + half + 8 : box.x;
  row(behind, half, 8, (x, size) => square(context, left + x, y, size, colours.write, true));
}

/** A column for each server: one square a message that is on its way there, a cross for one that will not arrive. */
function drawBus(context: Context, box: Box, { mail }: BusPicture, colours: InsideColours): void {
  const column = Math.min(26, box.width / mail.length);
  const most = mail.reduce((best, { onTheWay }) => Math.max(best, onTheWay), 0);
  let size = Math.min(6, column - 1.5);
  const room = () => {
    const pitch = size + 1.5;
    return [Math.max(1, Math.floor((column - 3) / pitch)), Math.max(1, Math.floor((box.height - 4) / pitch))];
  };
  let [across, down] = room();
  while (across * down < most && size > 1.5) {
    size -= 0.5;
    [across, down] = room();
  }
  const pitch = size + 1.5;
  mail.forEach(({ onTheWay, lost }, server) => {
    const x = box.x + server * column;
    block(context, x, box.y + box.height - 1.5, column - 2, 1.5, colours.edge);
    const shown = Math.min(onTheWay, across * down);
    for (let place = 0; place < shown; place++) {
      const px = x + (place % across) * pitch + size / 2;
      const py = box.y + box.height - 4 - Math.floor(place / across) * pitch - size / 2;
      if (place < lost) cross(context, px, py, size, colours.error);
      else square(context, px, py, size, colours.write, false);
    }
  });
}

/** What was taken, hollow; the reader; what waits, the oldest beside it. */
function drawFeed(context: Context, box: Box, { taken, working, waiting }: FeedPicture, colours: InsideColours): void {
  const y = box.y + Math.max(4, Math.min(box.height / 2, box.height - 14));
  const reader = box.x + box.width * 0.3;
  block(context, box.x, y + 5.5, box.width, 1, colours.rule);
  const behind = Math.min(taken, Math.floor((reader - box.x - 8) / 9));
  for (let place = 0; place < behind; place++) square(context, reader - 12 - place * 9, y, 6, colours.write, true);
  row(waiting, box.x + box.width - reader - 10, 9, (x, size) =>
    square(context, reader + 10 + x, y, size, colours.write, false),
  );
  if (working) square(context, reader, y, 7, colours.write, false);
  context.fillStyle = colours.ink2;
  context.beginPath();
  const tip = Math.max(4.5, Math.min(6, box.y + box.height - y - 6));
  context.moveTo(reader, y + 7);
  context.lineTo(reader + tip * 0.8, y + 7 + tip);
  context.lineTo(reader - tip * 0.8, y + 7 + tip);
  context.closePath();
  context.fill();
}

/** Places `count` marks along a width, ever closer; those that do not fit even at 2 px are not drawn. */
function row(count: number, width: number, widest: number, draw: (x: number, size: number) => void): void {
  const pitch = Math.max(2, Math.min(widest, width / Math.max(1, count)));
  const shown = Math.min(count, Math.floor(width / pitch));
  const size = Math.max(1.4, Math.min(6, pitch - 1));
  for (let place = 0; place < shown; place++) draw(place * pitch + size / 2, size);
}

function diamond(context: Context, x: number, y: number, size: number, colours: InsideColours): void {
  const r = size / 2 + 0.8;
  context.beginPath();
  context.moveTo(x, y - r);
  context.lineTo(x + r, y);
  context.lineTo(x, y + r);
  context.lineTo(x - r, y);
  context.closePath();
  context.fillStyle = colours.miss;
  context.fill();
  context.strokeStyle = colours.missText;
  context.lineWidth = 0.8;
  context.stroke();
}

function square(context: Context, x: number, y: number, size: number, colour: string, hollow: boolean): void {
  if (!hollow) {
    block(context, x - size / 2, y - size / 2, size, size, colour, 1);
    return;
  }
  context.strokeStyle = colour;
  context.lineWidth = Math.min(1.2, size / 3);
  context.beginPath();
  context.roundRect(x - size / 2 + 0.5, y - size / 2 + 0.5, size - 1, size - 1, 1);
  context.stroke();
}

function cross(context: Context, x: number, y: number, size: number, colour: string): void {
  const r = size / 2 - 0.4;
  context.strokeStyle = colour;
  context.lineWidth = 1.8;
  context.beginPath();
  context.moveTo(x - r, y - r);
  context.lineTo(x + r, y + r);
  context.moveTo(x + r, y - r);
  context.lineTo(x - r, y + r);
  context.stroke();
}

function block(
  context: Context,
  x: number,
  y: number,
  width: number,
  height: number,
  colour: string,
  radius = 2,
): void {
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(radius, width / 2, height / 2));
  context.fill();
}
